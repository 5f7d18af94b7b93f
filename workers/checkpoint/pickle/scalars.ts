import { badCheckpoint } from '../errors.ts';

/** Longest integer in bytes: torch's magic number has 10, optimiser step counts and tensor ids 8. */
const LONG_BYTES = 64;

const damaged = (detail: string) => badCheckpoint('This checkpoint is damaged: a number in it cannot be read.', detail);

/** Two's complement, little-endian, as LONG1 and LONG4 store it; a number where it is exact. */
export function decodeLong(bytes: Uint8Array): number | bigint {
  if (bytes.length > LONG_BYTES) throw damaged(`an integer of ${bytes.length} bytes`);
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return narrow(BigInt.asIntN(bytes.length * 8, value));
}

/** Protocol 0: "I01" and "I00" are true and false, "L5L" and "I5" are five. */
export function parseInteger(line: string): number | bigint | boolean {
  if (line === '01') return true;
  if (line === '00') return false;
  const digits = line.endsWith('L') ? line.slice(0, -1) : line;
  if (!/^[+-]?\d{1,150}$/.test(digits)) throw damaged('an integer that is not one');
  return narrow(BigInt(digits));
}

/** Protocol 0 text. Escapes stay as they are written: no name of a tensor has any. */
export function parseString(line: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(line);
  return quoted?.[2] ?? line;
}

const narrow = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
