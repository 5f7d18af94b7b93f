import { LimpidError } from '../../contract/result.ts';

/** The file is damaged or of a kind that Limpid does not read. `message` is one sentence for the person. */
export const badCheckpoint = (message: string, detail?: string): LimpidError =>
  new LimpidError('bad-checkpoint', message, detail);

export const cutShort = (detail: string): LimpidError =>
  badCheckpoint('This checkpoint is cut short or damaged: download it again.', detail);

/** The browser refuses a file that was moved or changed after it was picked. */
export const fileChanged = (detail: string): LimpidError =>
  badCheckpoint('This file could not be read from the disk: pick it again.', detail);

/** The file asks to run code. `what` is the name that it asks for. */
export const unsafeCheckpoint = (what: string, detail?: string): LimpidError =>
  new LimpidError(
    'unsafe-checkpoint',
    `This file asks to run ${printable(what)}; Limpid reads tensors only and runs nothing from a checkpoint, so the file is refused.`,
    detail,
  );

/** Text from a file, safe to show: no control characters, at most `length` characters. */
export function printable(text: string, length = 80): string {
  const clean = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return clean.length > length ? `${clean.slice(0, length)}…` : clean;
}

export const shapeText = (shape: readonly number[]): string => (shape.length === 0 ? 'a scalar' : shape.join(' × '));

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 99.5 ? value.toFixed(0) : value.toPrecision(2)} ${units[unit] ?? 'bytes'}`;
}
