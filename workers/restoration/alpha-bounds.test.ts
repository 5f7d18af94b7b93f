import { describe, expect, it } from 'vitest';
import type { Planar } from '../../contract/inference-api.ts';
import { boundAlpha } from './alpha-bounds.ts';

/** 8 x 4, opaque in the left half. */
const alpha: Planar = {
  data: Float32Array.from({ length: 32 }, (_, i) => (i % 8 < 4 ? 1 : 0)),
  channels: 1,
  width: 8,
  height: 4,
};
const window = { x: 0, y: 0, width: 8, height: 4 };
const input = { width: 8, height: 4 };

describe('boundAlpha', () => {
  it('removes specks away from the edge and leaves the edge to the network', () => {
    const output = { width: 16, height: 8 };
    const band = { x: 0, y: 2, width: 16, height: 4 };
    const mask = boundAlpha(new Float32Array(64).fill(0.4), band, alpha, window, input, output);
    for (let y = 0; y < 4; y += 1) {
      const row = [...mask.subarray(y * 16, y * 16 + 16)].map((value) => Math.round(value * 10) / 10);
      expect(row).toEqual([1, 1, 1, 1, 1, 1, 0.4, 0.4, 0.4, 0.4, 0, 0, 0, 0, 0, 0]);
    }
  });

  it('is the same for a part of the window', () => {
    const output = { width: 20, height: 10 };
    const noise = Float32Array.from({ length: 200 }, (_, i) => ((i * 37) % 10) / 10);
    const whole = boundAlpha(noise.slice(), { x: 0, y: 0, ...output }, alpha, window, input, output);
    const band = { x: 0, y: 3, width: 20, height: 4 };
    const part = boundAlpha(noise.slice(60, 140), band, alpha, window, input, output);
    expect([...part]).toEqual([...whole.subarray(60, 140)]);
  });
});
