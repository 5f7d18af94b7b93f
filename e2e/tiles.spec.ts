import { expect, test } from '@playwright/test';
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

test.describe('tiled against whole', () => {
  test.setTimeout(240_000);

  // Bounds: exact halo for LIIF-EDSR; for the others 1/255, which no eye and no 8-bit file can show.
  const cases: readonly (Omit<Request, 'base' | 'backend'> & { side: number; tiles: number; bound: number })[] = [
    { model: 'liif-edsr', width: 150, height: 118, scale: 1.3, quality: 'best', side: 112, tiles: 4, bound: 1e-4 },
    { model: 'liif-edsr', width: 130, height: 80, scale: 3, quality: 'fast', side: 110, tiles: 2, bound: 1e-4 },
    { model: 'liif-rdn', width: 150, height: 24, scale: 1.3, quality: 'fast', side: 120, tiles: 2, bound: 1 / 255 },
    {
      model: 'mimo-unet-realblur',
      width: 253,
      height: 111,
      scale: 1,
      quality: 'best',
      side: 200,
      tiles: 2,
      bound: 1 / 255,
    },
    { model: 'mimo-unet-plus', width: 243, height: 61, scale: 1, quality: 'best', side: 200, tiles: 2, bound: 1 / 255 },
    {
      model: 'mssnet-realblur-r',
      width: 317,
      height: 47,
      scale: 1,
      quality: 'best',
      side: 256,
      tiles: 2,
      bound: 1 / 255,
    },
  ];
  for (const { side, tiles, bound, ...request } of cases) {
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
      expect(largest).toBeLessThanOrEqual(bound);
    });
  }
});

test.describe('awkward sizes', () => {
  test.setTimeout(120_000);
  for (const model of ['liif-edsr', 'mimo-unet-realblur', 'mssnet-realblur-r'] as const) {
    for (const [width, height] of [
      [1, 1],
      [3, 5],
      [17, 300],
    ] as const) {
      test(`${model} ${width} x ${height}`, async () => {
        const scale = model === 'liif-edsr' ? 2.5 : 1;
        const { finite, size } = await restore('odd', { model, width, height, scale, quality: 'best' });
        expect(finite).toBe(true);
        expect(size).toEqual([Math.round(width * scale), Math.round(height * scale)]);
      });
    }
  }
});
