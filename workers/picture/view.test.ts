import { afterEach, describe, expect, it, vi } from 'vitest';
import { CHANGE_COLOURS } from '../../contract/change-map.ts';
import type { ViewTileRequest } from '../../contract/worker-api.ts';
import { measureRun } from './measure.ts';
import { createStore, type PixelStore } from './store.ts';
import { resizeRegion } from './testing/resize.ts';
import { PictureView, tileRegion, toBitmap } from './view.ts';

function paint(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly number[],
  depth: 8 | 16 = 8,
): PixelStore {
  const store = createStore(width, height, depth, 'srgb');
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) store.data.set(pixel(x, y), (y * width + x) * 4);
  }
  return store;
}

const textured = (width: number, height: number): PixelStore =>
  paint(width, height, (x, y) => [(x * 31 + y * 17) % 256, (x * y * 7) % 256, (x * 5) % 256, 255]);

const grey = (value: number) => () => [value, value, value, 255];

const edge = (at: number) => (x: number) => (x < at ? [0, 0, 0, 255] : [255, 255, 255, 255]);

const request = (store: { width: number; height: number }, change: Partial<ViewTileRequest> = {}): ViewTileRequest => ({
  picture: 'p',
  layer: 'after',
  level: 0,
  column: 0,
  row: 0,
  width: store.width,
  height: store.height,
  ...change,
});

describe('tileRegion', () => {
  it('cuts edge tiles and rounds coarse sides up', () => {
    expect(tileRegion(request({ width: 1025, height: 513 }, { column: 2 }))).toEqual({
      x: 1024,
      y: 0,
      width: 1,
      height: 512,
    });
    expect(tileRegion(request({ width: 1025, height: 513 }, { level: 1, row: 0, column: 1 }))).toEqual({
      x: 512,
      y: 0,
      width: 1,
      height: 257,
    });
    expect(tileRegion(request({ width: 1, height: 1 }, { level: 9 }))).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });

  it.each([
    { column: 3 },
    { row: 2 },
    { column: -1 },
    { level: -1 },
    { level: 0.5 },
    { level: 31 },
    { width: 0 },
    { height: Number.NaN },
    { column: 0.5 },
  ])('refuses a tile that is not there: %o', (change) => {
    expect(() => tileRegion(request({ width: 1025, height: 513 }, change))).toThrow(/no such part/);
  });
});

describe('the after layer', () => {
  it('shows the result itself at level 0, 8 of 16 bits', async () => {
    const input = textured(4, 4);
    const view = new PictureView(input);
    view.setResult(paint(4, 4, (x) => [x * 257, 65535, 128, 65535], 16));
    const tile = await view.tile(request(input));
    expect(Array.from(tile.data.slice(4, 8))).toEqual([1, 255, 0, 255]);
  });

  it('averages boxes in premultiplied terms, at odd sides what is there', async () => {
    const result = paint(3, 2, (x, y) => {
      if (x === 2) return [40, 40, 40, 255];
      return y === 0 && x === 0 ? [200, 100, 0, 255] : [0, 255, 0, 0];
    });
    const view = new PictureView(textured(3, 2));
    view.setResult(result);
    const tile = await view.tile(request(result, { level: 1 }));
    expect([tile.width, tile.height]).toEqual([2, 1]);
    expect(Array.from(tile.data)).toEqual([200, 100, 0, 64, 40, 40, 40, 255]);
  });

  it('is the exact mean over 2^n boxes of a large picture, up to rounding of each level', async () => {
    const result = textured(700, 300);
    const view = new PictureView(textured(700, 300));
    view.setResult(result);
    const tile = await view.tile(request(result, { level: 2 }));
    expect([tile.width, tile.height]).toEqual([175, 75]);
    for (const [x, y] of [
      [0, 0],
      [174, 74],
      [130, 40],
    ] as const) {
      let sum = 0;
      for (let i = 0; i < 16; i += 1) sum += result.data[((y * 4 + (i >> 2)) * 700 + x * 4 + (i % 4)) * 4] ?? 0;
      expect(Math.abs((tile.data[(y * 175 + x) * 4] ?? 0) - sum / 16)).toBeLessThanOrEqual(1);
    }
  });

  it('renews reductions where, and only where, new pixels were announced', async () => {
    const result = createStore(1200, 600, 8, 'srgb');
    const view = new PictureView(textured(600, 300));
    view.setResult(result);
    const overview = request(result, { level: 3 });
    expect((await view.tile(overview)).data.every((value) => value === 0)).toBe(true);
    result.data.fill(255);
    view.invalidate({ x: 1100, y: 10, width: 3, height: 3 });
    const tile = await view.tile(overview);
    const at = (x: number, y: number): number => tile.data[(y * tile.width + x) * 4 + 3] ?? -1;
    expect(at(1100 >> 3, 10 >> 3)).toBe(255);
    expect(at(0, 0)).toBe(0); // not announced: still the old reduction
  });

  it('does not lose an announcement that arrives while a reduction is being computed', async () => {
    const result = createStore(2600, 2600, 8, 'srgb');
    const view = new PictureView(textured(10, 10));
    view.setResult(result);
    const overview = request(result, { level: 4 });
    const pending = view.tile(overview);
    result.data.fill(255);
    view.invalidate({ x: 0, y: 0, width: 2600, height: 2600 });
    await pending;
    expect((await view.tile(overview)).data.every((value) => value === 255)).toBe(true);
  });

  it('refuses politely when there is no result, or one of another size', async () => {
    const input = textured(8, 8);
    const view = new PictureView(input);
    await expect(view.tile(request(input))).rejects.toMatchObject({ code: 'bad-request' });
    view.setResult(textured(16, 16));
    await expect(view.tile(request(input, { layer: 'change' }))).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('the before layer', () => {
  it('is the input, then its bicubic enlargement, tile by tile', async () => {
    const input = textured(300, 40);
    const view = new PictureView(input);
    const same = await view.tile(request(input, { layer: 'before' }));
    expect(Array.from(same.data)).toEqual(Array.from(input.data));
    const size = { width: 750, height: 100 };
    const tile = await view.tile(request(size, { layer: 'before', column: 1 }));
    const expected = resizeRegion(input, size, { x: 512, y: 0, width: 238, height: 100 });
    let largest = 0;
    tile.data.forEach((value, i) => (largest = Math.max(largest, Math.abs(value - (expected.data[i] ?? 0)))));
    expect(largest).toBeLessThanOrEqual(1);
  });

  it('stays in register with the after layer at coarse levels', async () => {
    const view = new PictureView(paint(1000, 4, edge(496)));
    const result = paint(2500, 10, edge(1240));
    view.setResult(result);
    for (const level of [1, 2, 3]) {
      const position = async (layer: 'before' | 'after'): Promise<number> => {
        let dark = 0;
        for (let column = 0; column < Math.ceil(2500 / 2 ** level / 512); column += 1) {
          const tile = await view.tile(request(result, { layer, level, column }));
          for (let x = 0; x < tile.width; x += 1) dark += 1 - (tile.data[x * 4] ?? 0) / 255;
        }
        return dark;
      };
      expect(Math.abs((await position('before')) - (await position('after')))).toBeLessThan(0.1);
    }
  });
});

describe('the change layer', () => {
  it('is transparent where nothing changed and lighter where more did', async () => {
    const input = paint(4, 1, grey(100));
    const view = new PictureView(input);
    view.setResult(paint(4, 1, (x) => [100, 100 + ([0, 2, 20, 100][x] ?? 0), 100, 255]));
    const { data } = await view.tile(request(input, { layer: 'change' }));
    expect([data[3], data[7]]).toEqual([0, 0]);
    expect(Array.from(data.slice(8, 11))).toEqual(CHANGE_COLOURS[80]);
    expect(Array.from(data.slice(12, 16))).toEqual([...(CHANGE_COLOURS[255] ?? []), 255]);
    expect(data[11]).toBeGreaterThan(0);
  });

  it('marks no pixel that the measurement calls unchanged', async () => {
    const input = paint(250, 1, (x) => [x, x, x, 255]);
    const result = paint(250, 1, (x) => [x + 2, x + 2, x + 2, 255]);
    const view = new PictureView(input);
    view.setResult(result);
    const { data } = await view.tile(request(input, { layer: 'change' }));
    expect(data.every((value) => value === 0)).toBe(true);
    expect(await measureRun(input, result)).toMatchObject({ changedShare: 0 });
  });

  it('compares an enlarged result with the bicubic enlargement and shows nothing where nothing was written', async () => {
    const input = textured(20, 20);
    const size = { width: 50, height: 50 };
    const result = resizeRegion(input, size, { x: 0, y: 0, ...size });
    const view = new PictureView(input);
    view.setResult(result);
    const tile = await view.tile(request(size, { layer: 'change' }));
    expect(tile.data.every((value) => value === 0)).toBe(true);
    view.setResult(createStore(50, 50, 8, 'srgb'));
    const empty = await view.tile(request(size, { layer: 'change' }));
    expect(empty.data.every((value) => value === 0)).toBe(true);
  });

  it('pools by root mean square', async () => {
    const input = paint(2, 2, grey(0));
    const view = new PictureView(input);
    view.setResult(paint(2, 2, (x, y) => (x === 0 && y === 0 ? [40, 0, 0, 255] : [0, 0, 0, 255])));
    const { data } = await view.tile(request(input, { layer: 'change', level: 1 }));
    expect(Array.from(data.slice(0, 3))).toEqual(CHANGE_COLOURS[80]);
  });

  it('has a colour map whose luminance only rises', () => {
    const luminance = CHANGE_COLOURS.map(([r, g, b]) => {
      const linear = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
    });
    for (let i = 8; i < luminance.length; i += 8) expect(luminance[i]).toBeGreaterThan(luminance[i - 8] ?? 1);
    expect(luminance[0]).toBeLessThan(0.06);
    expect(luminance[255]).toBeGreaterThan(0.7);
  });
});

describe('a tile in Display P3', () => {
  afterEach(() => void vi.unstubAllGlobals());

  /** The pixels that are shown by a browser whose ImageData knows these spaces. */
  async function shown(spaces: readonly string[]): Promise<{ data: Uint8ClampedArray; colorSpace?: string }> {
    class KnowingImageData {
      readonly colorSpace?: string;
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
        settings: { colorSpace: string },
      ) {
        if (spaces.includes(settings.colorSpace)) this.colorSpace = settings.colorSpace;
      }
    }
    vi.stubGlobal('ImageData', KnowingImageData);
    vi.stubGlobal('createImageBitmap', (image: unknown) => Promise.resolve(image));
    const store = {
      ...paint(2, 1, (x) => (x === 0 ? [200, 60, 90, 128] : [77, 77, 77, 255])),
      colorSpace: 'display-p3' as const,
    };
    const view = new PictureView(store);
    const tile = await view.tile(request(store, { layer: 'before' }));
    return (await toBitmap(tile)) as unknown as KnowingImageData;
  }

  it('keeps its numbers where the browser knows the space', async () => {
    const { data, colorSpace } = await shown(['srgb', 'display-p3']);
    expect([colorSpace, ...data]).toEqual(['display-p3', 200, 60, 90, 128, 77, 77, 77, 255]);
  });

  it.each([[['srgb']], [[]]])('is converted where it knows %j only, as Firefox does', async (spaces) => {
    // CSS Color 4's own conversion of color(display-p3 0.7843 0.2353 0.3529); grey stays grey.
    expect([...(await shown(spaces)).data]).toEqual([217, 42, 88, 128, 77, 77, 77, 255]);
  });
});
