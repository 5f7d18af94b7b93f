import { readFileSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { Header } from './Header.tsx';

// It dresses the document as soon as it is loaded.
vi.mock('./theme.ts', () => ({ THEMES: ['system'], theme: { use: () => 'system' } }));

/** A host may serve the page from a folder. */
const FOLDER = '/tools/limpid/';
afterEach(() => vi.unstubAllEnvs());

it('takes the icon from the folder that the page is served from', () => {
  vi.stubEnv('BASE_URL', FOLDER);
  const markup = renderToStaticMarkup(<Header onKeys={() => undefined} />);
  expect(Array.from(markup.matchAll(/src="([^"]*)"/gu), ([, src]) => src)).toEqual([`${FOLDER}icon.svg`]);
});

it('is installed from that folder, and with nothing outside of it', () => {
  interface WebManifest {
    readonly id?: string;
    readonly start_url: string;
    readonly scope: string;
    readonly file_handlers: readonly { readonly action: string }[];
    readonly icons: readonly { readonly src: string }[];
  }
  const text = readFileSync(new URL('../../../public/manifest.webmanifest', import.meta.url), 'utf8');
  const { id, start_url, scope, file_handlers, icons } = JSON.parse(text) as WebManifest;
  const here = `https://example.org${FOLDER}`;
  const resolved = (url: string): string => new URL(url, `${here}manifest.webmanifest`).href;
  expect([start_url, scope, ...file_handlers.map(({ action }) => action)].map(resolved)).toEqual([here, here, here]);
  for (const { src } of icons) expect(resolved(src)).toMatch(new RegExp(`^${here}(icons/)?[\\w-]+\\.(svg|png)$`, 'u'));
  // An id is relative to the origin, so that two folders of one origin would be one program; without it start_url is the id.
  expect(id).toBeUndefined();
});
