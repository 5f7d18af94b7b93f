import { describe, expect, it } from 'vitest';
import { bleedColours } from './alpha.ts';
import { createStore, type PixelStore } from './store.ts';

type Paint = (x: number, y: number) => readonly [number, number, number, number];

function paint(width: number, height: number, colour: Paint, depth: 8 | 16 = 8): PixelStore {
  const store = createStore(width, height, depth, 'srgb');
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) store.data.set(colour(x, y), (y * width + x) * 4);
  return store;
}

const at = ({ data, width }: PixelStore, x: number, y: number): number[] =>
  Array.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4));

describe('bleedColours', () => {
  it('changes nothing but the colour of fully transparent pixels', () => {
    const store = paint(61, 47, (x, y) => [x * 4, y * 5, (x * y) & 255, x < 20 ? 0 : Math.min(255, (x - 20) * 13)]);
    const before = store.data.slice();
    expect(bleedColours(store)).toBe(true);
    for (let index = 0; index < before.length; index += 4) {
      expect(store.data[index + 3]).toBe(before[index + 3]);
      if (before[index + 3] !== 0)
        expect(store.data.subarray(index, index + 4)).toEqual(before.subarray(index, index + 4));
    }
  });

  it('gives a hole around one colour exactly that colour, everywhere', () => {
    const store = paint(130, 70, (x, y) => (Math.hypot(x - 40, y - 30) < 9 ? [200, 30, 90, 255] : [0, 255, 0, 0]));
    bleedColours(store);
    for (let index = 0; index < store.data.length; index += 4)
      expect(Array.from(store.data.subarray(index, index + 3))).toEqual([200, 30, 90]);
  });

  it('takes the nearest object’s colour near each of two objects', () => {
    const store = paint(200, 20, (x) => (x < 10 ? [255, 0, 0, 255] : x >= 190 ? [0, 0, 255, 255] : [0, 0, 0, 0]));
    bleedColours(store);
    expect(at(store, 12, 10)[0]).toBeGreaterThan(240);
    expect(at(store, 187, 10)[2]).toBeGreaterThan(240);
    const middle = at(store, 100, 10);
    expect(Math.min(middle[0] ?? 0, middle[2] ?? 0)).toBeGreaterThan(60);
  });

  it('leaves no halo on white or black after enlarging', () => {
    // A red disc whose hidden surroundings are black, as most files have them; enlarged three times without premultiplying.
    const store = paint(48, 48, (x, y) => {
      const cover = Math.min(1, Math.max(0, 16.5 - Math.hypot(x - 23.5, y - 23.5)));
      return cover === 0 ? [0, 0, 0, 0] : [220, 20, 30, Math.round(cover * 255)];
    });
    const halo = (picture: PixelStore, ground: number): number => {
      let worst = 0;
      for (let y = 0; y < 141; y += 1) {
        for (let x = 0; x < 141; x += 1) {
          const [r, , , a] = bilinear(picture, x / 3, y / 3);
          const shown = (r * a + ground * (255 - a)) / 255;
          const expected = (220 * a + ground * (255 - a)) / 255;
          worst = Math.max(worst, Math.abs(shown - expected));
        }
      }
      return worst;
    };
    expect(halo(store, 255)).toBeGreaterThan(20);
    bleedColours(store);
    expect(halo(store, 255)).toBeLessThan(1);
    expect(halo(store, 0)).toBeLessThan(1);
  });

  it('works at 16 bits, on single rows and columns, and on odd sizes', () => {
    for (const [width, height] of [
      [1, 7],
      [7, 1],
      [2, 1],
      [3, 3],
      [33, 17],
    ] as const) {
      const store = paint(width, height, (x, y) => (x + y === 0 ? [60000, 1234, 40000, 65535] : [0, 0, 0, 0]), 16);
      expect(bleedColours(store)).toBe(true);
      expect(at(store, width - 1, height - 1)).toEqual([60000, 1234, 40000, 0]);
    }
  });

  it('leaves opaque and wholly transparent pictures alone', () => {
    for (const alpha of [255, 0]) {
      const store = paint(8, 8, (x) => [x, 2, 3, alpha]);
      const before = store.data.slice();
      expect(bleedColours(store)).toBe(false);
      expect(store.data).toEqual(before);
    }
  });
});

function bilinear(store: PixelStore, x: number, y: number): [number, number, number, number] {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - x0, y - y0];
  const [a, b, c, d] = [at(store, x0, y0), at(store, x0 + 1, y0), at(store, x0, y0 + 1), at(store, x0 + 1, y0 + 1)];
  return [0, 1, 2, 3].map(
    (channel) =>
      (a[channel] ?? 0) * (1 - fx) * (1 - fy) +
      (b[channel] ?? 0) * fx * (1 - fy) +
      (c[channel] ?? 0) * (1 - fx) * fy +
      (d[channel] ?? 0) * fx * fy,
  ) as [number, number, number, number];
}
