import type { Planar } from '../../contract/inference-api.ts';
import type { Rect, Size } from '../../contract/picture.ts';
import { cubicAxis, resampleColumns, resampleRows, sourceSpan } from './kernel.ts';
import { maxValue, type PixelStore } from './store.ts';

/** Part of a resized picture: interleaved RGBA, premultiplied, 0..1 (the cubic filter may overshoot a little). */
export interface FloatRegion {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** One region of the picture resized to `output`, and nothing more: a display tile or a band of rows. */
export function resizeRegionFloat(store: PixelStore, output: Size, region: Rect): FloatRegion {
  checkSize(output);
  return resampleRegion(store, { x: store.width / output.width, y: store.height / output.height }, region);
}

/** Source pixels that a region of a resampled picture reads. */
export function sourceRegion(size: Size, step: { x: number; y: number }, region: Rect): Rect {
  const across = sourceSpan(cubicAxis(size.width, step.x, region.x, region.width));
  const down = sourceSpan(cubicAxis(size.height, step.y, region.y, region.height));
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

/** A region of the grid whose pixels are `step` source pixels wide and high (resizing has step = from / to). */
export function resampleRegion(store: PixelStore, step: { x: number; y: number }, region: Rect): FloatRegion {
  checkSize(region);
  const columns = cubicAxis(store.width, step.x, region.x, region.width);
  const rows = cubicAxis(store.height, step.y, region.y, region.height);
  const window = sourceRegion(store, step, region);
  const source = readPremultiplied(store, window);
  const wide = resampleRows(source, window.width, window.height, 4, columns, window.x);
  const data = resampleColumns(wide, region.width * 4, rows, window.y);
  return { data, width: region.width, height: region.height };
}

/** RGBA of a window inside the picture, 0..1, colour multiplied by alpha so that hidden colour cannot bleed. */
export function readPremultiplied(store: PixelStore, window: Rect): Float32Array {
  const output = new Float32Array(window.width * window.height * 4);
  const scale = 1 / maxValue(store);
  for (let y = 0; y < window.height; y += 1) {
    let from = ((window.y + y) * store.width + window.x) * 4;
    let to = y * window.width * 4;
    for (let x = 0; x < window.width; x += 1) {
      const alpha = (store.data[from + 3] ?? 0) * scale;
      const gain = alpha * scale;
      output[to] = (store.data[from] ?? 0) * gain;
      output[to + 1] = (store.data[from + 1] ?? 0) * gain;
      output[to + 2] = (store.data[from + 2] ?? 0) * gain;
      output[to + 3] = alpha;
      from += 4;
      to += 4;
    }
  }
  return output;
}

/**
 * MSSNet's half-size input: torch's `F.interpolate(x, scale_factor=0.5, mode='bilinear', align_corners=True)`, float32
 * positions included. Output is floor(height / 2) x floor(width / 2). It depends on the whole frame, so it is computed once
 * for the picture and never per tile. Throws RangeError for a side below 2.
 */
export function halfSizeAlignCorners(source: Planar): Planar {
  const width = Math.floor(source.width / 2);
  const height = Math.floor(source.height / 2);
  checkSize({ width, height });
  const columns = alignedCorners(source.width, width);
  const rows = alignedCorners(source.height, height);
  const data = new Float32Array(source.channels * width * height);
  for (let c = 0; c < source.channels; c += 1) {
    const plane = c * source.width * source.height;
    for (let y = 0; y < height; y += 1) {
      const upper = plane + (rows.low[y] ?? 0) * source.width;
      const lower = plane + (rows.high[y] ?? 0) * source.width;
      const v = rows.share[y] ?? 0;
      const to = (c * height + y) * width;
      for (let x = 0; x < width; x += 1) {
        const left = columns.low[x] ?? 0;
        const right = columns.high[x] ?? 0;
        const u = columns.share[x] ?? 0;
        const above = (1 - u) * (source.data[upper + left] ?? 0) + u * (source.data[upper + right] ?? 0);
        const below = (1 - u) * (source.data[lower + left] ?? 0) + u * (source.data[lower + right] ?? 0);
        data[to + x] = (1 - v) * above + v * below;
      }
    }
  }
  return { data, channels: source.channels, width, height };
}

function alignedCorners(from: number, to: number): { low: Int32Array; high: Int32Array; share: Float32Array } {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const share = new Float32Array(to);
  // torch keeps the step in float32; a float64 step would move far columns of a wide photo by 1e-4 of a pixel
  const step = to > 1 ? Math.fround(Math.fround(from - 1) / Math.fround(to - 1)) : 0;
  for (let i = 0; i < to; i += 1) {
    const position = Math.fround(step * i);
    const cell = Math.min(Math.floor(position), from - 1);
    low[i] = cell;
    high[i] = Math.min(cell + 1, from - 1);
    share[i] = Math.min(Math.max(position - cell, 0), 1);
  }
  return { low, high, share };
}

function checkSize(size: Size): void {
  if (size.width >= 1 && size.height >= 1 && Number.isInteger(size.width) && Number.isInteger(size.height)) return;
  throw new RangeError(`A picture cannot be ${String(size.width)} x ${String(size.height)} pixels.`);
}
