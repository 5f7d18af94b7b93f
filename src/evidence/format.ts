import type { Size } from '../../contract/picture.ts';
import type { BackendReport, WeightsReport } from '../../contract/run.ts';

// How the page says numbers and names: the explanation and the rest of the screen alike.

/** "256 × 170", with thin grouping left out on purpose: sides stay below 100,000. */
export const size = (value: Size): string => `${value.width} × ${value.height}`;

/** "830 B", "1.4 kB", "2.4 MB", decimal units as file managers show them. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** "2.5×" */
export const factor = (value: number): string => `${trimmed(value, 2)}×`;

/** "under 0.1 s", "3.1 s", "42 s", "2 min 10 s", "1 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 0.1) return 'under 0.1 s';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An estimate does not deserve more digits than it has: "about 3 s", "about 2 min", "about 1 h 40 min". */
export function estimate(value: number): string {
  if (value < 1.5) return 'about 1 s';
  if (value < 10) return `about ${Math.round(value)} s`;
  if (value < 57.5) return `about ${Math.round(value / 5) * 5} s`;
  if (value < 3570) return `about ${Math.max(1, Math.round(value / 60))} min`;
  if (value >= 86_400) return 'more than a day';
  const tens = Math.round(value / 600);
  const minutes = tens >= 60 || tens % 6 === 0 ? '' : ` ${(tens % 6) * 10} min`;
  return `about ${tens >= 60 ? Math.round(tens / 6) : Math.floor(tens / 6)} h${minutes}`;
}

/** "41.3 dB"; a picture that is given back exactly has no finite value. */
export const decibels = (value: number): string => `${value.toFixed(2)} dB`;

/** A share of 0..1 as "12 %", "3.4 %", "under 0.1 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return 'under 0.1 %';
  if (value > 99.9 && value < 100) return 'over 99.9 %';
  return `${trimmed(value, value < 10 ? 1 : 0)} %`;
}

/** A magnification: "400 %", "66.7 %", "7.5 %". */
export function zoomText(zoom: number): string {
  const value = zoom * 100;
  return `${value >= 99.95 || Math.abs(value - Math.round(value)) < 0.05 ? Math.round(value) : value.toFixed(1)} %`;
}

/** A difference of 0..1 in 8-bit steps: "3.1 of 255", "0.00003 of 255". */
export function levels(value: number): string {
  const steps = value * 255;
  // Number to string would write the smallest ones with an exponent.
  const small = steps > 0 && steps < 0.1;
  return `${small ? steps.toFixed(Math.min(20, 1 - Math.floor(Math.log10(steps)) - 1)) : trimmed(steps, 1)} of 255`;
}

const NO_ANSWER = 'for weights that do not come with Limpid there is no known answer';

/**
 * What a backend did before it was trusted, to follow "it". Weights from outside bring no known answer: WASM's has to be
 * plausible, and WebGPU's to be what WASM answers here.
 */
export function proofText(
  { name, proof }: Pick<BackendReport, 'name' | 'proof'>,
  owner: WeightsReport['owner'],
): string {
  const within = `came within ${levels(proof)} of`;
  if (owner === 'limpid') return `${within} the known answer to a small picture`;
  if (name === 'webgpu') return `${within} what this device’s CPU answers to a small picture; ${NO_ANSWER}`;
  return `gave a small picture an answer in a plausible range; ${NO_ANSWER}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
