import { describe, expect, it } from 'vitest';
import { orderTiles, paddedFrame, planTiles, splitTile, type Tile } from './tiles.ts';

/** Every pixel of the frame lies in exactly one core; every core has its halo, or the frame's edge, around it. */
function expectCover(tiles: readonly Tile[], width: number, height: number, halo: number): void {
  const owners = new Uint8Array(width * height);
  for (const { core, window } of tiles) {
    for (let y = core.y; y < core.y + core.height; y += 1) {
      for (let x = core.x; x < core.x + core.width; x += 1) owners[y * width + x] = (owners[y * width + x] ?? 0) + 1;
    }
    expect(window.x).toBeLessThanOrEqual(Math.max(0, core.x - halo));
    expect(window.y).toBeLessThanOrEqual(Math.max(0, core.y - halo));
    expect(window.x + window.width).toBeGreaterThanOrEqual(Math.min(width, core.x + core.width + halo));
    expect(window.y + window.height).toBeGreaterThanOrEqual(Math.min(height, core.y + core.height + halo));
    expect(window.x + window.width).toBeLessThanOrEqual(width);
    expect(window.y + window.height).toBeLessThanOrEqual(height);
  }
  expect(owners.every((count) => count === 1)).toBe(true);
}

describe('planTiles', () => {
  it.each([
    [1, 1, 64, 8, 1],
    [3, 5, 64, 8, 1],
    [17, 1000, 128, 36, 1],
    [300, 200, 128, 36, 1],
    [640, 480, 256, 64, 4],
    [1008, 752, 320, 96, 16],
    [129, 129, 128, 36, 1],
  ])('covers %i x %i with windows of %i, halo %i, multiple %i', (width, height, side, halo, multiple) => {
    const frame = paddedFrame({ width, height }, multiple);
    const tiles = planTiles(frame, side, halo, multiple);
    expectCover(tiles, frame.width, frame.height, halo);
    for (const { window } of tiles) {
      expect([window.x % multiple, window.y % multiple, window.width % multiple, window.height % multiple]).toEqual([
        0, 0, 0, 0,
      ]);
      expect(Math.max(window.width, window.height)).toBeLessThanOrEqual(side);
    }
    expect(new Set(tiles.map(({ window }) => `${window.width}x${window.height}`)).size).toBe(1);
  });

  it('takes the whole picture when it fits', () => {
    const whole = { x: 0, y: 0, width: 100, height: 60 };
    expect(planTiles({ width: 100, height: 60 }, 128, 36, 1)).toEqual([{ core: whole, window: whole }]);
  });

  it('refuses a window that is nothing but halo', () => {
    expect(() => planTiles({ width: 500, height: 500 }, 72, 36, 1)).toThrow(RangeError);
  });
});

describe('splitTile', () => {
  it('covers the same core with smaller windows', () => {
    const frame = { width: 640, height: 480 };
    const pieces = planTiles(frame, 384, 64, 4).flatMap((tile) => splitTile(tile, frame, 192, 64, 4));
    expectCover(pieces, frame.width, frame.height, 64);
    for (const { window } of pieces) expect(Math.max(window.width, window.height)).toBeLessThanOrEqual(192);
  });
});

describe('orderTiles', () => {
  const tiles = planTiles({ width: 1000, height: 1000 }, 200, 20, 1);

  it('puts what is on screen first and loses nothing', () => {
    const view = { x: 800, y: 800, width: 200, height: 200 };
    const ordered = orderTiles(tiles, view);
    expect(ordered).toHaveLength(tiles.length);
    expect(new Set(ordered)).toEqual(new Set(tiles));
    expect(ordered[0]?.core.x).toBeGreaterThan(700);
    expect(ordered[0]?.core.y).toBeGreaterThan(700);
  });

  it('keeps reading order without a view', () => {
    expect(orderTiles(tiles, null)).toEqual(tiles);
  });
});
