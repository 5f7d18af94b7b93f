import { useRef } from 'react';
import diagram from '../../samples/diagram.png';
import logo from '../../samples/logo.png';
import page from '../../samples/page.png';
import sign from '../../samples/sign.png';
import { openFiles } from '../../state/open.ts';
import { reportText } from '../../state/notice.ts';
import type { Settings } from '../../state/settings.ts';

interface Sample {
  readonly name: string;
  /** What it is there to try. */
  readonly use: string;
  readonly file: string;
  readonly url: string;
  readonly settings: Partial<Settings>;
}

/** Drawn by scripts/draw-samples.ts, each with the model that its fault calls for. */
const SAMPLES: readonly Sample[] = [
  { name: 'Diagram', use: 'small: enlarge it', file: 'diagram.png', url: diagram, settings: { model: 'liif-edsr' } },
  { name: 'Logo with text', use: 'small: enlarge it', file: 'logo.png', url: logo, settings: { model: 'liif-edsr' } },
  { name: 'Text page', use: 'small: enlarge it', file: 'page.png', url: page, settings: { model: 'liif-edsr' } },
  {
    name: 'Shaken sign',
    use: 'blurred: make it sharp',
    file: 'sign.png',
    url: sign,
    settings: { model: 'mimo-unet-realblur' },
  },
];

async function openSample({ file, url, settings }: Sample): Promise<void> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status}`);
    await openFiles([{ blob: await response.blob(), name: file }], settings);
  } catch {
    reportText(
      'open',
      'error',
      'The sample could not be loaded: the connection to this page’s server failed. Try again.',
    );
  }
}

export function Samples() {
  const loading = useRef(false);
  const choose = async (sample: Sample): Promise<void> => {
    // The second half of a double click.
    if (loading.current) return;
    loading.current = true;
    await openSample(sample);
    loading.current = false;
  };
  return (
    <div role="group" aria-labelledby="samples-title" className="samples">
      <h2 id="samples-title" className="samples-title">
        Samples
      </h2>
      <ul>
        {SAMPLES.map((sample) => (
          <li key={sample.file}>
            {/* Named by what it shows alone; tools and voice control find it by that. */}
            <button
              type="button"
              className="sample"
              aria-label={sample.name}
              aria-describedby={`sample-${sample.file}`}
              onClick={() => void choose(sample)}
            >
              <img src={sample.url} alt="" />
              <span>{sample.name}</span>
              <span id={`sample-${sample.file}`} className="sample-use">
                {sample.use}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
