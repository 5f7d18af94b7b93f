import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import { MODEL_IDS } from '../../contract/models.ts';
import { MemoryFolder } from '../checkpoint/storage/files.ts';
import { WeightsStore } from '../checkpoint/store.ts';
import * as stores from '../checkpoint/store.ts';
import { filesOf, graphFilesOf } from '../models/manifests.ts';
import { FakeCaches, manifestOf, Site } from '../models/testing/site.ts';
import { ModelShelf } from './model-shelf.ts';

vi.mock(import('../checkpoint/store.ts'), { spy: true });

const BASE = 'https://example.org/limpid/';
const bytesOf = (files: readonly { readonly bytes: number }[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);

beforeEach(() => {
  vi.stubGlobal('caches', new FakeCaches());
  vi.stubGlobal('fetch', new Site(BASE).fetch);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('announces what the next run would download: with imported weights their graph alone', async () => {
  const store = new WeightsStore(new MemoryFolder());
  vi.mocked(stores.openWeightsStore).mockResolvedValue(store);
  const downloadOf = async (id: string): Promise<number | undefined> =>
    (await new ModelShelf(BASE).states()).find(({ manifest }) => manifest.id === id)?.download;
  const shipped = await manifestOf('mimo-unet-realblur', 'v1');
  expect(await downloadOf('mimo-unet-realblur')).toBe(bytesOf(filesOf(shipped)));

  // A RealBlur file of the "+" network runs on the "+" graph.
  const graph: Manifest = await manifestOf('mimo-unet-plus', 'v1');
  const record = {
    id: 'mine',
    name: 'RealBlur.pkl',
    owner: 'imported',
    sha256: 'ab'.repeat(32),
    model: 'mimo-unet-realblur',
    network: 'mimo-unet-plus',
    importedAt: '2026-01-01T00:00:00.000Z',
    bytes: 9,
  } as const;
  await store.put(record, new Uint8Array(2), graph);
  expect(await downloadOf('mimo-unet-realblur')).toBe(bytesOf(filesOf(shipped)));
  await store.choose('mimo-unet-realblur', 'mine');
  expect(await downloadOf('mimo-unet-realblur')).toBe(bytesOf(graphFilesOf(graph)));
  expect(await downloadOf('mimo-unet-plus')).toBe(bytesOf(filesOf(graph)));
});

it('offers every model, and runs them, with Limpid’s weights where storage cannot be read', async () => {
  const folder = new MemoryFolder();
  const lost = (): Promise<never> => Promise.reject(new DOMException('lost', 'UnknownError'));
  folder.names = lost;
  folder.read = lost;
  vi.mocked(stores.openWeightsStore).mockResolvedValue(new WeightsStore(folder));
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  const shelf = new ModelShelf(BASE);
  const states = await shelf.states();
  expect(states.map(({ manifest, chosen, weights }) => [manifest.id, chosen, weights])).toEqual(
    MODEL_IDS.map((id) => [id, 'limpid', []]),
  );
  expect((await shelf.stepModel('liif-edsr')).weights.id).toBe('limpid');
  expect(warned).toHaveBeenCalled();
});
