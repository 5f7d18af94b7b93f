/**
 * IEEE 754 binary16 and bfloat16. One conversion, used by the importer and checked against every half value in
 * half.test.ts; Float16Array is not in every supported browser yet.
 */

/** Largest finite binary16 value; from 65520 on, rounding to nearest gives infinity. */
export const FLOAT16_MAX = 65504;

/** Bits of a float32 to bits of the nearest binary16, ties to even, subnormals kept, NaN stays NaN. */
export function float16Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200 | (fraction >>> 13));
  const rebased = exponent - 127 + 15;
  if (rebased >= 31) return sign | 0x7c00;
  if (rebased > 0) return sign | roundShift((rebased << 23) | fraction, 13);
  // Below 2^-25 everything is nearer to zero than to the smallest subnormal; 2^-25 itself ties to zero, the even one.
  if (rebased < -10) return sign;
  return sign | roundShift(fraction | 0x800000, 14 - rebased);
}

/** value / 2^shift, to nearest, ties to even; a carry runs into the exponent, which is what rounding up means there. */
function roundShift(value: number, shift: number): number {
  const quotient = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return rest > middle || (rest === middle && (quotient & 1) === 1) ? quotient + 1 : quotient;
}

/** Bits of a binary16 to the float32 of the same value. */
export function float16ToFloat32(half: number): number {
  const sign = (half & 0x8000) === 0 ? 1 : -1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

let halfTable: Float32Array | null = null;

/** Binary16 values to float32, by a table of all 65,536 (256 kB, made at first use). */
export function float16Values(halves: Uint16Array): Float32Array<ArrayBuffer> {
  halfTable ??= Float32Array.from({ length: 65_536 }, (_, half) => float16ToFloat32(half));
  const table = halfTable;
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i] ?? 0] ?? 0;
  return values;
}

/** bfloat16 is the upper half of a float32. */
export function bfloat16Values(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}

/**
 * Writes `values` as binary16 into `out`. Returns the index of the first value that binary16 cannot hold (NaN,
 * infinite, or 65520 and more in size), or -1 when all were written.
 */
export function writeFloat16(values: Float32Array, out: Uint16Array): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) {
    const half = float16Bits(bits[i] ?? 0);
    if ((half & 0x7c00) === 0x7c00) return i;
    out[i] = half;
  }
  return -1;
}
