import type { Size } from '../../contract/picture.ts';
import type { BackendReport, BackendName, WeightsReport } from '../../contract/run.ts';

export { estimate } from '../evidence/format.ts';

/** "256 × 170", with the multiplication sign and thousands left alone: sides stay below 100,000. */
export const pixels = ({ width, height }: Size): string => `${width} × ${height}`;

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

/** "400 %", "66.7 %", "7.5 %". */
export function percent(zoom: number): string {
  const value = zoom * 100;
  return `${value >= 99.95 || Math.abs(value - Math.round(value)) < 0.05 ? Math.round(value) : value.toFixed(1)} %`;
}

const BACKENDS: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  'wasm-threads': 'WASM',
  wasm: 'WASM',
};

export const backendName = (name: BackendName): string => BACKENDS[name];

/** How a backend was proven: on the known answer, or where imported weights bring none, on the CPU's or a plausible one. */
export function proofText(
  { name, proof }: Pick<BackendReport, 'name' | 'proof'>,
  owner: WeightsReport['owner'],
): string {
  if (owner === 'limpid') return `differs from the known answer by at most ${levels(proof)}`;
  if (name === 'webgpu') return `differs from this device’s CPU by at most ${levels(proof)}`;
  return 'the imported weights have no known answer to compare with';
}

/** Share of the full range, as 8-bit levels: the unit in which a difference can be seen. */
function levels(difference: number): string {
  const count = difference * 255;
  return count < 0.01 ? 'a hundredth of a grey level' : `${count.toPrecision(2)} of 255 grey levels`;
}
