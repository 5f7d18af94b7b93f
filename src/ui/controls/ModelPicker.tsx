import type { Manifest } from '../../../contract/manifest.ts';
import { MODEL_IDS, type Task } from '../../../contract/models.ts';
import type { Failure } from '../../../contract/result.ts';
import type { ModelState } from '../../../contract/worker-api.ts';
import { ownWords } from '../../evidence/shipped.ts';
import { chooseModel } from '../../state/choose.ts';
import { loadModels } from '../../state/start.ts';
import { useLimpid } from '../../state/store.ts';
import { bytes } from '../../evidence/format.ts';
import { MODEL, useHandOn } from '../frame/hand-on.ts';
import { Check } from '../icons.tsx';

const GROUPS: readonly { readonly task: Task; readonly title: string }[] = [
  { task: 'enlarge', title: 'Enlarge' },
  { task: 'deblur', title: 'Deblur' },
];

export function ModelPicker() {
  const models = useLimpid((state) => state.models);
  if (models.kind === 'loading') return <p className="quiet">Loading the models…</p>;
  if (models.kind === 'failed') return <ModelsFailure />;
  const order = (state: ModelState): number => MODEL_IDS.indexOf(state.manifest.id);
  const list = [...models.list].sort((a, b) => order(a) - order(b));
  const all = list.map(({ manifest }) => manifest);
  return (
    <div role="radiogroup" aria-labelledby="model-title" className="models">
      <h2 id="model-title" className="field-title">
        Model
      </h2>
      <p className="hint models-weights">Limpid’s own weights, unless a file is named.</p>
      {GROUPS.map(({ task, title }) => (
        <div role="group" aria-labelledby={`models-${task}`} className="model-group" key={task}>
          <h3 id={`models-${task}`}>{title}</h3>
          {list.map(
            (state) => state.manifest.task === task && <Model key={state.manifest.id} state={state} models={all} />,
          )}
        </div>
      ))}
    </div>
  );
}

/** Why there are no models, and another attempt. */
export function ModelsFailure() {
  const error = useLimpid(({ models }) => (models.kind === 'failed' ? models.error : null));
  return error === null ? null : <Failed error={error} />;
}

function Failed({ error }: { error: Failure }) {
  const button = useHandOn<HTMLButtonElement>(MODEL);
  return (
    <div role="alert" className="notice error">
      <span>{error.message}</span>
      <button ref={button} type="button" className="button" onClick={() => void loadModels()}>
        Try again
      </button>
    </div>
  );
}

interface ModelProps {
  readonly state: ModelState;
  readonly models: readonly Manifest[];
}

function Model({ state: { manifest, download, weights, chosen }, models }: ModelProps) {
  const checked = useLimpid((state) => state.settings.model === manifest.id);
  const input = `model-${manifest.id}`;
  const imported = weights.find((candidate) => candidate.id === chosen);
  return (
    <div className="model" data-checked={checked}>
      <input
        type="radio"
        name="model"
        id={input}
        value={manifest.id}
        checked={checked}
        onChange={() => chooseModel(manifest.id)}
        aria-describedby={`${input}-about ${input}-size`}
      />
      <label htmlFor={input}>{manifest.name}</label>
      <span id={`${input}-size`} className="model-size">
        {download > 0 ? (
          bytes(download)
        ) : (
          <>
            <Check /> on this device
          </>
        )}
      </span>
      <p id={`${input}-about`}>
        {checked && `${manifest.summary} `}
        {imported !== undefined ? (
          <span className="model-weights">With {imported.name}.</span>
        ) : checked ? (
          ownWords(manifest, models)
        ) : (
          shortWords(manifest, models)
        )}
      </p>
    </div>
  );
}

/** One line for a model that is not chosen: that its weights are a copy, else the first part of what it does. */
function shortWords({ summary, training }: Manifest, models: readonly Manifest[]): string {
  const original = models.find(({ id }) => id === training.sameAs);
  if (original !== undefined) return `The same picture as ${original.name}, slower.`;
  return `${(summary.split(';')[0] ?? '').replace(/\.$/u, '')}.`;
}
