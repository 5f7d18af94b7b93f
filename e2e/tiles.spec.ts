import { expect, test } from '@playwright/test';
import { readManifest } from '../cli/models.ts';
import { MODEL_IDS, type ModelId } from '../contract/models.ts';
import { startHarness, type Harness } from './harness/harness.ts';
import type { Request } from './harness/restore.ts';

interface Kept {
  readonly tiles: number;
  readonly finite: boolean;
  readonly size: readonly [number, number];
}

let harness: Harness;
test.beforeAll(async () => {
  harness = await startHarness();
});
test.afterAll(() => harness.close());

const restore = (name: string, request: Omit<Request, 'base' | 'backend'>): Promise<Kept> =>
  harness.call('/e2e/harness/restore.ts', 'keepRestored', name, {
    base: `${harness.url}/`,
    backend: 'wasm-threads',
    ...request,
  });

/** Largest difference of tiled from whole, 0..1, as the model's manifest states it. */
const seamOf = (model: ModelId): number => readManifest(model).seam.maxDifference;

test.describe('tiled against whole', () => {
  test.setTimeout(240_000);

  const cases: readonly (Omit<Request, 'base' | 'backend'> & { side: number; tiles: number })[] = [
    { model: 'liif-edsr', width: 150, height: 118, scale: 1.3, quality: 'best', side: 112, tiles: 4 },
    { model: 'liif-edsr', width: 130, height: 80, scale: 3, quality: 'fast', side: 110, tiles: 2 },
    { model: 'liif-rdn', width: 150, height: 24, scale: 1.3, quality: 'fast', side: 120, tiles: 2 },
    {
      model: 'mimo-unet-realblur',
      width: 253,
      height: 111,
      scale: 1,
      quality: 'best',
      side: 200,
      tiles: 2,
    },
    { model: 'mimo-unet-plus', width: 243, height: 61, scale: 1, quality: 'best', side: 200, tiles: 2 },
    {
      model: 'mssnet-realblur-r',
      width: 317,
      height: 47,
      scale: 1,
      quality: 'best',
      side: 256,
      tiles: 2,
    },
  ];
  for (const { side, tiles, ...request } of cases) {
    test(`${request.model} x${request.scale} ${request.quality}`, async () => {
      const whole = await restore('whole', request);
      const tiled = await restore('tiled', { ...request, side });
      expect(whole.tiles).toBe(1);
      expect(tiled.tiles).toBeGreaterThanOrEqual(tiles);
      const { largest } = await harness.call<{ largest: number }>(
        '/e2e/harness/restore.ts',
        'compareKept',
        'whole',
        'tiled',
      );
      test.info().annotations.push({ type: 'seam', description: String(largest) });
      // Twice what the manifest states, since that was measured on another picture, and what float32 rounds.
      expect(largest).toBeLessThanOrEqual(2 * seamOf(request.model) + 1e-5);
    });
  }
});

test.describe('awkward sizes', () => {
  test.setTimeout(120_000);
  for (const model of MODEL_IDS) {
    for (const [width, height] of [
      [1, 1],
      [3, 5],
      [17, 1000],
    ] as const) {
      test(`${model} ${width} x ${height}`, async () => {
        const scale = readManifest(model).task === 'enlarge' ? 1.7 : 1;
        const { finite, size } = await restore('odd', { model, width, height, scale, quality: 'best' });
        expect(finite).toBe(true);
        expect(size).toEqual([Math.round(width * scale), Math.round(height * scale)]);
      });
    }
  }
});
