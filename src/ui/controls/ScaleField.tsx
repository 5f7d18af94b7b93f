import { useState, type KeyboardEvent } from 'react';
import type { Manifest } from '../../../contract/manifest.ts';
import { chooseScale } from '../../state/choose.ts';
import { resultSize, SCALE, snapScale } from '../../state/settings.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { size } from '../../evidence/format.ts';

const PRESETS = [2, 3, 4] as const;

/** The factor: presets, or any number on the model's step; beside it the size that comes out. */
export function ScaleField({ manifest }: { manifest: Manifest }) {
  const scale = useLimpid((state) => state.settings.scale);
  const input = useLimpid((state) => selectedEntry(state)?.info);
  /** What is being typed; null while the field shows the setting itself. */
  const [draft, setDraft] = useState<string | null>(null);
  const range = manifest.scale ?? SCALE;
  const typed = draft === null ? scale : Number.parseFloat(draft);
  const outside = draft !== null && (typed < range.min || typed > range.max);

  const type = (text: string): void => {
    setDraft(text);
    const value = Number.parseFloat(text);
    if (snapScale(value, Number.NaN, manifest.scale) === value) chooseScale(value);
  };
  const settle = (): void => {
    if (draft !== null) chooseScale(typed);
    setDraft(null);
  };
  const enter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    // Nobody asked for a run at the factor that a number outside is brought to: the same key would start it.
    if (outside) event.preventDefault();
    settle();
  };

  return (
    <div className="field">
      <label htmlFor="scale" className="field-title">
        Scale
      </label>
      <div className="scale-row">
        <input
          id="scale"
          type="number"
          inputMode="decimal"
          min={range.min}
          max={range.max}
          step={range.step}
          value={draft ?? scale}
          aria-describedby="scale-size"
          aria-invalid={outside}
          onChange={(event) => type(event.target.value)}
          onBlur={settle}
          onKeyDown={enter}
        />
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className="button chip"
            aria-pressed={scale === preset}
            onClick={() => {
              setDraft(null);
              chooseScale(preset);
            }}
          >
            {preset}×
          </button>
        ))}
        <span id="scale-size" className="scale-size">
          {outside
            ? `${range.min} to ${range.max}`
            : input !== undefined && `${size(resultSize(input, snapScale(typed, scale, manifest.scale)))} pixels`}
        </span>
      </div>
    </div>
  );
}
