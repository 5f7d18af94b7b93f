import { useEffect, useState } from 'react';
import { formatOf, OUTPUT_FORMATS, type OutputFormat, type PictureInfo } from '../../../contract/picture.ts';
import { chooseKeepLocation } from '../../state/choose.ts';
import { useLimpid } from '../../state/store.ts';
import { canEncode } from './formats.ts';
import { keptFormat, keptQuality } from './save-choices.ts';

const NAMES: Readonly<Record<OutputFormat, string>> = {
  png: 'PNG',
  webp: 'WebP',
  jpeg: 'JPEG',
  avif: 'AVIF',
  png16: 'PNG, 16 bit',
};

/** What the picture is written as, remembered for the next visit. */
export function FormatField({ info, format }: { info: PictureInfo; format: OutputFormat }) {
  const formats = useFormats();
  const choose = (value: string): void => {
    const chosen = OUTPUT_FORMATS.find((candidate) => candidate === value);
    // Back at what this picture starts with, pictures of the other depth have theirs again.
    if (chosen !== undefined) keptFormat.choose(chosen === formatOf('auto', info) ? 'auto' : chosen);
  };
  return (
    <select aria-label="Format" value={format} onChange={(event) => choose(event.target.value)}>
      {formats.map((candidate) => (
        <option key={candidate} value={candidate}>
          {NAMES[candidate]}
        </option>
      ))}
    </select>
  );
}

/** What this browser writes: all, until it has been asked. */
function useFormats(): readonly OutputFormat[] {
  const [formats, setFormats] = useState<readonly OutputFormat[]>(OUTPUT_FORMATS);
  useEffect(() => {
    let current = true;
    void Promise.all(OUTPUT_FORMATS.map(canEncode)).then((able) => {
      if (!current) return;
      const written = OUTPUT_FORMATS.filter((_, index) => able[index]);
      setFormats(written);
      const chosen = keptFormat.get();
      if (chosen !== 'auto' && !written.includes(chosen)) keptFormat.choose('auto');
    });
    return () => {
      current = false;
    };
  }, []);
  return formats;
}

/** What goes with the format: how much a lossy one may lose, what it cannot hold, and the place of the photo. */
export function SaveDetails({ info, format }: { info: PictureInfo; format: OutputFormat }) {
  const keep = useLimpid((state) => state.settings.keepLocation);
  // After the download the encoder's own words stand below.
  const told = useLimpid((state) => state.notice?.place === 'save');
  return (
    <>
      {format !== 'png' && format !== 'png16' && <CompressionQuality />}
      {format === 'jpeg' && info.alpha && !told && (
        <p className="hint">JPEG has no transparency: the picture will stand on white.</p>
      )}
      {format !== 'png16' && info.depth === 16 && !told && (
        <p className="hint">{NAMES[format]} keeps 8 of the picture’s 16 bits a channel.</p>
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

function CompressionQuality() {
  const percent = useLimpid((state) => state.settings.compressionQuality);
  return (
    <label className="compression">
      Compression quality
      <input
        type="range"
        min={1}
        max={100}
        value={percent}
        onChange={(event) => keptQuality.choose(event.target.value)}
      />
      {/* The slider itself tells it to those who listen. */}
      <span aria-hidden="true">{percent}</span>
    </label>
  );
}
