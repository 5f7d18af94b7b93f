import { describe, expect, it } from 'vitest';
import * as geometry from './geometry.ts';

const canvas = { width: 800, height: 600 };
const size = { width: 2000, height: 1000 };

describe('fit', () => {
  it('enlarges an icon more than six times, so that its two halves can be told apart beside the handle', () => {
    expect(geometry.fitEnlargement({ width: 1, height: 1 })).toBe(320);
    expect(geometry.fitEnlargement({ width: 12, height: 16 })).toBe(20);
    expect(geometry.fitEnlargement({ width: 300, height: 20 })).toBe(6);
  });

  it('shows the whole picture, centred', () => {
    const view = geometry.fit(size, canvas, 6);
    expect(view).toEqual({ x: 1000, y: 500, zoom: 0.4 });
    expect(geometry.visible(view, size, canvas)).toEqual({ x: 0, y: 0, width: 2000, height: 1000 });
  });

  it('enlarges a small picture up to the limit only', () => {
    expect(geometry.fit({ width: 1, height: 1 }, canvas, 6).zoom).toBe(6);
    expect(geometry.fit({ width: 200, height: 100 }, canvas, 6).zoom).toBe(4);
  });
});

describe('zoomAt', () => {
  it('keeps the picture point under the pointer', () => {
    const before = { x: 700, y: 300, zoom: 0.5 };
    const after = geometry.zoomAt(before, 2, 620, 90, canvas);
    const pointUnder = (view: geometry.View) => [
      view.x + (620 - canvas.width / 2) / view.zoom,
      view.y + (90 - canvas.height / 2) / view.zoom,
    ];
    expect(pointUnder(after)).toEqual(pointUnder(before));
    expect(after.zoom).toBe(2);
  });
});

it('a picture is pannable when one of its sides is longer than the canvas, by more than rounding', () => {
  expect(geometry.isPannable(size, 0.4, canvas)).toBe(false);
  expect(geometry.isPannable(size, 0.4 + 1e-9, canvas)).toBe(false);
  expect(geometry.isPannable(size, 0.41, canvas)).toBe(true);
  expect(geometry.isPannable({ width: 10, height: 1000 }, 1, canvas)).toBe(true);
});

describe('constrain', () => {
  it('leaves no gap beside a picture larger than the canvas', () => {
    const view = geometry.constrain({ x: -50, y: 5000, zoom: 1 }, size, canvas, 0.4);
    expect(view).toEqual({ x: 400, y: 700, zoom: 1 });
  });

  it('centres a side that fits', () => {
    const view = geometry.constrain({ x: 10, y: 10, zoom: 0.5 }, size, canvas, 0.4);
    expect(view.y).toBe(500);
    expect(view.x).toBe(800);
  });

  it('keeps zoom between the fitting one and the largest', () => {
    expect(geometry.constrain({ x: 0, y: 0, zoom: 0.01 }, size, canvas, 0.4).zoom).toBe(0.4);
    expect(geometry.constrain({ x: 0, y: 0, zoom: 1000 }, size, canvas, 0.4).zoom).toBe(geometry.MAX_ZOOM);
  });
});

describe('rescale', () => {
  it('shows the same part at the same size when the result has more pixels', () => {
    const small = { width: 128, height: 85 };
    const large = { width: 320, height: 213 };
    const before = { x: 30, y: 40, zoom: 5 };
    const after = geometry.rescale(before, small, large);
    expect(after.zoom * large.width).toBeCloseTo(before.zoom * small.width, 9);
    expect(after.x / large.width).toBeCloseTo(before.x / small.width, 9);
    expect(after.y / large.height).toBeCloseTo(before.y / small.height, 9);
  });
});

describe('tiles', () => {
  it('cover the picture exactly, at every level', () => {
    for (const level of [0, 1, 2]) {
      const tiles = geometry.tilesOver({ x: 0, y: 0, ...size }, level, size);
      const area = tiles.reduce((sum, tile) => {
        const rect = geometry.tileRect(tile, size);
        expect(rect.width > 0 && rect.height > 0).toBe(true);
        return sum + rect.width * rect.height;
      }, 0);
      expect(area).toBe(size.width * size.height);
    }
  });

  it('start with the one in the middle', () => {
    const [first] = geometry.tilesOver({ x: 0, y: 0, ...size }, 0, size);
    expect(first).toMatchObject({ level: 0, row: 0 });
    expect([1, 2]).toContain(first?.column);
  });

  it('are only those in view', () => {
    expect(geometry.tilesOver({ x: 600, y: 10, width: 100, height: 100 }, 0, size)).toEqual([
      { level: 0, column: 1, row: 0 },
    ]);
    expect(geometry.tilesOver({ x: 600, y: 10, width: 0, height: 100 }, 0, size)).toEqual([]);
  });

  it('lie inside their parents', () => {
    const tile = { level: 0, column: 3, row: 1 };
    const inner = geometry.tileRect(tile, size);
    const outer = geometry.tileRect(geometry.parent(tile), size);
    expect(geometry.intersection(inner, outer)).toEqual(inner);
  });

  it('meet without a seam on whole canvas pixels', () => {
    const view = { x: 333.3, y: 777.7, zoom: 0.377 };
    const left = geometry.onCanvas(geometry.tileRect({ level: 0, column: 0, row: 0 }, size), view, canvas);
    const right = geometry.onCanvas(geometry.tileRect({ level: 0, column: 1, row: 0 }, size), view, canvas);
    expect(left.x + left.width).toBe(right.x);
  });
});

describe('levelFor', () => {
  it('takes the picture itself from about 100 % up and halves with the zoom', () => {
    expect(geometry.levelFor(3, size)).toBe(0);
    expect(geometry.levelFor(0.9, size)).toBe(0);
    expect(geometry.levelFor(0.5, size)).toBe(1);
    expect(geometry.levelFor(0.25, size)).toBe(2);
  });

  it('never asks for less than one whole tile', () => {
    expect(geometry.levelFor(0.001, size)).toBe(geometry.levelWithin(size, 512));
    expect(geometry.levelWithin(size, 512)).toBe(2);
  });
});
