import { describe, expect, it } from 'vitest';
import { bytes, duration, estimate, percent, pixels, proofText } from './format.ts';

describe('format', () => {
  it('sizes', () => {
    expect(pixels({ width: 256, height: 170 })).toBe('256 × 170');
    expect([0, 830, 1400, 2_440_000, 44_900_000, 999_999, 268_184_311].map(bytes)).toEqual([
      '0 B',
      '830 B',
      '1.4 kB',
      '2.4 MB',
      '44.9 MB',
      '1.0 MB',
      '268 MB',
    ]);
  });

  it('durations', () => {
    expect([0.04, 3.14, 9.96, 42.4, 59.7, 130, 3600, 3900].map(duration)).toEqual([
      'under 0.1 s',
      '3.1 s',
      '10 s',
      '42 s',
      '1 min',
      '2 min 10 s',
      '1 h',
      '1 h 5 min',
    ]);
  });

  it('estimates, rounded', () => {
    expect([0.2, 3.2, 23, 58, 100, 7300].map(estimate)).toEqual([
      'about 1 s',
      'about 3 s',
      'about 25 s',
      'about 1 min',
      'about 2 min',
      'about 2 h',
    ]);
  });

  it('zoom', () => {
    expect([1, 4, 0.6667, 0.075, 0.9999].map(percent)).toEqual(['100 %', '400 %', '66.7 %', '7.5 %', '100 %']);
  });
});

it('a known answer is claimed for Limpid’s weights alone', () => {
  const wasm = { name: 'wasm-threads', proof: 0 } as const;
  const gpu = { name: 'webgpu', proof: 0.002 } as const;
  expect(proofText(wasm, 'limpid')).toBe('differs from the known answer by at most a hundredth of a grey level');
  expect(proofText(gpu, 'authors')).toBe('differs from this device’s CPU by at most 0.51 of 255 grey levels');
  for (const owner of ['authors', 'imported'] as const) expect(proofText(wasm, owner)).toContain('no known answer');
});
