import { describe, expect, it } from 'vitest';
import { compareReadBack } from './read-back.ts';

const drawn = Uint8ClampedArray.from({ length: 64 * 64 * 4 }, (_, at) => ((at & 3) === 3 ? 255 : (at * 37) & 255));

describe('what a canvas gives back', () => {
  it('is exact only when every sample is', () => {
    expect(compareReadBack(drawn, drawn.slice())).toBe('exact');
    const one = drawn.slice();
    one[5000] = (one[5000] ?? 0) ^ 1;
    expect(compareReadBack(drawn, one)).toBe('noisy');
  });

  it('is noisy when many samples are a little off', () => {
    expect(
      compareReadBack(
        drawn,
        drawn.map((value, at) => value + (at % 3) - 1),
      ),
    ).toBe('noisy');
  });

  it.each([
    ['white', () => 255],
    ['transparent black', () => 0],
    ['random', (at: number) => (at * 7919 + ((at * at) >> 3)) & 255],
    ['nothing at all', null],
  ])('is hidden when it is %s', (_, make) => {
    expect(compareReadBack(drawn, make === null ? [] : drawn.map((__, at) => make(at)))).toBe('hidden');
  });
});
