import type { Manifest } from '../../../contract/manifest.ts';
import { chooseQuality } from '../../state/choose.ts';
import { useLimpid } from '../../state/store.ts';

/** LIIF's two ways to answer; only for weights that were trained for both and whose cost was measured. */
export function QualityField({ fast }: { fast: NonNullable<Manifest['fast']> }) {
  const quality = useLimpid((state) => state.settings.quality);
  const cost = Math.abs(fast.costDb).toFixed(2);
  return (
    <div role="radiogroup" aria-labelledby="quality-title" className="field">
      <h2 id="quality-title" className="field-title">
        Quality
      </h2>
      <div className="segments">
        <label className="segment">
          <input
            type="radio"
            name="quality"
            className="cover"
            checked={quality === 'best'}
            onChange={() => chooseQuality('best')}
            aria-describedby="quality-about"
          />
          Best
        </label>
        <label className="segment">
          <input
            type="radio"
            name="quality"
            className="cover"
            checked={quality === 'fast'}
            onChange={() => chooseQuality('fast')}
            aria-describedby="quality-about"
          />
          Fast
        </label>
      </div>
      <p id="quality-about" className="hint">
        {quality === 'best'
          ? 'Blends four answers for every pixel.'
          : `Takes the nearest answer alone: a quarter of the decoding work, ${cost} dB less on ${fast.measuredOn}.`}
      </p>
    </div>
  );
}
