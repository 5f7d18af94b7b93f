import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import type { RunRequest } from '../../contract/run.ts';
import type { PixelStore } from '../picture/store.ts';
import type { OpenPicture } from './pictures.ts';
import { planRun, runRecipe, type RunContext } from './run.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../public/models/liif-edsr/manifest.json', import.meta.url), 'utf8'),
) as Manifest;

/** Of the device's memory, 8 GB, half may be taken. */
beforeEach(() => void vi.stubGlobal('navigator', { deviceMemory: 8, hardwareConcurrency: 4 }));
afterEach(() => vi.unstubAllGlobals());

const load = vi.fn(() => Promise.reject(new Error('nothing is loaded for a run that has no room')));
const keep = vi.fn();
const begin = vi.fn();

function context(held: number): RunContext {
  const weights = { id: 'limpid', name: '', owner: 'limpid' as const, sha256: manifest.weights.sha256 };
  return {
    version: '0',
    pool: { trusted: (choices: unknown) => choices, keep } as unknown as RunContext['pool'],
    manifests: () => Promise.resolve(new Map([[manifest.id, manifest]])),
    model: () => Promise.resolve({ shown: manifest, manifest, weights, load }),
    held: () => held,
  };
}

/** A picture of which only the size is looked at. */
const picture = (width: number, height: number): OpenPicture => {
  const pixels: PixelStore = { width, height, depth: 8, data: new Uint8ClampedArray(4), colorSpace: 'srgb' };
  return { info: { id: 'one', alpha: false, grey: false }, decoded: { pixels }, begin } as unknown as OpenPicture;
};

const request = (scale: number): RunRequest => ({
  picture: 'one',
  recipe: [{ model: 'liif-edsr', scale, quality: 'best' }],
  backend: 'wasm',
});

const DELEGATE = { onProgress: () => undefined, onTile: () => undefined };

describe('memory', () => {
  it.each([
    ['a result beyond what can be written', 4000, 4000, 8, 0, 'up to 2.8× would fit'],
    ['other pictures that take the room', 400, 300, 2, 3.9 * 1024 ** 3, 'save and remove some of them first'],
  ])('is checked before anything is loaded or begun: %s', async (_, width, height, scale, held, advice) => {
    const refused = { code: 'too-much-memory', message: expect.stringContaining(advice) };
    const signal = new AbortController().signal;
    await expect(planRun(context(held), picture(width, height), request(scale))).rejects.toMatchObject(refused);
    const run = runRecipe(context(held), picture(width, height), request(scale), DELEGATE, signal);
    await expect(run).rejects.toMatchObject(refused);
    for (const untouched of [load, keep, begin]) expect(untouched).not.toHaveBeenCalled();
  });
});
