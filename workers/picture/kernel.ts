/**
 * Filter weights of one axis, as Pillow computes them (libImaging/Resample.c, precompute_coeffs): Keys' cubic with
 * a = -0.5, half-pixel centres, support widened by the factor when shrinking (which is its antialiasing), and weights that
 * reach over the edge cut off and renormalised.
 */
export interface AxisWeights {
  /** Output samples. */
  readonly length: number;
  /** Widest support; row `i` of `weights` starts at `i * taps`. */
  readonly taps: number;
  /** First source sample of each output sample. */
  readonly first: Int32Array;
  /** Source samples used by each output sample. */
  readonly count: Int32Array;
  readonly weights: Float64Array;
}

const SUPPORT = 2;
const A = -0.5;

/** Keys, "Cubic convolution interpolation for digital image processing" (1981), with a = -0.5. */
export function cubic(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return ((A + 2) * t - (A + 3)) * t * t + 1;
  if (t < 2) return (((t - 5) * t + 8) * t - 4) * A;
  return 0;
}

/**
 * Weights for output samples `start` to `start + length`, each `step` source samples wide. Resizing a whole side of `n`
 * samples to `m` has `step = n / m`; display levels use the same step times a power of two.
 */
export function cubicAxis(sourceLength: number, step: number, start: number, length: number): AxisWeights {
  if (sourceLength < 1 || !(step > 0) || !Number.isFinite(step)) {
    throw new RangeError(`Cannot resample ${String(sourceLength)} samples in steps of ${String(step)}.`);
  }
  const stretch = Math.max(step, 1);
  const support = SUPPORT * stretch;
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Float64Array(length * taps);
  for (let i = 0; i < length; i += 1) {
    const centre = (start + i + 0.5) * step;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const high = Math.min(sourceLength, Math.trunc(centre + support + 0.5));
    const used = high - low;
    let sum = 0;
    for (let k = 0; k < used; k += 1) {
      const weight = cubic((k + low - centre + 0.5) / stretch);
      weights[i * taps + k] = weight;
      sum += weight;
    }
    if (sum !== 0) for (let k = 0; k < used; k += 1) weights[i * taps + k] = (weights[i * taps + k] ?? 0) / sum;
    first[i] = low;
    count[i] = used;
  }
  return { length, taps, first, count, weights };
}

/** The source samples that an axis reads: from `start`, `length` of them. */
export function sourceSpan(axis: AxisWeights): { start: number; length: number } {
  const last = axis.length - 1;
  const start = axis.first[0] ?? 0;
  return { start, length: (axis.first[last] ?? 0) + (axis.count[last] ?? 0) - start };
}

/**
 * Resamples rows (horizontal pass): `source` holds `rows` rows of `sourceWidth` pixels with `channels` interleaved samples;
 * `offset` is the picture's x of the first one. Sums in double precision, stores float32, as Pillow's float mode does.
 */
export function resampleRows(
  source: Float32Array,
  sourceWidth: number,
  rows: number,
  channels: number,
  axis: AxisWeights,
  offset: number,
): Float32Array {
  const output = new Float32Array(rows * axis.length * channels);
  for (let i = 0; i < axis.length; i += 1) {
    const low = (axis.first[i] ?? 0) - offset;
    const used = axis.count[i] ?? 0;
    const at = i * axis.taps;
    for (let y = 0; y < rows; y += 1) {
      const row = (y * sourceWidth + low) * channels;
      const to = (y * axis.length + i) * channels;
      for (let c = 0; c < channels; c += 1) {
        let sum = 0;
        for (let k = 0; k < used; k += 1) sum += (source[row + k * channels + c] ?? 0) * (axis.weights[at + k] ?? 0);
        output[to + c] = sum;
      }
    }
  }
  return output;
}

/** Resamples columns (vertical pass); a row is `stride` samples; `offset` is the picture's y of the first row. */
export function resampleColumns(source: Float32Array, stride: number, axis: AxisWeights, offset: number): Float32Array {
  const output = new Float32Array(axis.length * stride);
  const sums = new Float64Array(stride);
  for (let i = 0; i < axis.length; i += 1) {
    const low = (axis.first[i] ?? 0) - offset;
    const used = axis.count[i] ?? 0;
    sums.fill(0);
    for (let k = 0; k < used; k += 1) {
      const weight = axis.weights[i * axis.taps + k] ?? 0;
      const row = (low + k) * stride;
      for (let x = 0; x < stride; x += 1) sums[x] = (sums[x] ?? 0) + (source[row + x] ?? 0) * weight;
    }
    output.set(sums, i * stride);
  }
  return output;
}
