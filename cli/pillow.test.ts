import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resizeLikePillow, type Rgb } from './pillow.ts';

/** p = [[[(x*k + y*29 + c*53 + x*y*k) % 256 for c] for x] for y]; expected values from Pillow's resize(size, BICUBIC). */
function formula(width: number, height: number, k: number): Rgb {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < 3; c += 1) data[(y * width + x) * 3 + c] = (x * k + y * 29 + c * 53 + x * y * k) % 256;
    }
  }
  return { data, width, height };
}

describe('resizeLikePillow', () => {
  it.each([
    [3, 2, [71, 124, 128, 143, 144, 162, 175, 114, 133, 128, 118, 145, 124, 133, 117, 131, 110, 110]],
    [
      7,
      2,
      [
        25, 78, 131, 102, 147, 139, 102, 163, 109, 171, 117, 178, 141, 133, 178, 149, 202, 166, 218, 7, 68, 91, 144,
        197, 156, 102, 94, 141, 105, 151, 99, 145, 109, 156, 148, 95, 53, 106, 167, 206, 92, 56,
      ],
    ],
  ])('equals Pillow for 7x5 to %i x %i', (width, height, expected) => {
    expect(Array.from(resizeLikePillow(formula(7, 5, 37), width, height).data)).toEqual(expected);
  });

  it.each([
    [30, 23, 'cd85bc7ff3c7b84c4ff1553ab480cb538f260c760e469790286bd5d86108d479'],
    [25, 19, 'ff2af2af68183d7185a396be3c9806a9b626cd81891a663bbe896a669f6d901b'],
    [122, 94, 'a09ffdf0c995694b783897f8deade26ac87e7a79f8860e7ed653b72e2093ec2b'],
    [100, 3, 'de200ea5bba4b28baf71967790544d7f4fa1fbe1f06f714358caa98474bbf815'],
  ])('equals Pillow to the last bit for 61x47 to %i x %i', (width, height, sha256) => {
    const { data } = resizeLikePillow(formula(61, 47, 91), width, height);
    expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
  });

  it('returns the picture itself when the size stays', () => {
    const picture = formula(7, 5, 37);
    expect(resizeLikePillow(picture, 7, 5)).toBe(picture);
  });
});
