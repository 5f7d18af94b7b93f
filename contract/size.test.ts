import { describe, expect, it } from 'vitest';
import { outputSize } from './size.ts';

describe('outputSize', () => {
  it.each([
    [5, 1.1, 6],
    [170, 2.5, 425],
    [1, 1.4, 1],
    [15, 1.1, 17],
    [25, 2.3, 58],
    [4000, 8, 32000],
  ])('%i times %f is %i', (side, scale, expected) => {
    expect(outputSize({ width: side, height: 1 }, scale).width).toBe(expected);
  });

  it('is never empty', () => {
    expect(outputSize({ width: 1, height: 1 }, 0.1)).toEqual({ width: 1, height: 1 });
  });
});
