import { SubRange, type FileBytes } from './bytes.ts';
import { badCheckpoint, cutShort, printable } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { PickleValue } from './pickle/values.ts';
import { DTYPES, elements, rowMajorStrides } from './tensor.ts';
import { StorageRef, TensorRef } from './torch/values.ts';

const DTYPE_NAMES: Readonly<Record<string, string>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
  BOOL: 'bool',
  F8_E4M3: 'float8_e4m3fn',
  F8_E5M2: 'float8_e5m2',
};

/** A header of n bytes of JSON follows its length as a little-endian int64, so byte 8 is a brace. */
export function looksLikeSafetensors(head: Uint8Array): boolean {
  return head.length > 8 && head[8] === 0x7b && head[5] === 0 && head[6] === 0 && head[7] === 0;
}

/**
 * Reads a .safetensors file (huggingface/safetensors, README "Format") as a dict of tensors.
 * @throws LimpidError `bad-checkpoint`
 */
export async function readSafetensors(file: FileBytes): Promise<PickleValue> {
  const length = new DataView((await file.read(0, 8)).buffer).getBigUint64(0, true);
  if (length > BigInt(file.size - 8)) throw cutShort(`a header of ${length} bytes`);
  if (length > BigInt(LIMITS.headerBytes)) {
    throw badCheckpoint(
      'This file declares a far larger header than any of the five networks needs, so it is refused.',
    );
  }
  const start = 8 + Number(length);
  const header = parseHeader(await file.read(8, start));
  const root = new Map<PickleValue, PickleValue>();
  for (const [name, description] of Object.entries(header)) {
    if (name !== '__metadata__') root.set(name, tensorOf(file, start, name, description));
  }
  return root;
}

function parseHeader(bytes: Uint8Array): object {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header;
  } catch (error) {
    throw badCheckpoint('This safetensors file is damaged: its header is no JSON.', String(error).slice(0, 200));
  }
  throw badCheckpoint('This safetensors file is damaged: its header is no JSON object.');
}

function tensorOf(file: FileBytes, start: number, name: string, description: unknown): TensorRef {
  const { dtype, shape, data_offsets: offsets } = isObject(description) ? description : {};
  const type =
    typeof dtype === 'string' && Object.hasOwn(DTYPE_NAMES, dtype) ? DTYPES.get(DTYPE_NAMES[dtype] ?? '') : undefined;
  const [from, to] = isCounts(offsets) && offsets.length === 2 ? offsets : [-1, -1];
  if (
    type === undefined ||
    !isCounts(shape) ||
    shape.length > LIMITS.dimensions ||
    from === undefined ||
    to === undefined
  ) {
    throw badCheckpoint(
      `This safetensors file describes its tensor "${printable(name)}" in a way that Limpid does not read.`,
    );
  }
  const bytes = elements(shape) * type.bytes;
  if (from < 0 || to - from !== bytes || start + to > file.size)
    throw cutShort(`"${printable(name)}": bytes ${from} to ${to}`);
  const storage = new StorageRef(name, type, bytes, type.bytes);
  storage.located = { bytes: new SubRange(file, start + from, bytes), littleEndian: true };
  return new TensorRef({ dtype: type, offset: 0, shape, strides: rowMajorStrides(shape) }, storage);
}

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
