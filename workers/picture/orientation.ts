import type { PixelStore } from './store.ts';

/**
 * EXIF orientation (EXIF 3.0, 4.6.5.1.6): where the stored row 0 and column 0 belong. Each value as its matrix: the shown
 * x and y as sums of the stored x and y, 1 or -1 each; a -1 counts from the far side.
 */
const SHOWN: Readonly<Record<number, readonly [xx: number, xy: number, yx: number, yy: number]>> = {
  1: [1, 0, 0, 1],
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, -1, 1, 0],
  7: [0, -1, -1, 0],
  8: [0, 1, -1, 0],
};

/** Orientations 5 to 8 exchange width and height. */
export const swapsSides = (orientation: number): boolean => orientation >= 5 && orientation <= 8;

/** The picture as it should be shown; the same store when there is nothing to turn. Exact: pixels only move. */
export function orient(store: PixelStore, orientation: number): PixelStore {
  const matrix = SHOWN[orientation];
  if (matrix === undefined || orientation === 1) return store;
  const [xx, xy, yx, yy] = matrix;
  const width = swapsSides(orientation) ? store.height : store.width;
  const height = swapsSides(orientation) ? store.width : store.height;
  // One pixel is one number of 32 or 64 bits, whatever its depth.
  const make = store.depth === 16 ? BigUint64Array : Uint32Array;
  const source = new make(store.data.buffer, store.data.byteOffset, store.width * store.height);
  const target = new make(width * height);
  const stepX = yx * width + xx;
  const stepY = yy * width + xy;
  const start = (xx + xy < 0 ? width - 1 : 0) + (yx + yy < 0 ? height - 1 : 0) * width;
  for (let y = 0, from = 0; y < store.height; y += 1) {
    let to = start + y * stepY;
    for (let x = 0; x < store.width; x += 1, from += 1, to += stepX) target[to] = source[from] as never;
  }
  const data = store.depth === 16 ? new Uint16Array(target.buffer) : new Uint8ClampedArray(target.buffer);
  return { ...store, width, height, data };
}
