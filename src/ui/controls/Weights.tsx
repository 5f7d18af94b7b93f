import { useRef, useState, type ChangeEvent } from 'react';
import type { ImportedWeights, ModelState } from '../../../contract/worker-api.ts';
import { chooseWeights, importWeights, removeWeights } from '../../state/weights.ts';
import { useLimpid } from '../../state/store.ts';
import { bytes } from '../../evidence/format.ts';
import { CrossButton } from '../frame/CrossButton.tsx';
import { useHandOn, WEIGHTS } from '../frame/hand-on.ts';
import { NoticeAt } from '../frame/NoticeAt.tsx';
import { WeightsSources } from './WeightsSources.tsx';

const NONE: readonly ModelState[] = [];

/** The authors' checkpoints: hand one over, choose per model, take away. */
export function Weights() {
  const models = useLimpid((state) => (state.models.kind === 'ready' ? state.models.list : NONE));
  const importing = useLimpid((state) => state.importing);
  const withImports = models.filter((model) => model.weights.length > 0);
  return (
    <section className="weights" aria-label="Weights">
      <WeightsButton />
      {importing.length > 0 && <p className="hint">Reading and checking {importing.join(', ')}…</p>}
      <NoticeAt place="weights" />
      {withImports.map((model) => (
        <WeightsOf key={model.manifest.id} model={model} />
      ))}
      <WeightsSources />
    </section>
  );
}

function WeightsButton() {
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (file !== undefined) void importWeights(file, file.name);
  };
  return (
    <>
      <button type="button" className="button quiet-button" onClick={() => input.current?.click()}>
        Use the authors&apos; weights…
      </button>
      <input ref={input} type="file" hidden accept=".pth,.pkl,.pt,.ckpt,.safetensors" onChange={choose} />
    </>
  );
}

/** A list of a model's files: which one the next run uses, and what is known of each. */
function WeightsOf({ model: { manifest, weights, chosen } }: { model: ModelState }) {
  return (
    <div className="weights-of">
      <label className="weights-choice">
        Weights of {manifest.name}
        <select value={chosen} onChange={(event) => void chooseWeights(manifest.id, event.target.value)}>
          <option value="limpid">Limpid&apos;s weights</option>
          {weights.map((file) => (
            <option key={file.id} value={file.id}>
              {file.name}
            </option>
          ))}
        </select>
      </label>
      <ul>
        {weights.map((file) => (
          <WeightsFile key={file.id} file={file} />
        ))}
      </ul>
    </div>
  );
}

/** Removing asks first, in place: to fetch a file of a quarter of a gigabyte again takes long. */
function WeightsFile({ file }: { file: ImportedWeights }) {
  const item = useHandOn<HTMLLIElement>(WEIGHTS, 'button');
  const cross = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const keep = (): void => {
    cross.current?.focus();
    setAsking(false);
  };
  return (
    <li ref={item}>
      <p>
        <span className="weights-name">{file.name}</span>
        <span className="hint">{describe(file)}</span>
      </p>
      <CrossButton
        ref={cross}
        label={`Remove ${file.name}`}
        title="Remove from this device"
        expanded={asking}
        onClick={() => setAsking(!asking)}
      />
      {asking && (
        <div role="group" aria-label={`Remove ${file.name}?`} className="weights-remove">
          <span>Remove it from this device?</span>
          <button type="button" className="button" onClick={() => void removeWeights(file.id)}>
            Remove
          </button>
          <button type="button" className="button quiet-button" onClick={keep}>
            Keep
          </button>
        </div>
      )}
    </li>
  );
}

function describe(file: ImportedWeights): string {
  const whose = file.owner === 'authors' ? 'The authors\u2019 published file' : 'Not a file known to Limpid';
  const date = new Date(file.importedAt).toLocaleDateString(undefined, { dateStyle: 'medium' });
  return `${whose}; ${bytes(file.bytes)}, ${date}, SHA-256 ${file.sha256.slice(0, 12)}…`;
}
