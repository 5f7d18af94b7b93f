import type { Rgb } from './pillow.ts';

/** One channel of doubles, 0..255. */
export interface Plane {
  readonly data: Float64Array;
  readonly width: number;
  readonly height: number;
}

/**
 * ITU-R BT.601 luma as the super-resolution field computes it (MATLAB's rgb2ycbcr, not rounded): 16..235 for RGB 0..255.
 */
export function luma({ data, width, height }: Rgb): Plane {
  const output = new Float64Array(width * height);
  for (let i = 0; i < output.length; i += 1) {
    const at = i * 3;
    output[i] = 16 + (65.738 * (data[at] ?? 0) + 129.057 * (data[at + 1] ?? 0) + 25.064 * (data[at + 2] ?? 0)) / 256;
  }
  return { data: output, width, height };
}

export function channels({ data, width, height }: Rgb): readonly Plane[] {
  return [0, 1, 2].map((c) => ({
    data: Float64Array.from({ length: width * height }, (_, i) => data[i * 3 + c] ?? 0),
    width,
    height,
  }));
}

/** The plane without `border` pixels on each side. Throws RangeError when nothing is left. */
export function shave(plane: Plane, border: number): Plane {
  const width = plane.width - 2 * border;
  const height = plane.height - 2 * border;
  if (width < 1 || height < 1) throw new RangeError('The picture is smaller than the border to be removed.');
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const from = (y + border) * plane.width + border;
    data.set(plane.data.subarray(from, from + width), y * width);
  }
  return { data, width, height };
}

/** PSNR in dB for a peak of 255 over all given planes together; Infinity when equal. */
export function psnr(a: readonly Plane[], b: readonly Plane[]): number {
  let squares = 0;
  let count = 0;
  a.forEach((plane, index) => {
    const other = sameSize(plane, b[index]);
    plane.data.forEach((value, i) => {
      squares += (value - (other.data[i] ?? 0)) ** 2;
    });
    count += plane.data.length;
  });
  return squares === 0 ? Infinity : 10 * Math.log10((255 * 255 * count) / squares);
}

const WINDOW = 11;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

const GAUSSIAN = ((): Float64Array => {
  const values = Float64Array.from({ length: WINDOW }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * SIGMA * SIGMA)));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
})();

/**
 * Mean SSIM of one channel, 0..255 (Wang et al., "Image quality assessment: from error visibility to structural
 * similarity", 2004): 11x11 Gaussian window with sigma 1.5, K1 = 0.01, K2 = 0.03, only where the window fits.
 * Throws RangeError for a side below 11.
 */
export function ssim(a: Plane, b: Plane): number {
  sameSize(a, b);
  if (a.width < WINDOW || a.height < WINDOW) throw new RangeError('SSIM needs at least 11 x 11 pixels.');
  const product = (x: Plane, y: Plane): Plane => ({ ...x, data: x.data.map((value, i) => value * (y.data[i] ?? 0)) });
  const [meanA, meanB] = [blur(a), blur(b)];
  const [aa, bb, ab] = [blur(product(a, a)), blur(product(b, b)), blur(product(a, b))];
  let sum = 0;
  for (let i = 0; i < meanA.length; i += 1) {
    const [ma, mb] = [meanA[i] ?? 0, meanB[i] ?? 0];
    const varianceA = (aa[i] ?? 0) - ma * ma;
    const varianceB = (bb[i] ?? 0) - mb * mb;
    const covariance = (ab[i] ?? 0) - ma * mb;
    sum += ((2 * ma * mb + C1) * (2 * covariance + C2)) / ((ma * ma + mb * mb + C1) * (varianceA + varianceB + C2));
  }
  return sum / meanA.length;
}

/** Mean SSIM of several channels. */
export const meanSsim = (a: readonly Plane[], b: readonly Plane[]): number =>
  a.reduce((sum, plane, i) => sum + ssim(plane, sameSize(plane, b[i])), 0) / a.length;

/** Gaussian window sums where the window fits. */
function blur({ data, width, height }: Plane): Float64Array {
  const across = width - WINDOW + 1;
  const down = height - WINDOW + 1;
  const rows = new Float64Array(across * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < across; x += 1) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k += 1) sum += (data[y * width + x + k] ?? 0) * (GAUSSIAN[k] ?? 0);
      rows[y * across + x] = sum;
    }
  }
  const output = new Float64Array(across * down);
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k += 1) sum += (rows[(y + k) * across + x] ?? 0) * (GAUSSIAN[k] ?? 0);
      output[y * across + x] = sum;
    }
  }
  return output;
}

function sameSize(a: Plane, b: Plane | undefined): Plane {
  if (!b || a.width !== b.width || a.height !== b.height)
    throw new RangeError('Pictures of different sizes cannot be compared.');
  return b;
}
