import { badCheckpoint } from '../errors.ts';
import type { Cursor } from './cursor.ts';
import { OP } from './opcodes.ts';

/** Longest integer in bytes: torch's magic number has 10, optimiser step counts and tensor ids 8. */
const LONG_BYTES = 64;

const damaged = (detail: string) => badCheckpoint('This checkpoint is damaged: a number in it cannot be read.', detail);

/** None, a boolean, a number, text or bytes: the value of an operation that only pushes one, undefined for any other. */
export function readScalar(
  op: number,
  cursor: Cursor,
): null | boolean | number | bigint | string | Uint8Array | undefined {
  switch (op) {
    case OP.NONE:
      return null;
    case OP.NEWTRUE:
      return true;
    case OP.NEWFALSE:
      return false;
    case OP.BININT:
      return cursor.int32();
    case OP.BININT1:
      return cursor.uint8();
    case OP.BININT2:
      return cursor.uint16();
    case OP.LONG1:
      return decodeLong(cursor.take(cursor.uint8()));
    case OP.LONG4:
      return decodeLong(cursor.take(cursor.uint32()));
    case OP.INT:
    case OP.LONG:
      return parseInteger(cursor.line());
    case OP.BINFLOAT:
      return cursor.float64();
    case OP.FLOAT:
      return Number(cursor.line());
    case OP.STRING:
    case OP.UNICODE:
      return parseString(cursor.line());
    case OP.BINUNICODE:
    case OP.BINSTRING:
      return cursor.text(cursor.uint32());
    case OP.SHORT_BINSTRING:
    case OP.SHORT_BINUNICODE:
      return cursor.text(cursor.uint8());
    case OP.BINUNICODE8:
      return cursor.text(cursor.length64());
    case OP.BINBYTES:
      return cursor.take(cursor.uint32());
    case OP.SHORT_BINBYTES:
      return cursor.take(cursor.uint8());
    case OP.BINBYTES8:
    case OP.BYTEARRAY8:
      return cursor.take(cursor.length64());
    default:
      return undefined;
  }
}

/** Two's complement, little-endian, as LONG1 and LONG4 store it; a number where it is exact. */
function decodeLong(bytes: Uint8Array): number | bigint {
  if (bytes.length > LONG_BYTES) throw damaged(`an integer of ${bytes.length} bytes`);
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return narrow(BigInt.asIntN(bytes.length * 8, value));
}

/** Protocol 0: "I01" and "I00" are true and false, "L5L" and "I5" are five. */
function parseInteger(line: string): number | bigint | boolean {
  if (line === '01') return true;
  if (line === '00') return false;
  const digits = line.endsWith('L') ? line.slice(0, -1) : line;
  if (!/^[+-]?\d{1,150}$/.test(digits)) throw damaged('an integer that is not one');
  return narrow(BigInt(digits));
}

/** Protocol 0 text. Escapes stay as they are written: no name of a tensor has any. */
function parseString(line: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(line);
  return quoted?.[2] ?? line;
}

const narrow = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
