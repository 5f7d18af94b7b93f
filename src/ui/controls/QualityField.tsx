import type { Manifest } from '../../../contract/manifest.ts';
import { chooseQuality } from '../../state/choose.ts';
import { useLimpid } from '../../state/store.ts';

const QUALITIES = [
  { value: 'best', name: 'Best' },
  { value: 'fast', name: 'Fast' },
] as const;

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
        {QUALITIES.map(({ value, name }) => (
          <label key={value} className="segment">
            <input
              type="radio"
              name="quality"
              className="cover"
              checked={quality === value}
              onChange={() => chooseQuality(value)}
              aria-describedby="quality-about"
            />
            {name}
          </label>
        ))}
      </div>
      <p id="quality-about" className="hint">
        {quality === 'best'
          ? 'Blends four answers for every pixel.'
          : `Takes the nearest answer alone: a quarter of the decoding work, ${cost} dB less on ${fast.measuredOn}.`}
      </p>
    </div>
  );
}
