import { describe, expect, it } from 'vitest';
import { bfloat16Values, float16Bits, float16ToFloat32, float16Values, writeFloat16 } from './half.ts';
import { seeded } from './testing/networks.ts';

const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
const toHalf = (value: number): number => float16Bits(bitsOf(value));

describe('binary16', () => {
  it('gives back each of the 65,536 halves, NaN as NaN', () => {
    for (let half = 0; half < 65_536; half++) {
      const value = float16ToFloat32(half);
      const back = toHalf(value);
      if (Number.isNaN(value)) expect((back & 0x7c00) === 0x7c00 && (back & 0x3ff) !== 0).toBe(true);
      else if (back !== half) expect.fail(`0x${half.toString(16)} came back as 0x${back.toString(16)}`);
    }
  });

  it('knows the landmarks', () => {
    expect(float16ToFloat32(0x3c00)).toBe(1);
    expect(float16ToFloat32(0xc000)).toBe(-2);
    expect(float16ToFloat32(0x7bff)).toBe(65504);
    expect(float16ToFloat32(0x0400)).toBe(2 ** -14);
    expect(float16ToFloat32(0x0001)).toBe(2 ** -24);
    expect(float16ToFloat32(0xfc00)).toBe(-Infinity);
  });

  it.each([
    ['halfway between 1 and the next: down to even', 1 + 2 ** -11, 0x3c00],
    ['halfway between the next two: up to even', 1 + 3 * 2 ** -11, 0x3c02],
    ['just above halfway', 1 + 2 ** -11 + 2 ** -20, 0x3c01],
    ['half of the smallest subnormal: down to zero', 2 ** -25, 0x0000],
    ['just above it', 2 ** -25 + 2 ** -40, 0x0001],
    ['one and a half of it: up to even', 3 * 2 ** -25, 0x0002],
    ['largest subnormal and a half: up to the smallest normal', 2 ** -14 - 2 ** -25, 0x0400],
    ['below everything', 1e-30, 0x0000],
    ['negative zero', -0, 0x8000],
    ['the largest that rounds to a finite number', 65519.99, 0x7bff],
    ['the smallest that does not', 65520, 0x7c00],
    ['a float32 subnormal', 2 ** -140, 0x0000],
  ])('rounds %s', (_, value, half) => expect(toHalf(value)).toBe(half));

  it('always takes the nearest half, the even one of two equally near', () => {
    const next = seeded(7);
    for (let i = 0; i < 50_000; i++) {
      const value = Math.fround((next() - 0.5) * 2 ** (next() * 42 - 26));
      const half = toHalf(value);
      const error = Math.abs(value - float16ToFloat32(half));
      for (const other of [half - 1, half + 1]) {
        const otherError = Math.abs(value - float16ToFloat32(other & 0xffff));
        if (otherError < error || (otherError === error && (half & 1) === 1 && otherError > 0)) {
          expect.fail(`${value} became 0x${half.toString(16)}`);
        }
      }
    }
  });

  it('reads arrays of halves and of bfloat16', () => {
    expect([...float16Values(Uint16Array.of(0x3c00, 0x0001))]).toEqual([1, 2 ** -24]);
    expect([...bfloat16Values(Uint16Array.of(0x3f80, 0xc040))]).toEqual([1, -3]);
  });

  it('stops at the first value that does not fit', () => {
    const out = new Uint16Array(3);
    expect(writeFloat16(Float32Array.of(1, -1, 0.5), out)).toBe(-1);
    expect([...out]).toEqual([0x3c00, 0xbc00, 0x3800]);
    expect(writeFloat16(Float32Array.of(1, 70_000, NaN), out)).toBe(1);
    expect(writeFloat16(Float32Array.of(NaN), out)).toBe(0);
    expect(writeFloat16(Float32Array.of(0, 0, -Infinity), out)).toBe(2);
  });
});
