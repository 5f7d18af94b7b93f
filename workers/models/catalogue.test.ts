import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GraphFile, Manifest } from '../../contract/manifest.ts';
import { PATIENCE } from '../patience.ts';
import { Catalogue } from './catalogue.ts';
import { modelFile } from './files.ts';
import { filesOf } from './manifests.ts';
import { contentOf, FakeCaches, Site } from './testing/site.ts';

const ID = 'liif-edsr';
const BASE = 'https://example.org/limpid/';
const patience = { ...PATIENCE };
let site: Site;

beforeEach(() => {
  site = new Site(BASE);
  vi.stubGlobal('caches', new FakeCaches());
  vi.stubGlobal('fetch', site.fetch);
  Object.assign(PATIENCE, { manifest: 50, download: 200 });
});
afterEach(() => {
  Object.assign(PATIENCE, patience);
  vi.unstubAllGlobals();
});

/** Fetches what a run needs, as `Catalogue.load` does; gives the weights' text. */
async function loadAll(manifest: Manifest, base = BASE): Promise<string> {
  const { signal } = new AbortController();
  const nothing = (): void => undefined;
  const one = (file: GraphFile): Promise<Uint8Array> => modelFile(base, manifest.id, file, signal, nothing, nothing);
  await Promise.all(filesOf(manifest).map(one));
  return new TextDecoder().decode(await one(manifest.weights));
}

const weightsOf = (release: string): string => new TextDecoder().decode(contentOf(ID, 'weights.bin', release));

/** A page is opened, and a run with the model done. */
async function visit(): Promise<string> {
  const catalogue = new Catalogue(BASE);
  return catalogue.renewing(async () => loadAll(await catalogue.manifest(ID)));
}

describe('a site that is renewed', () => {
  it('serves an open page that has the old manifests: they are read anew, once', async () => {
    const catalogue = new Catalogue(BASE);
    await catalogue.manifests();
    site.release = 'v2';
    const work = vi.fn(async () => loadAll(await catalogue.manifest(ID)));
    expect(await catalogue.renewing(work)).toBe(weightsOf('v2'));
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('is not asked at all by an open page whose model is here, golden picture included', async () => {
    const catalogue = new Catalogue(BASE);
    const manifest = await catalogue.manifest(ID);
    await loadAll(manifest);
    site.release = 'v2';
    site.asked.length = 0;
    expect(await loadAll(manifest)).toBe(weightsOf('v1'));
    expect(await catalogue.missingBytes(manifest)).toBe(0);
    expect(site.asked).toEqual([]);
  });

  it('does not make a damaged file a renewed one', async () => {
    const catalogue = new Catalogue(BASE);
    const manifest = await catalogue.manifest(ID);
    const work = vi.fn(() => loadAll({ ...manifest, weights: { ...manifest.weights, sha256: '0'.repeat(64) } }));
    await expect(catalogue.renewing(work)).rejects.toMatchObject({ code: 'checksum-mismatch' });
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe('an older release on this device', () => {
  it('runs offline although the newer manifests were seen', async () => {
    await visit();
    site.release = 'v2';
    await new Catalogue(BASE).manifests();
    site.state = 'down';
    expect(await visit()).toBe(weightsOf('v1'));
  });

  it('takes over in a page that was opened before the network went', async () => {
    await visit();
    site.release = 'v2';
    const catalogue = new Catalogue(BASE);
    await catalogue.manifests();
    site.state = 'down';
    expect(await catalogue.renewing(async () => loadAll(await catalogue.manifest(ID)))).toBe(weightsOf('v1'));
  });

  it('leaves when the newer one is whole, and other copies of Limpid keep theirs', async () => {
    const other = new Catalogue('https://example.org/other/');
    vi.stubGlobal('fetch', new Site('https://example.org/other/').fetch);
    await loadAll(await other.manifest(ID), 'https://example.org/other/');
    vi.stubGlobal('fetch', site.fetch);
    const old = await new Catalogue(BASE).manifest(ID);
    await visit();
    site.release = 'v2';
    const catalogue = new Catalogue(BASE);
    await catalogue.manifests();
    expect(await catalogue.missingBytes(old)).toBe(0);
    await visit();
    await new Catalogue(BASE).manifests();
    const all = filesOf(old).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(await catalogue.missingBytes(old)).toBe(all);
    expect(await catalogue.missingBytes(await catalogue.manifest(ID))).toBe(0);
    expect(await other.missingBytes(await other.manifest(ID))).toBe(0);
  });
});

describe('a server in trouble', () => {
  it.each(['silent', 'down', 'portal'] as const)('(%s) stops nobody who has the model', async (state) => {
    await visit();
    site.state = state;
    expect(await visit()).toBe(weightsOf('v1'));
    // What came instead of a manifest has replaced nothing.
    site.state = 'down';
    expect(await visit()).toBe(weightsOf('v1'));
  });

  it('is given up after a while by those who have nothing', async () => {
    site.state = 'silent';
    await expect(new Catalogue(BASE).manifests()).rejects.toMatchObject({ code: 'download-failed' });
    site.state = 'portal';
    await expect(new Catalogue(BASE).manifests()).rejects.toMatchObject({ code: 'bad-manifest' });
  });

  it('does not hold up a cancel', async () => {
    const catalogue = new Catalogue(BASE);
    const manifest = await catalogue.manifest(ID);
    site.asked.length = 0;
    site.state = 'silent';
    Object.assign(PATIENCE, { manifest: 60_000 });
    const abort = new AbortController();
    const run = catalogue.renewing(() => loadAll(manifest), abort.signal);
    // Both tries of each download are over by then, and the manifests are asked for.
    await vi.waitUntil(() => site.asked.at(-1)?.endsWith('manifest.json'), { timeout: 5000 });
    abort.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});
