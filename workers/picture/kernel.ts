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
  channels: 1 | 4,
  axis: AxisWeights,
  offset: number,
): Float32Array {
  const output = new Float32Array(rows * axis.length * channels);
  for (let y = 0; y < rows; y += 1) {
    const row = source.subarray(y * sourceWidth * channels, (y + 1) * sourceWidth * channels);
    const target = output.subarray(y * axis.length * channels, (y + 1) * axis.length * channels);
    if (channels === 4) resampleRowRgba(row, axis, offset, target);
    else resampleRow(row, axis, offset, target);
  }
  return output;
}

function resampleRow(row: Float32Array, axis: AxisWeights, offset: number, target: Float32Array): void {
  const { first, count, weights, taps, length } = axis;
  for (let i = 0; i < length; i += 1) {
    const low = (first[i] ?? 0) - offset;
    const used = count[i] ?? 0;
    let sum = 0;
    for (let k = 0; k < used; k += 1) sum += (row[low + k] ?? 0) * (weights[i * taps + k] ?? 0);
    target[i] = sum;
  }
}

/** Four sums side by side: twice as fast as a loop over channels. */
function resampleRowRgba(row: Float32Array, axis: AxisWeights, offset: number, target: Float32Array): void {
  const { first, count, weights, taps, length } = axis;
  for (let i = 0; i < length; i += 1) {
    const used = count[i] ?? 0;
    let from = ((first[i] ?? 0) - offset) * 4;
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let k = 0; k < used; k += 1, from += 4) {
      const weight = weights[i * taps + k] ?? 0;
      red += (row[from] ?? 0) * weight;
      green += (row[from + 1] ?? 0) * weight;
      blue += (row[from + 2] ?? 0) * weight;
      alpha += (row[from + 3] ?? 0) * weight;
    }
    const to = i * 4;
    target[to] = red;
    target[to + 1] = green;
    target[to + 2] = blue;
    target[to + 3] = alpha;
  }
}

/** Resamples columns (vertical pass); a row is `stride` samples; `offset` is the picture's y of the first row. */
export function resampleColumns(source: Float32Array, stride: number, axis: AxisWeights, offset: number): Float32Array {
  const output = new Float32Array(axis.length * stride);
  for (let i = 0; i < axis.length; i += 1) {
    const used = axis.count[i] ?? 0;
    const weights = axis.weights.subarray(i * axis.taps, i * axis.taps + used);
    const from = ((axis.first[i] ?? 0) - offset) * stride;
    const to = i * stride;
    if (used === 4) {
      // every inner row of an enlargement: unrolled, twice as fast
      const [a = 0, b = 0, c = 0, d = 0] = weights;
      for (let x = 0, at = from; x < stride; x += 1, at += 1) {
        output[to + x] =
          (source[at] ?? 0) * a +
          (source[at + stride] ?? 0) * b +
          (source[at + 2 * stride] ?? 0) * c +
          (source[at + 3 * stride] ?? 0) * d;
      }
      continue;
    }
    for (let x = 0; x < stride; x += 1) {
      let sum = 0;
      for (let k = 0, at = from + x; k < used; k += 1, at += stride) sum += (source[at] ?? 0) * (weights[k] ?? 0);
      output[to + x] = sum;
    }
  }
  return output;
}
