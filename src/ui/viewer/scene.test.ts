import { describe, expect, it, vi } from 'vitest';
import type { Coverage } from '../../state/layers.ts';
import { fit } from './geometry.ts';
import { isComplete, sourcesOf, stampOf, wantedTiles, type Scene, type Side } from './scene.ts';

vi.mock('../../engine/index.ts', () => ({ engine: {} }));

const size = { width: 1024, height: 512 };
const scene: Scene = {
  picture: 'p',
  name: 'p.png',
  input: { width: 512, height: 256 },
  size,
  alpha: false,
  compared: true,
};
const covered = (...rects: [number, number, number, number][]): Coverage => ({
  run: 7,
  size,
  sequence: rects.length,
  parts: [],
  arrivals: rects.map(([x, y, width, height], index) => ({ rect: { x, y, width, height }, sequence: index + 1 })),
});
/** The whole picture at 100 %: two tiles side by side. */
const canvas = { width: 1024, height: 512 };
const ask = (coverage: Coverage | undefined, split: number, side: Side = 'after') =>
  wantedTiles(scene, sourcesOf(scene, coverage), coverage, fit(size, canvas, 8), canvas, split, side).map(
    ({ source, tile, stamp }) => `${source.layer} ${tile.level}/${tile.column} ${stamp}`,
  );

describe('isComplete', () => {
  it('is true for one arrival over everything only', () => {
    expect(isComplete(undefined)).toBe(false);
    expect(isComplete(covered())).toBe(false);
    expect(isComplete(covered([0, 0, 512, 512], [512, 0, 512, 512]))).toBe(false);
    expect(isComplete(covered([0, 0, 1024, 512]))).toBe(true);
  });
});

describe('stampOf', () => {
  it('is the latest arrival under the tile', () => {
    const coverage = covered([0, 0, 100, 100], [500, 0, 24, 24], [600, 0, 10, 10]);
    expect(stampOf({ level: 0, column: 0, row: 0 }, size, coverage)).toBe(2);
    expect(stampOf({ level: 0, column: 1, row: 0 }, size, coverage)).toBe(3);
    expect(stampOf({ level: 0, column: 1, row: 0 }, size, covered([0, 0, 100, 100]))).toBe(0);
    expect(stampOf({ level: 0, column: 1, row: 0 }, size, undefined)).toBe(0);
  });
});

describe('wantedTiles', () => {
  it('asks for the overview first', () => {
    expect(ask(undefined, 1024)[0]).toBe('before 1/0 0');
  });

  it('asks for the result where some of it has come, and for what shows through', () => {
    expect(ask(covered([0, 0, 100, 100]), 0)).toEqual(['before 1/0 0', 'before 0/0 0', 'after 0/0 1', 'before 0/1 0']);
  });

  it('asks for the hidden side of the divider last', () => {
    const whole = covered([0, 0, 1024, 512]);
    expect(ask(whole, 0).slice(1)).toEqual(['after 0/0 1', 'after 0/1 1', 'before 0/0 0', 'before 0/1 0']);
    expect(ask(whole, 1024).slice(1)).toEqual(['before 0/0 0', 'before 0/1 0', 'after 0/0 1', 'after 0/1 1']);
  });

  it('asks for the change map only when it is shown', () => {
    const whole = covered([0, 0, 1024, 512]);
    expect(ask(whole, 0).some((tile) => tile.startsWith('change'))).toBe(false);
    expect(ask(whole, 0, 'change').filter((tile) => tile.startsWith('change'))).toHaveLength(2);
  });

  it('never asks for a result before there is one', () => {
    const before = { ...scene, size: scene.input, compared: false };
    const tiles = wantedTiles(
      before,
      sourcesOf(before, undefined),
      undefined,
      fit(before.size, canvas, 8),
      canvas,
      512,
      'after',
    );
    expect(new Set(tiles.map(({ source }) => source.layer))).toEqual(new Set(['before']));
  });
});
