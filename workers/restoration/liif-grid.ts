import type { LiifAxis, LiifGrid } from '../../contract/inference-api.ts';
import type { Rect, Size } from '../../contract/picture.ts';
import type { Quality } from '../../contract/models.ts';

/** Keeps a shifted query inside the cell it came from, as the authors' code does (liif/models/liif.py). */
const EPSILON = 1e-6;

/**
 * Pixel or cell centre in [-1, 1], rounded where the authors' make_coord (utils.py) rounds: -1 + r + (2r) i, the constants in
 * float64, the sum and the product in float32.
 */
const singleCentre = (i: number, length: number): number =>
  Math.fround(Math.fround(-1 + 1 / length) + Math.fround(Math.fround(2 / length) * i));

/**
 * Offset of a pixel from a cell as the authors' float32 code has it. In the last row or column both candidates are the same
 * cell, and where a pixel's centre meets the cell's (odd factors) their areas are zero but for rounding: whether float32
 * leaves exactly zero (always at factor 1, for about a quarter of the sizes at odd factors) or a crumb then decides between an
 * even blend and the right one. To give the authors' picture there, the crumb has to be theirs, to the bit.
 */
function singleOffset(pixel: number, outputLength: number, cell: number, inputLength: number): number {
  const difference = Math.fround(singleCentre(pixel, outputLength) - singleCentre(cell, inputLength));
  return Math.fround(difference * inputLength);
}

/**
 * One axis of LIIF's queries: output pixels [start, end) of `outputLength` over `inputLength` cells, of which the window
 * holds those from `windowStart`. Coordinates are computed in float64 (LIIF, arXiv 2012.09161, section 3; utils.py
 * make_coord) and only the small differences are sent as float32.
 */
export function liifAxis(
  inputLength: number,
  outputLength: number,
  start: number,
  end: number,
  windowStart: number,
  quality: Quality,
): LiifAxis {
  const length = end - start;
  const shifts = quality === 'best' ? 2 : 1;
  const index = new Int32Array(shifts * length);
  const offset = new Float32Array(shifts * length);
  for (let shift = 0; shift < shifts; shift += 1) {
    const move = shifts === 1 ? 0 : (2 * shift - 1) / inputLength + EPSILON;
    for (let i = 0; i < length; i += 1) {
      const coordinate = (2 * (start + i) + 1) / outputLength - 1;
      const near = Math.min(1 - EPSILON, Math.max(-1 + EPSILON, coordinate + move));
      const cell = Math.min(inputLength - 1, Math.max(0, Math.floor(((near + 1) * inputLength) / 2)));
      index[shift * length + i] = cell - windowStart;
      offset[shift * length + i] = (coordinate - ((2 * cell + 1) / inputLength - 1)) * inputLength;
    }
  }
  const opposite = new Float32Array(shifts * length);
  for (let shift = 0; shift < shifts; shift += 1) {
    for (let i = 0; i < length; i += 1) {
      const own = shift * length + i;
      const other = (shifts - 1 - shift) * length + i;
      const cell = (index[own] ?? 0) + windowStart;
      const clamped = shifts === 2 && index[own] === index[other];
      opposite[own] = Math.abs(
        clamped ? singleOffset(start + i, outputLength, cell, inputLength) : (offset[other] ?? 0),
      );
    }
  }
  return { shifts, length, index, offset, opposite };
}

/** First output pixel whose centre lies at or after input position `cell` (cells are [cell, cell + 1)). */
export function firstOutput(cell: number, inputLength: number, outputLength: number): number {
  const exact = (cell * outputLength) / inputLength - 0.5;
  // A centre that falls on the border up to rounding belongs to the later cell, on both sides of the border alike.
  return Math.min(outputLength, Math.max(0, Math.ceil(exact - 1e-9)));
}

/** Output pixels that belong to a rectangle of input cells; neighbouring rectangles give neighbouring results. */
export function outputRect(core: Rect, input: Size, output: Size): Rect {
  const x = firstOutput(core.x, input.width, output.width);
  const y = firstOutput(core.y, input.height, output.height);
  return {
    x,
    y,
    width: firstOutput(core.x + core.width, input.width, output.width) - x,
    height: firstOutput(core.y + core.height, input.height, output.height) - y,
  };
}

/** The queries of the output rectangle `region` over an encoded window of the input. */
export function liifGrid(input: Size, output: Size, window: Rect, region: Rect, quality: Quality): LiifGrid {
  return {
    rows: liifAxis(input.height, output.height, region.y, region.y + region.height, window.y, quality),
    columns: liifAxis(input.width, output.width, region.x, region.x + region.width, window.x, quality),
    cell: [(2 * input.height) / output.height, (2 * input.width) / output.width],
  };
}
