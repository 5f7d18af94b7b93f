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
  readonly file: string;
  readonly url: string;
  readonly settings: Partial<Settings>;
}

/** Drawn by scripts/draw-samples.ts, each with the model that its fault calls for. */
const SAMPLES: readonly Sample[] = [
  { name: 'Diagram', file: 'diagram.png', url: diagram, settings: { model: 'liif-edsr' } },
  { name: 'Logo with text', file: 'logo.png', url: logo, settings: { model: 'liif-edsr' } },
  { name: 'Text page', file: 'page.png', url: page, settings: { model: 'liif-edsr' } },
  { name: 'Shaken sign', file: 'sign.png', url: sign, settings: { model: 'mimo-unet-realblur' } },
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
            <button type="button" className="sample" onClick={() => void choose(sample)}>
              <img src={sample.url} alt="" />
              <span>{sample.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
