import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Catalogue } from './catalogue.ts';
import { isCached, modelFile } from './files.ts';
import { contentOf, FakeCaches, manifestOf, Site } from './testing/site.ts';

const ID = 'liif-edsr';
const BASE = 'https://example.org/limpid/';
let site: Site;

beforeEach(() => {
  site = new Site(BASE);
  vi.stubGlobal('fetch', site.fetch);
});
afterEach(() => void vi.unstubAllGlobals());

/** The weights, as a run asks for them, and what was noted on the way. */
async function weights(): Promise<{ data: Uint8Array; notes: string[] }> {
  const { weights: file } = await manifestOf(ID, 'v1');
  const notes: string[] = [];
  const data = await modelFile(
    BASE,
    ID,
    file,
    new AbortController().signal,
    () => undefined,
    (note) => notes.push(note),
  );
  return { data, notes };
}

const NOTE = 'The stored copy of liif-edsr/weights.bin was damaged and was fetched again.';

it('fetches a file again whose kept body cannot be read', async () => {
  const caches = new FakeCaches();
  vi.stubGlobal('caches', caches);
  await weights();
  expect(site.asked).toHaveLength(1);
  const lost = new ReadableStream({ start: (controller) => controller.error(new TypeError('Failed to fetch')) });
  const whole = caches.match;
  caches.match = () => Promise.resolve(new Response(lost));
  expect(await weights()).toEqual({ data: contentOf(ID, 'weights.bin', 'v1'), notes: [NOTE] });
  caches.match = whole;
  expect((await weights()).notes).toEqual([]);
  expect(site.asked).toHaveLength(2);
});

it('goes without a cache that cannot be searched', async () => {
  const caches = new FakeCaches();
  vi.stubGlobal('caches', caches);
  caches.match = () => Promise.reject(new DOMException('Unexpected internal error.', 'UnknownError'));
  const { weights: file } = await manifestOf(ID, 'v1');
  expect(await isCached(BASE, file)).toBe(false);
  expect((await weights()).data).toEqual(contentOf(ID, 'weights.bin', 'v1'));
  expect((await new Catalogue(BASE).manifests()).size).toBe(5);
});

it('goes without a cache where the page is not secure', async () => {
  vi.stubGlobal('caches', undefined);
  expect((await new Catalogue(BASE).manifests()).size).toBe(5);
});
