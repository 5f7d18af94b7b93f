import type { Planar } from '../../../contract/inference-api.ts';
import type { Rect, Size } from '../../../contract/picture.ts';
import { cubicAxis, resampleColumns, resampleRows } from '../kernel.ts';
import { resizeRegionFloat } from '../resample.ts';
import { createStore, maxValue, type PixelStore } from '../store.ts';

/**
 * Bicubic resize of float planes, as Pillow's `Image.resize(size, BICUBIC)` does it in float mode, with the worker's own kernel: rows
 * first, then columns. Values are neither clamped nor rounded. For tests.
 */
export function resizePlanar(source: Planar, width: number, height: number): Planar {
  const columns = cubicAxis(source.width, source.width / width, 0, width);
  const rows = cubicAxis(source.height, source.height / height, 0, height);
  const data = new Float32Array(source.channels * width * height);
  const plane = source.width * source.height;
  for (let c = 0; c < source.channels; c += 1) {
    const values = source.data.subarray(c * plane, (c + 1) * plane);
    const wide = resampleRows(values, source.width, source.height, 1, columns, 0);
    data.set(resampleColumns(wide, width, rows, 0), c * width * height);
  }
  return { data, channels: source.channels, width, height };
}

/**
 * One region of the picture resized to `output`, as pixels of the store's own depth, straight alpha. Colour under zero alpha
 * becomes black.
 */
export function resizeRegion(store: PixelStore, output: Size, region: Rect): PixelStore {
  const result = createStore(region.width, region.height, store.depth, store.colorSpace);
  const top = maxValue(store);
  const { data } = resizeRegionFloat(store, output, region);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = clamp01(data[at + 3] ?? 0);
    if (alpha * top < 0.5) continue;
    for (let c = 0; c < 3; c += 1) result.data[at + c] = Math.round(clamp01((data[at + c] ?? 0) / alpha) * top);
    result.data[at + 3] = Math.round(alpha * top);
  }
  return result;
}

const clamp01 = (value: number): number => (value <= 0 ? 0 : value >= 1 ? 1 : value);
