import { isModelId } from '../../../contract/models.ts';
import { optionWords } from '../../evidence/shipped.ts';
import { chooseDeblurFirst, chooseDeblurModel } from '../../state/choose.ts';
import { useLimpid } from '../../state/store.ts';

/** The first step of a recipe: for a picture that is shaken as well as small. */
export function DeblurFirst() {
  const models = useLimpid((state) => state.models);
  const { deblurFirst, deblurModel } = useLimpid((state) => state.settings);
  const deblurring = models.kind === 'ready' ? models.list.filter(({ manifest }) => manifest.task === 'deblur') : [];
  if (deblurring.length === 0) return null;
  const all = deblurring.map(({ manifest }) => manifest);
  return (
    <div className="field deblur-first">
      <label className="check">
        <input type="checkbox" checked={deblurFirst} onChange={(event) => chooseDeblurFirst(event.target.checked)} />
        Deblur first
      </label>
      <select
        aria-label="Deblur model"
        disabled={!deblurFirst}
        value={deblurModel}
        onChange={(event) => isModelId(event.target.value) && chooseDeblurModel(event.target.value)}
      >
        {deblurring.map((state) => (
          <option key={state.manifest.id} value={state.manifest.id}>
            {optionWords(state, all)}
          </option>
        ))}
      </select>
    </div>
  );
}
