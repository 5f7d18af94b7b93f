import { describe, expect, it } from 'vitest';
import {
  bytes,
  decibels,
  duration,
  estimate,
  factor,
  levels,
  percent,
  plural,
  proofText,
  size,
  zoomText,
} from './format.ts';

describe('numbers as a person would say them', () => {
  it('sizes and factors', () => {
    expect(size({ width: 256, height: 170 })).toBe('256 × 170');
    expect([1, 2.5, 3.1].map(factor)).toEqual(['1×', '2.5×', '3.1×']);
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

  it('shares and magnifications', () => {
    expect([0, 0.0004, 0.034, 0.123, 0.9996, 1].map(percent)).toEqual([
      '0 %',
      'under 0.1 %',
      '3.4 %',
      '12 %',
      'over 99.9 %',
      '100 %',
    ]);
    expect([1, 4, 0.6667, 0.075, 0.9999].map(zoomText)).toEqual(['100 %', '400 %', '66.7 %', '7.5 %', '100 %']);
  });

  it('differences and counts', () => {
    expect([0.3112, 0.0004, 1.2e-7, 0].map(levels)).toEqual([
      '79.4 of 255',
      '0.1 of 255',
      '0.00003 of 255',
      '0 of 255',
    ]);
    expect(decibels(44.169)).toBe('44.17 dB');
    expect([plural(1, 'tile'), plural(6, 'tile')]).toEqual(['1 tile', '6 tiles']);
  });
});

it('a known answer is claimed for Limpid’s weights alone', () => {
  const wasm = { name: 'wasm-threads', proof: 0 } as const;
  const gpu = { name: 'webgpu', proof: 0.002 } as const;
  expect(proofText(wasm, 'limpid')).toBe('came within 0 of 255 of the known answer to a small picture');
  expect(proofText(gpu, 'authors')).toBe(
    'came within 0.5 of 255 of what this device’s CPU answers to a small picture; for weights that do not come with Limpid there is no known answer',
  );
  for (const owner of ['authors', 'imported'] as const) {
    expect(proofText(wasm, owner)).toMatch(/^gave .* plausible range; .*there is no known answer$/u);
  }
});

it('estimates in as few digits as they deserve, and never in parts of an hour', () => {
  expect([0.2, 3.4, 28, 130, 3569, 3580, 6100, 7200, 35_900, 45_000, 86_399, 86_400, 3_223_800].map(estimate)).toEqual([
    'about 1 s',
    'about 3 s',
    'about 30 s',
    'about 2 min',
    'about 59 min',
    'about 1 h',
    'about 1 h 40 min',
    'about 2 h',
    'about 10 h',
    'about 13 h',
    'about 24 h',
    'more than a day',
    'more than a day',
  ]);
});
