import { describe, expect, it } from 'vitest';
import { firstOutput, liifAxis, outputRect } from './liif-grid.ts';

describe('liifAxis', () => {
  it('answers at scale 1 from the cell itself', () => {
    const axis = liifAxis(5, 5, 0, 5, 0, 'fast');
    expect([...axis.index]).toEqual([0, 1, 2, 3, 4]);
    for (const offset of axis.offset) expect(offset).toBeCloseTo(0, 6);
  });

  it('blends the two cells around a pixel, nearer cell heavier', () => {
    // 4 cells to 8 pixels: pixel 3 lies a quarter cell left of the border between cells 1 and 2.
    const axis = liifAxis(4, 8, 3, 4, 0, 'best');
    expect([...axis.index]).toEqual([1, 2]);
    expect(axis.offset[0]).toBeCloseTo(0.5, 5);
    expect(axis.offset[1]).toBeCloseTo(-1.5, 5);
    // Each candidate is weighted by the other one's distance (Eq. 4).
    expect(axis.opposite[0]).toBeCloseTo(1.5, 5);
    expect(axis.opposite[1]).toBeCloseTo(0.5, 5);
  });

  it('stays inside the picture at its edges', () => {
    for (const [input, output] of [
      [1, 1],
      [1, 8],
      [3, 7],
      [7, 19],
      [100, 250],
    ] as const) {
      for (const quality of ['best', 'fast'] as const) {
        const axis = liifAxis(input, output, 0, output, 0, quality);
        expect(Math.min(...axis.index)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...axis.index)).toBeLessThan(input);
      }
    }
  });

  it.each([
    [1, 1],
    [1, 8],
    [3, 7],
    [5, 5],
    [7, 19],
    [6, 15],
    [100, 250],
  ])('measures each pixel of %i cells to %i from the cell it names, in half cells', (input, output) => {
    for (const quality of ['best', 'fast'] as const) {
      const { shifts, length, index, offset } = liifAxis(input, output, 0, output, 0, quality);
      expect([shifts, length, index.length, offset.length]).toEqual(
        quality === 'best' ? [2, output, 2 * output, 2 * output] : [1, output, output, output],
      );
      for (const [at, cell] of index.entries()) {
        const pixel = at % output;
        const from = ((2 * pixel + 1) / output - (2 * cell + 1) / input) * input;
        expect(offset[at]).toBeCloseTo(from, 5);
        // The nearest cell is at most half of one away; the four of the ensemble at most a whole one.
        expect(Math.abs(from)).toBeLessThanOrEqual((quality === 'fast' ? 1 : 2) + 1e-4);
      }
    }
  });

  it('fast takes the cell that a pixel lies in', () => {
    const axis = liifAxis(3, 7, 0, 7, 0, 'fast');
    // Pixel centres in cells: 0.21, 0.64, 1.07, 1.5, 1.93, 2.36, 2.79.
    expect([...axis.index]).toEqual([0, 0, 1, 1, 1, 2, 2]);
    expect(axis.offset[0]).toBeCloseTo(-4 / 7, 5);
    expect(axis.offset[6]).toBeCloseTo(4 / 7, 5);
  });

  // Computed with PyTorch from the authors' make_coord: (coord - q_coord) * size at the centre of the last cell, in 2^-24.
  it.each([
    [5, 3, 10],
    [6, 3, 6],
    [13, 7, 26],
    [97, 3, 291],
    [100, 5, 200],
    [8, 5, 0],
    [12, 7, 0],
    [6, 1, 0],
  ])(
    "leaves the authors' crumb where both shifts meet the centre of the last of %i cells at factor %i",
    (cells, factor, crumb) => {
      const output = cells * factor;
      const { index, opposite } = liifAxis(cells, output, 0, output, 0, 'best');
      const last = output - (factor + 1) / 2;
      expect([index[last], index[output + last]]).toEqual([cells - 1, cells - 1]);
      expect([opposite[last], opposite[output + last]]).toEqual([crumb / 2 ** 24, crumb / 2 ** 24]);
    },
  );

  it('is the same for a part as for the whole', () => {
    const whole = liifAxis(40, 93, 0, 93, 0, 'best');
    const part = liifAxis(40, 93, 30, 60, 10, 'best');
    for (let shift = 0; shift < 2; shift += 1) {
      for (let i = 0; i < 30; i += 1) {
        expect((part.index[shift * 30 + i] ?? NaN) + 10).toBe(whole.index[shift * 93 + 30 + i]);
        expect(part.offset[shift * 30 + i]).toBe(whole.offset[shift * 93 + 30 + i]);
        expect(part.opposite[shift * 30 + i]).toBe(whole.opposite[shift * 93 + 30 + i]);
      }
    }
  });
});

describe('outputRect', () => {
  it.each([1, 1.1, 2, 2.5, 3.3, 8])('gives every output pixel to one tile at scale %f', (scale) => {
    const input = { width: 97, height: 1 };
    const output = { width: Math.round(97 * scale), height: 1 };
    const owners = new Uint8Array(output.width);
    for (let x = 0; x < 97; x += 13) {
      const rect = outputRect({ x, y: 0, width: Math.min(13, 97 - x), height: 1 }, input, output);
      for (let i = rect.x; i < rect.x + rect.width; i += 1) owners[i] = (owners[i] ?? 0) + 1;
    }
    expect(owners.every((count) => count === 1)).toBe(true);
    expect(firstOutput(0, 97, output.width)).toBe(0);
    expect(firstOutput(97, 97, output.width)).toBe(output.width);
  });
});
