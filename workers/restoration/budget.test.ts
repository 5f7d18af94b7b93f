import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import { decoderPixels, halve, startBudget, windowSide } from './budget.ts';

const model = (bytesPerInputPixel: number, macPerInputPixel: number, halo: number, multiple: number): Manifest =>
  ({
    halo,
    multiple,
    compute: { bytesPerInputPixel, macPerInputPixel, bytesPerOutputPixel: 9000, macPerOutputPixel: 800_000 },
  }) as Manifest;

describe('windowSide', () => {
  const small = model(2300, 1.2e6, 36, 1);
  it('stays inside the bytes and is a multiple', () => {
    const unet = model(1400, 2.2e6, 96, 16);
    const budget = startBudget('wasm-threads');
    const side = windowSide(unet, budget) ?? 0;
    expect(side % 16).toBe(0);
    expect(side).toBeGreaterThan(2 * 96);
    expect(side * side * 1400).toBeLessThanOrEqual(budget.bytes);
  });
  it('respects the largest tensor of a small GPU', () => {
    const side = windowSide(small, startBudget('webgpu', 128 * 1024 * 1024)) ?? 0;
    expect(side * side * 2300).toBeLessThanOrEqual(128 * 1024 * 1024);
    expect(windowSide(small, startBudget('webgpu'))).toBeGreaterThan(side);
  });
  it('never lets the halo be most of a window to save time', () => {
    expect(windowSide(model(100, 1e9, 40, 1), startBudget('wasm'))).toBeGreaterThanOrEqual(160);
  });
  it('counts the example above it', () => {
    const rdn = model(14_656, 6.53e6, 40, 1);
    let budget = startBudget('wasm-threads');
    const sides = Array.from({ length: 6 }, () => {
      const side = windowSide(rdn, budget);
      budget = halve(budget);
      return side;
    });
    expect(sides).toEqual([270, 191, 135, 112, 112, null]);
  });
  it('shrinks with the budget and ends in null', () => {
    let budget = startBudget('wasm');
    let last = Infinity;
    for (let i = 0; i < 40; i += 1) {
      const side = windowSide(small, budget);
      if (side === null) return;
      expect(side).toBeLessThanOrEqual(last);
      last = side;
      budget = halve(budget);
    }
    expect.unreachable('the budget never became too small');
  });
});

describe('decoderPixels', () => {
  it('answers four times as many pixels when decoded fast', () => {
    const budget = startBudget('wasm');
    const manifest = model(2300, 1.2e6, 36, 1);
    expect(decoderPixels(manifest, budget, 'fast')).toBeGreaterThanOrEqual(
      3.9 * decoderPixels(manifest, budget, 'best'),
    );
  });
});
