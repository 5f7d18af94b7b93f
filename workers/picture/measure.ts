import type { RunMeasure } from '../../contract/run.ts';
import { changeOf, isChanged, referenceKind } from './difference.ts';
import { createPace } from './pace.ts';
import { readPremultiplied, resizeRegionFloat } from './resample.ts';
import type { PixelStore } from './store.ts';

/** Pixels of a band: large enough to waste little on overlapping filter rows, small enough to answer a cancel soon. */
const BAND_PIXELS = 1 << 18;

/** Mean squared errors below this are rounding of float32 sums, not a difference. */
const EQUAL = 1e-12;

/**
 * What can be said of a result without knowing the truth. Works in bands of rows, so 64 megapixels need no second copy, and
 * lets the event loop in every 30 ms. Throws the signal's reason when aborted.
 */
export async function measureRun(input: PixelStore, output: PixelStore, signal?: AbortSignal): Promise<RunMeasure> {
  const pace = createPace(signal);
  const reference = referenceKind(input, output);
  const backProjectionDb = reference === 'input' ? null : await backProjection(input, output, pace);
  let sum = 0;
  let largest = 0;
  let changed = 0;
  let pixels = 0;
  for (const band of bands(output)) {
    for (const change of changeOf(input, output, band)) {
      if (Number.isNaN(change)) continue;
      pixels += 1;
      sum += change;
      if (isChanged(change)) changed += 1;
      if (change > largest) largest = change;
    }
    await pace();
  }
  const count = Math.max(1, pixels);
  return { backProjectionDb, changedShare: changed / count, meanChange: sum / count, maxChange: largest, reference };
}

/**
 * PSNR over RGB (0..1) between the input and the result shrunk back to its size, over pixels that are not fully
 * transparent; colours count as they are seen, multiplied by alpha. Infinity when equal.
 */
async function backProjection(input: PixelStore, output: PixelStore, pace: () => Promise<void>): Promise<number> {
  let squares = 0;
  let samples = 0;
  for (const band of bands(input, (output.width * output.height) / (input.width * input.height))) {
    const original = readPremultiplied(input, band);
    const { data } = resizeRegionFloat(output, input, band);
    for (let at = 0; at < original.length; at += 4) {
      if (original[at + 3] === 0) continue;
      for (let c = 0; c < 3; c += 1) {
        const shrunk = Math.min(1, Math.max(0, data[at + c] ?? 0));
        squares += (shrunk - (original[at + c] ?? 0)) ** 2;
      }
      samples += 3;
    }
    await pace();
  }
  const error = samples === 0 ? 0 : squares / samples;
  return error < EQUAL ? Infinity : -10 * Math.log10(error);
}

/** Bands of whole rows; `weight` is the work per pixel, so that heavier pixels make thinner bands. */
function* bands(store: PixelStore, weight = 1): Generator<{ x: number; y: number; width: number; height: number }> {
  const rows = Math.max(1, Math.floor(BAND_PIXELS / (store.width * weight)));
  for (let y = 0; y < store.height; y += rows) {
    yield { x: 0, y, width: store.width, height: Math.min(rows, store.height - y) };
  }
}
