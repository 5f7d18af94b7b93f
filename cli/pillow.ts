import { cubicAxis, type AxisWeights } from '../workers/picture/kernel.ts';

/** 8-bit RGB pixels, interleaved, in node. */
export interface Rgb {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pillow's fixed-point weights for 8-bit pictures: 32 bits less 8 for the value and 2 for overshoot. */
const PRECISION = 2 ** 22;

/**
 * Pillow's `Image.resize((width, height), BICUBIC)` of an 8-bit RGB picture, to the last bit: fixed-point weights, rows
 * first, rounded and clipped to 8 bits between the passes. That is how the field makes its small test pictures.
 */
export function resizeLikePillow(source: Rgb, width: number, height: number): Rgb {
  const wide = width === source.width ? source : pass(source, width, 'rows');
  return height === source.height ? wide : pass(wide, height, 'columns');
}

function pass(source: Rgb, length: number, direction: 'rows' | 'columns'): Rgb {
  const rows = direction === 'rows';
  const from = rows ? source.width : source.height;
  const axis = cubicAxis(from, from / length, 0, length);
  const fixed = fixedPoint(axis);
  const width = rows ? length : source.width;
  const height = rows ? source.height : length;
  const step = (rows ? 1 : source.width) * 3;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = rows ? x : y;
      const low = axis.first[i] ?? 0;
      const start = (rows ? y * source.width + low : low * source.width + x) * 3;
      for (let c = 0; c < 3; c += 1) {
        let sum = PRECISION / 2;
        for (let k = 0; k < (axis.count[i] ?? 0); k += 1) {
          sum += (source.data[start + k * step + c] ?? 0) * (fixed[i * axis.taps + k] ?? 0);
        }
        data[(y * width + x) * 3 + c] = Math.min(255, Math.max(0, Math.floor(sum / PRECISION)));
      }
    }
  }
  return { data, width, height };
}

function fixedPoint({ weights }: AxisWeights): Float64Array {
  return weights.map((weight) => Math.trunc(weight * PRECISION + (weight < 0 ? -0.5 : 0.5)));
}
