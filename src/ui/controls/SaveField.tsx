import { useEffect, useState } from 'react';
import { OUTPUT_FORMATS, type OutputFormat, type PictureInfo } from '../../../contract/picture.ts';
import { chooseFormat, chooseKeepLocation } from '../../state/choose.ts';
import { isWaiting } from '../../state/job.ts';
import { download, downloadAll } from '../../state/save.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { Down } from '../icons.tsx';
import { canEncode } from './formats.ts';

const NAMES: Readonly<Record<OutputFormat, string>> = {
  png: 'PNG',
  webp: 'WebP',
  jpeg: 'JPEG',
  avif: 'AVIF',
  png16: 'PNG, 16 bit',
};

/** Appears with the first result. */
export function SaveField() {
  const entry = useLimpid(selectedEntry);
  const finished = useLimpid((state) => state.entries.filter((candidate) => candidate.result !== null).length);
  const several = useLimpid((state) => state.entries.length > 1);
  const format = useLimpid((state) => state.settings.format);
  const saving = useLimpid((state) => state.saving);
  const formats = useFormats();
  if (finished === 0 || entry === undefined) return null;
  const here = entry.result !== null && !isWaiting(entry.job);
  return (
    <div className="save">
      <div className="save-row">
        {here && (
          <button
            type="button"
            className="button accent-button"
            aria-busy={saving.kind === 'one'}
            disabled={saving.kind !== 'no'}
            onClick={() => void download()}
          >
            <Down /> Download
          </button>
        )}
        <select
          aria-label="Format"
          value={format}
          onChange={(event) => {
            const chosen = OUTPUT_FORMATS.find((candidate) => candidate === event.target.value);
            if (chosen !== undefined) chooseFormat(chosen);
          }}
        >
          {formats.map((candidate) => (
            <option key={candidate} value={candidate}>
              {NAMES[candidate]}
            </option>
          ))}
        </select>
        {several && (
          <button type="button" className="button" disabled={saving.kind !== 'no'} onClick={() => void downloadAll()}>
            {saving.kind === 'all' ? `${saving.done} of ${saving.of}…` : `Zip of ${finished}`}
          </button>
        )}
      </div>
      <SaveHints info={entry.info} format={format} />
    </div>
  );
}

function SaveHints({ info, format }: { info: PictureInfo; format: OutputFormat }) {
  const keep = useLimpid((state) => state.settings.keepLocation);
  // After the download the encoder's own words stand below.
  const told = useLimpid((state) => state.notice?.place === 'save');
  return (
    <>
      {format === 'jpeg' && info.alpha && !told && (
        <p className="hint">JPEG has no transparency: the picture will stand on white.</p>
      )}
      {info.hasLocation && (
        <label className="check">
          <input type="checkbox" checked={keep} onChange={(event) => chooseKeepLocation(event.target.checked)} />
          Keep where it was taken
        </label>
      )}
    </>
  );
}

/** What this browser writes; found out once. */
function useFormats(): readonly OutputFormat[] {
  const [formats, setFormats] = useState<readonly OutputFormat[]>(['png', 'jpeg', 'png16']);
  useEffect(() => {
    let current = true;
    void Promise.all(OUTPUT_FORMATS.map(canEncode)).then((able) => {
      if (current) setFormats(OUTPUT_FORMATS.filter((_, index) => able[index]));
    });
    return () => {
      current = false;
    };
  }, []);
  return formats;
}
