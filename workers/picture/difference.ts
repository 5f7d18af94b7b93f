import { CHANGE_THRESHOLD } from '../../contract/change-map.ts';
import type { Rect } from '../../contract/picture.ts';
import { readPremultiplied, resizeRegionFloat } from './resample.ts';
import { maxValue, type PixelStore } from './store.ts';

/** What a result is compared with: the input itself, or its bicubic enlargement when the size has changed. */
export const referenceKind = (input: PixelStore, output: PixelStore): 'input' | 'bicubic' =>
  input.width === output.width && input.height === output.height ? 'input' : 'bicubic';

/**
 * A region of the reference as RGBA, premultiplied, 0..1. The enlargement is clamped and rounded to the picture's own
 * levels: it stands for the picture that a plain resize would have given.
 */
export function readReference(input: PixelStore, output: PixelStore, region: Rect): Float32Array {
  if (referenceKind(input, output) === 'input') return readPremultiplied(input, region);
  const { data } = resizeRegionFloat(input, output, region);
  const top = maxValue(output);
  for (let i = 0; i < data.length; i += 1) {
    data[i] = Math.round(Math.min(1, Math.max(0, data[i] ?? 0)) * top) / top;
  }
  return data;
}

/** Whether a difference counts as one, in the measurement and in the view; two levels in float32 may be a hair more than two. */
export const isChanged = (change: number): boolean => change > CHANGE_THRESHOLD + 1e-6;

/**
 * Largest difference of any colour channel, 0..1, per pixel of a region. Colours are compared as they are seen
 * (multiplied by alpha). NaN where the result is fully transparent: nothing is shown there, or nothing was written yet.
 */
export function changeOf(input: PixelStore, output: PixelStore, region: Rect): Float32Array {
  const before = readReference(input, output, region);
  const after = readPremultiplied(output, region);
  const change = new Float32Array(region.width * region.height);
  for (let i = 0; i < change.length; i += 1) {
    const at = i * 4;
    if (after[at + 3] === 0) {
      change[i] = Number.NaN;
      continue;
    }
    const red = Math.abs((after[at] ?? 0) - (before[at] ?? 0));
    const green = Math.abs((after[at + 1] ?? 0) - (before[at + 1] ?? 0));
    const blue = Math.abs((after[at + 2] ?? 0) - (before[at + 2] ?? 0));
    change[i] = Math.max(red, green, blue);
  }
  return change;
}
