import { describe, expect, it } from 'vitest';
import type { Planar } from '../../contract/inference-api.ts';
import { cutPlanar, padPlanar, pastePlanar } from './planar.ts';

/** Two planes of 3 x 2 whose samples tell plane, row and column. */
const picture = (): Planar => ({
  data: Float32Array.of(100, 101, 102, 110, 111, 112, 200, 201, 202, 210, 211, 212),
  channels: 2,
  width: 3,
  height: 2,
});

describe('cutPlanar', () => {
  it('cuts each plane', () => {
    const cut = cutPlanar(picture(), { x: 1, y: 1, width: 2, height: 1 });
    expect(cut).toEqual({ data: Float32Array.of(111, 112, 211, 212), channels: 2, width: 2, height: 1 });
  });

  it('repeats the last column and row past the edge', () => {
    const cut = cutPlanar(picture(), { x: 2, y: 1, width: 3, height: 2 });
    expect([...cut.data]).toEqual([112, 112, 112, 112, 112, 112, 212, 212, 212, 212, 212, 212]);
  });

  it('is a copy, but the picture itself where all of it is asked for', () => {
    const whole = picture();
    expect(cutPlanar(whole, { x: 0, y: 0, width: 3, height: 2 })).toBe(whole);
    const cut = cutPlanar(whole, { x: 0, y: 0, width: 3, height: 1 });
    cut.data.fill(0);
    expect(whole).toEqual(picture());
  });
});

describe('padPlanar', () => {
  it('grows right and bottom by repetition, the corner by the corner', () => {
    const padded = padPlanar(picture(), { width: 4, height: 4 });
    expect(padded).toMatchObject({ channels: 2, width: 4, height: 4 });
    expect([...padded.data.subarray(0, 16)]).toEqual([
      100, 101, 102, 102, 110, 111, 112, 112, 110, 111, 112, 112, 110, 111, 112, 112,
    ]);
    expect([...padded.data.subarray(28)]).toEqual([210, 211, 212, 212]);
  });
});

describe('pastePlanar', () => {
  it('writes a part into each plane and nothing beside it', () => {
    const whole = picture();
    pastePlanar(whole, { data: Float32Array.of(1, 2, 3, 4), channels: 2, width: 2, height: 1 }, 1, 1);
    expect([...whole.data]).toEqual([100, 101, 102, 110, 1, 2, 200, 201, 202, 210, 3, 4]);
  });

  it('undoes a cut', () => {
    const rect = { x: 1, y: 0, width: 2, height: 2 };
    const whole = picture();
    const cut = cutPlanar(whole, rect);
    whole.data.fill(0);
    pastePlanar(whole, cut, rect.x, rect.y);
    expect([...whole.data]).toEqual([0, 101, 102, 0, 111, 112, 0, 201, 202, 0, 211, 212]);
  });
});
