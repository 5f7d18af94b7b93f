import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadableModel } from '../../contract/inference-api.ts';
import type { ModelFile, Manifest } from '../../contract/manifest.ts';
import { LimpidError } from '../../contract/result.ts';
import { PATIENCE } from '../patience.ts';
import { Catalogue } from './catalogue.ts';
import { modelFile } from './files.ts';
import { filesOf } from './manifests.ts';
import { contentOf, FakeCaches, GOLDEN_INPUT, Site } from './testing/site.ts';

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
  const one = (file: ModelFile): Promise<Uint8Array> => modelFile(base, manifest.id, file, signal, nothing, nothing);
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
    expect(await catalogue.missingBytes(manifest, 'shipped')).toBe(0);
    expect(site.asked).toEqual([]);
  });

  it('serves two calls that meet it together', async () => {
    const catalogue = new Catalogue(BASE);
    await catalogue.manifests();
    site.release = 'v2';
    let renewed = (): void => undefined;
    const firstIsDone = new Promise<void>((resolve) => (renewed = resolve));
    let tries = 0;
    const second = catalogue.renewing(async () => {
      const manifest = await catalogue.manifest(ID);
      tries += 1;
      if (tries === 1) await firstIsDone;
      return loadAll(manifest);
    });
    expect(await catalogue.renewing(async () => loadAll(await catalogue.manifest(ID)))).toBe(weightsOf('v2'));
    site.asked.length = 0;
    renewed();
    expect(await second).toBe(weightsOf('v2'));
    expect(site.asked.filter((path) => path.endsWith('manifest.json'))).toEqual([]);
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

  it('has MSSNet’s half-size input, which the manifests of its time did not name', async () => {
    const mssnet = 'mssnet-realblur-r';
    const old = { network: 'mssnet', accepts: ['mssnet'] };
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
      const answer = await site.fetch(address, init);
      const changed = address.endsWith(`${mssnet}/manifest.json`);
      return changed ? Response.json({ ...((await answer.json()) as Manifest), ...old }) : answer;
    });
    const catalogue = new Catalogue(BASE);
    expect((await catalogue.manifest(mssnet)).halfSizeInput).toBe(true);
    expect((await catalogue.manifest(ID)).halfSizeInput).toBeUndefined();
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
    expect(await catalogue.missingBytes(old, 'shipped')).toBe(0);
    await visit();
    await new Catalogue(BASE).manifests();
    const all = filesOf(old).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(await catalogue.missingBytes(old, 'shipped')).toBe(all);
    expect(await catalogue.missingBytes(await catalogue.manifest(ID), 'shipped')).toBe(0);
    expect(await other.missingBytes(await other.manifest(ID), 'shipped')).toBe(0);
  });
});

describe('imported weights', () => {
  /** A page is opened, and the model loaded with weights that the person brought. */
  async function loadWithImport(): Promise<LoadableModel> {
    const catalogue = new Catalogue(BASE);
    const nothing = (): void => undefined;
    const own = new Uint8Array([1, 2]);
    const model = await catalogue.renewing(async () =>
      catalogue.load(await catalogue.manifest(ID), own, new AbortController().signal, nothing, nothing),
    );
    expect(model).toMatchObject({ weights: own, golden: { output: null } });
    return model;
  }

  /** The same; gives the graph's text. */
  const visitWithImport = async (): Promise<string> => {
    const graph = (await loadWithImport()).graphs['network.onnx'];
    expect(graph).toBeDefined();
    return new TextDecoder().decode(graph);
  };

  it('are proven on the very samples of the golden picture, which no canvas gives', async () => {
    const { golden } = await loadWithImport();
    const { width, height, sample } = GOLDEN_INPUT;
    const expected = [0, 1, 2].flatMap((channel) =>
      Array.from({ length: width * height }, (_, at) => sample(at % width, Math.floor(at / width), channel)),
    );
    expect(golden.input).toMatchObject({ channels: 3, width, height });
    expect(Array.from(golden.input.data, (value) => value * 255)).toEqual(
      expected.map((value) => expect.closeTo(value, 4)),
    );
  });

  it('ask for neither the shipped weights nor their golden answer', async () => {
    await visitWithImport();
    const files = site.asked.filter((path) => !path.endsWith('manifest.json'));
    expect(files.toSorted()).toEqual([`models/${ID}/golden/input.png`, `models/${ID}/network.onnx`]);
  });

  it.each([
    ['retrained', 'v1.2'],
    ['new in every file', 'v2'],
  ])('go on offline after a release was seen that is %s', async (_, release) => {
    const graph = await visitWithImport();
    site.release = release;
    await new Catalogue(BASE).manifests();
    // A release that is seen later, and of which nothing is here either, changes nothing.
    site.release = release === 'v2' ? 'v3' : 'v1.3';
    await new Catalogue(BASE).manifests();
    site.state = 'down';
    expect(await visitWithImport()).toBe(graph);
  });

  it('let the older release go once they have run on a newer one', async () => {
    await visitWithImport();
    const old = await new Catalogue(BASE).manifest(ID);
    site.release = 'v2';
    await visitWithImport();
    const catalogue = new Catalogue(BASE);
    await catalogue.manifests();
    expect(await catalogue.missingBytes(old, 'shipped')).toBe(filesOf(old).reduce((sum, { bytes }) => sum + bytes, 0));
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

  it('leaves an open page its release when a cancel ends the wait', async () => {
    await visit();
    site.release = 'v2';
    const catalogue = new Catalogue(BASE);
    const newer = await catalogue.manifest(ID);
    site.state = 'silent';
    Object.assign(PATIENCE, { manifest: 60_000 });
    const abort = new AbortController();
    const broken = new LimpidError('download-failed', 'A download broke off.');
    site.asked.length = 0;
    const run = catalogue.renewing(() => Promise.reject(broken), abort.signal);
    await vi.waitUntil(() => site.asked.length > 0);
    abort.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(await catalogue.manifest(ID)).toBe(newer);
  });
});
