import { expect, it } from 'vitest';
import { decibels, estimate, factor, levels, percent, plural, seconds, size } from './format.ts';

it('says numbers as a person would', () => {
  expect(size({ width: 256, height: 170 })).toBe('256 × 170');
  expect([1, 2.5, 3.1].map(factor)).toEqual(['1×', '2.5×', '3.1×']);
  expect([0.004, 0.4, 3.14, 59.94, 59.96, 125].map(seconds)).toEqual([
    'under 0.1 s',
    '0.4 s',
    '3.1 s',
    '59.9 s',
    '1 min 00 s',
    '2 min 05 s',
  ]);
  expect([0, 0.0004, 0.034, 0.123, 0.9996, 1].map(percent)).toEqual([
    '0 %',
    'under 0.1 %',
    '3.4 %',
    '12 %',
    'over 99.9 %',
    '100 %',
  ]);
  expect([0.3112, 0.0004, 1.2e-7, 0].map(levels)).toEqual(['79.4 of 255', '0.1 of 255', '0.00003 of 255', '0 of 255']);
  expect(decibels(44.169)).toBe('44.17 dB');
  expect([plural(1, 'tile'), plural(6, 'tile')]).toEqual(['1 tile', '6 tiles']);
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
