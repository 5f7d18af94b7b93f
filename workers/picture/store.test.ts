import { describe, expect, it } from 'vitest';
import type { Planar } from '../../contract/inference-api.ts';
import { createStore, maxValue, readAlpha, readColour, writeTile, type PixelStore } from './store.ts';

/** 3 x 2; red tells the column, green the row, blue both, alpha the pixel. */
function drawn(depth: 8 | 16): PixelStore {
  const store = createStore(3, 2, depth, 'display-p3');
  for (let i = 0; i < 6; i += 1) {
    const [x, y] = [i % 3, Math.floor(i / 3)];
    store.data.set([x * 40, y * 60, 10 * x + y, 100 + i], i * 4);
  }
  return store;
}

const rounded = (data: Float32Array, top: number): number[] => Array.from(data, (value) => Math.round(value * top));

describe('createStore', () => {
  it.each([8, 16] as const)('is transparent black at %i bits', (depth) => {
    const store = createStore(3, 2, depth, 'display-p3');
    expect(store).toMatchObject({ width: 3, height: 2, depth, colorSpace: 'display-p3' });
    expect([...store.data]).toEqual(Array(24).fill(0));
    expect(store.data.BYTES_PER_ELEMENT).toBe(depth / 8);
    expect(maxValue(store)).toBe(depth === 8 ? 255 : 65535);
  });
});

describe('readColour', () => {
  it.each([8, 16] as const)('reads planes in 0..1 at %i bits', (depth) => {
    const store = drawn(depth);
    const read = readColour(store, { x: 1, y: 0, width: 2, height: 2 });
    expect(read).toMatchObject({ channels: 3, width: 2, height: 2 });
    expect(rounded(read.data, maxValue(store))).toEqual([40, 80, 40, 80, 0, 0, 60, 60, 10, 20, 11, 21]);
    expect(read.data[0]).toBeCloseTo(40 / maxValue(store), 7);
  });

  it('repeats the edge on all four sides', () => {
    const { data } = readColour(drawn(8), { x: -2, y: -1, width: 7, height: 4 });
    const red = [0, 0, 0, 40, 80, 80, 80];
    expect(rounded(data.subarray(0, 28), 255)).toEqual([...red, ...red, ...red, ...red]);
    expect(rounded(data.subarray(28, 56), 255)).toEqual(
      [0, 0, 60, 60].flatMap((green) => Array<number>(7).fill(green)),
    );
  });
});

describe('readAlpha', () => {
  it('gives three equal planes where it varies, the edge repeated', () => {
    const { planes } = readAlpha(drawn(8), { x: 1, y: 1, width: 3, height: 2 });
    expect(planes).toMatchObject({ channels: 3, width: 3, height: 2 });
    const plane = [104, 105, 105, 104, 105, 105];
    expect(rounded(planes?.data ?? new Float32Array(), 255)).toEqual([...plane, ...plane, ...plane]);
  });

  it('gives one number where it does not', () => {
    const { planes, constant } = readAlpha(drawn(8), { x: 2, y: 1, width: 4, height: 3 });
    expect(planes).toBeNull();
    expect(constant).toBeCloseTo(105 / 255, 7);
  });
});

describe('writeTile', () => {
  const colour = (...data: number[]): Planar => ({ data: Float32Array.from(data), channels: 3, width: 2, height: 1 });

  it.each([
    [8, [51, 102, 153, 255, 0, 255, 128, 255]],
    [16, [13107, 26214, 39321, 65535, 0, 65535, 32768, 65535]],
  ] as const)('rounds and clamps to %i bits, and touches nothing else', (depth, expected) => {
    const store = createStore(3, 2, depth, 'srgb');
    writeTile(store, { x: 1, y: 1, width: 2, height: 1 }, colour(0.2, -0.5, 0.4, 1.5, 0.6, 0.5), 1, false);
    expect([...store.data]).toEqual([...Array<number>(16).fill(0), ...expected]);
  });

  it('takes alpha per pixel', () => {
    const store = createStore(2, 1, 8, 'srgb');
    writeTile(store, { x: 0, y: 0, width: 2, height: 1 }, colour(0, 0, 0, 0, 0, 0), Float32Array.of(0.2, 2), false);
    expect([store.data[3], store.data[7]]).toEqual([51, 255]);
  });

  it('averages the channels of a grey picture', () => {
    const store = createStore(2, 1, 8, 'srgb');
    writeTile(store, { x: 0, y: 0, width: 2, height: 1 }, colour(0.1, 0, 0.2, 0.3, 0.3, 0.6), 1, true);
    expect([...store.data]).toEqual([51, 51, 51, 255, 77, 77, 77, 255]);
  });

  it('writes only its rectangle of a larger answer', () => {
    const store = createStore(1, 1, 8, 'srgb');
    writeTile(store, { x: 0, y: 0, width: 1, height: 1 }, colour(1, 0, 0, 0, 1, 0), 1, false);
    expect([...store.data]).toEqual([255, 0, 255, 255]);
  });
});
