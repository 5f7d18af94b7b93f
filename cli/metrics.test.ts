import { describe, expect, it } from 'vitest';
import { channels, luma, meanSsim, psnr, shave, ssim, type Plane } from './metrics.ts';
import type { Rgb } from './pillow.ts';
import { score } from './score.ts';

/** Reference values made by hand with numpy (float64) from the same formula pictures; SSIM by a sliding-window view. */
function ramp(offset: number): Rgb {
  const data = new Uint8Array(20 * 17 * 3);
  for (let y = 0; y < 17; y += 1) {
    for (let x = 0; x < 20; x += 1) {
      for (let c = 0; c < 3; c += 1) {
        data[(y * 20 + x) * 3 + c] = Math.min(255, x * 6 + y * 3 + c * 20 + offset * ((x + y) % 3));
      }
    }
  }
  return { data, width: 20, height: 17 };
}

const [a, b] = [ramp(0), ramp(9)];

function only(planes: readonly Plane[]): Plane {
  const [plane] = planes;
  if (!plane) throw new Error('no plane');
  return plane;
}

describe('luma', () => {
  it('is BT.601 in 16..235, not rounded', () => {
    const { data } = luma(a);
    expect(data[0]).toBeCloseTo(29.998828125, 9);
    expect(data[5 * 20 + 7]).toBeCloseTo(78.95180859375, 9);
    const white = luma({ data: new Uint8Array([255, 255, 255, 0, 0, 0]), width: 2, height: 1 }).data;
    expect(white[0]).toBeCloseTo(235, 1);
    expect(white[1]).toBe(16);
  });
});

describe('psnr', () => {
  it('agrees with numpy on luma, with a border removed, and over RGB', () => {
    expect(psnr([luma(a)], [luma(b)])).toBeCloseTo(28.15449261854696, 9);
    expect(psnr([shave(luma(a), 2)], [shave(luma(b), 2)])).toBeCloseTo(28.157740121706976, 9);
    expect(psnr(channels(a), channels(b))).toBeCloseTo(26.832578278432443, 9);
  });

  it('is infinite for equal pictures and refuses different sizes', () => {
    expect(psnr([luma(a)], [luma(a)])).toBe(Infinity);
    expect(() => psnr([luma(a)], [shave(luma(a), 1)])).toThrow(RangeError);
    expect(() => psnr(channels(a), [])).toThrow(RangeError);
  });
});

describe('ssim', () => {
  it('agrees with numpy', () => {
    expect(ssim(luma(a), luma(b))).toBeCloseTo(0.8364179462528083, 9);
    expect(ssim(shave(luma(a), 2), shave(luma(b), 2))).toBeCloseTo(0.8365366052001378, 9);
    expect(meanSsim(channels(a), channels(b))).toBeCloseTo(0.8246367956164974, 9);
  });

  it('is one for equal pictures and refuses what is smaller than its window', () => {
    expect(ssim(luma(a), luma(a))).toBeCloseTo(1, 12);
    expect(() => ssim(shave(luma(a), 4), shave(luma(b), 4))).toThrow(RangeError);
  });
});

describe('score', () => {
  it('uses luma with a border or RGB without one', () => {
    expect(score(a, b, 'luma', 2).psnr).toBeCloseTo(28.157740121706976, 9);
    expect(score(a, b, 'rgb', 0).ssim).toBeCloseTo(0.8246367956164974, 9);
  });

  it('has no SSIM for a tiny picture and no score for one smaller than its border', () => {
    expect(score(a, b, 'luma', 4).ssim).toBeNull();
    expect(() => score(a, b, 'luma', 9)).toThrow(/smaller than the border/);
  });

  it('shaves exactly the border', () => {
    const plane = only(channels(a));
    const inner = shave(plane, 3);
    expect([inner.width, inner.height, inner.data[0]]).toEqual([14, 11, plane.data[3 * 20 + 3]]);
  });
});
