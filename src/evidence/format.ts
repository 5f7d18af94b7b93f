import type { Size } from '../../contract/picture.ts';

/** "256 × 170", with thin grouping left out on purpose: sides stay below 100,000. */
export const size = (value: Size): string => `${value.width} × ${value.height}`;

/** "2.5×" */
export const factor = (value: number): string => `${trimmed(value, 2)}×`;

/** "under 0.1 s", "3.1 s", "2 min 05 s" */
export function seconds(value: number): string {
  if (value < 0.05) return 'under 0.1 s';
  if (value < 59.95) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
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

/** A difference of 0..1 in 8-bit steps: "3.1 of 255", "0.00003 of 255". */
export function levels(value: number): string {
  const steps = value * 255;
  // Number to string would write the smallest ones with an exponent.
  const small = steps > 0 && steps < 0.1;
  return `${small ? steps.toFixed(Math.min(20, 1 - Math.floor(Math.log10(steps)) - 1)) : trimmed(steps, 1)} of 255`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
