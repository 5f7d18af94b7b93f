import type { Planar } from '../../contract/inference-api.ts';
import type { Rect, Size } from '../../contract/picture.ts';

/** Smallest (or largest) value of the 3 x 3 cells around each cell of the first plane; edge cells have fewer. */
function around({ data, width, height }: Planar, pick: (a: number, b: number) => number): Float32Array {
  const wide = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const left = data[at - (x > 0 ? 1 : 0)] ?? 0;
      const right = data[at + (x < width - 1 ? 1 : 0)] ?? 0;
      wide[at] = pick(pick(left, right), data[at] ?? 0);
    }
  }
  return wide.map((value, at) => {
    const above = wide[at - (at >= width ? width : 0)] ?? 0;
    const below = wide[at + (at + width < wide.length ? width : 0)] ?? 0;
    return pick(pick(above, below), value);
  });
}

/**
 * Keeps enlarged alpha (one plane over `band`, 0..1, changed in place) between the smallest and largest alpha of the 3 x 3
 * input pixels around it. A network answers 0.98 or 0.01 here and there where the truth is 1 or 0, which shows as specks;
 * away from an edge the input knows better. `alpha` is the input's alpha over `window`.
 */
export function boundAlpha(
  mask: Float32Array,
  band: Rect,
  alpha: Planar,
  window: Rect,
  input: Size,
  output: Size,
): Float32Array {
  const low = around(alpha, Math.min);
  const high = around(alpha, Math.max);
  const cell = (pixel: number, inputSide: number, outputSide: number, start: number, side: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor(((pixel + 0.5) * inputSide) / outputSide) - start));
  const columns = Array.from({ length: band.width }, (_, x) =>
    cell(band.x + x, input.width, output.width, window.x, window.width),
  );
  for (let y = 0; y < band.height; y += 1) {
    const row = cell(band.y + y, input.height, output.height, window.y, window.height) * window.width;
    for (let x = 0; x < band.width; x += 1) {
      const from = row + (columns[x] ?? 0);
      const at = y * band.width + x;
      mask[at] = Math.min(high[from] ?? 1, Math.max(low[from] ?? 0, mask[at] ?? 0));
    }
  }
  return mask;
}
