import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { orient, swapsSides } from './orientation.ts';
import { createStore } from './store.ts';

describe.each([8, 16] as const)('%i bits', (depth) => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is what libvips makes of it', async (orientation) => {
    const [width, height] = [5, 3];
    const store = createStore(width, height, depth, 'display-p3');
    store.data.set(Array.from({ length: width * height * 4 }, (_, at) => at * (depth === 16 ? 1001 : 4)));
    const turned = orient(store, orientation);
    // The reference turns 8-bit pixels; at 16 bits the low byte carries the same index.
    const index = Buffer.from(Array.from({ length: width * height * 3 }, (_, at) => Math.floor(at / 3) * 10));
    const tagged = await sharp(index, { raw: { width, height, channels: 3 } })
      .png()
      .withMetadata({ orientation })
      .toBuffer();
    const expected = await sharp(tagged).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([turned.width, turned.height]).toEqual([expected.info.width, expected.info.height]);
    expect(turned.width === height).toBe(swapsSides(orientation));
    expect(turned.colorSpace).toBe('display-p3');
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      const from = (expected.data[pixel * 3] ?? 0) / 10;
      expect(Array.from(turned.data.subarray(pixel * 4, pixel * 4 + 4))).toEqual(
        Array.from(store.data.subarray(from * 4, from * 4 + 4)),
      );
    }
  });
});
