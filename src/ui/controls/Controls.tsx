import { withChosenWeights } from '../../state/settings.ts';
import { useLimpid } from '../../state/store.ts';
import { ActionBar } from './ActionBar.tsx';
import { Backend } from './Backend.tsx';
import { DeblurFirst } from './DeblurFirst.tsx';
import { ModelPicker } from './ModelPicker.tsx';
import { QualityField } from './QualityField.tsx';
import { ScaleField } from './ScaleField.tsx';
import { Weights } from './Weights.tsx';

/** Everything here follows from the chosen model's manifest and weights. */
export function Controls() {
  const chosen = useLimpid((state) =>
    state.models.kind === 'ready'
      ? state.models.list.find((model) => model.manifest.id === state.settings.model)
      : undefined,
  );
  const manifest = chosen === undefined ? undefined : withChosenWeights(chosen);
  return (
    <section className="controls" aria-label="Controls">
      <div className="controls-fields">
        <ModelPicker />
        {manifest?.task === 'enlarge' && <ScaleField manifest={manifest} />}
        {manifest?.pipeline === 'liif' && manifest.fast !== undefined && <QualityField fast={manifest.fast} />}
        {manifest?.pipeline === 'liif' && <DeblurFirst />}
        <Weights />
        <Backend />
      </div>
      <ActionBar />
    </section>
  );
}
