import type { ByteRange } from './bytes.ts';
import { badCheckpoint, cutShort, shapeText } from './errors.ts';
import { bfloat16Values, float16Values } from './half.ts';
import { LIMITS } from './limits.ts';

/** Element types by torch's names; `values` only for the ones that weights are made of. */
export interface DType {
  readonly name: string;
  readonly bytes: number;
  /** Little-endian bytes to numbers. */
  readonly values?: (bytes: Uint8Array<ArrayBuffer>) => Float32Array<ArrayBuffer>;
}

// Typed arrays use the machine's byte order; every platform with a browser is little-endian.
const typed = (bytes: Uint8Array<ArrayBuffer>, width: number): ArrayBuffer =>
  bytes.byteOffset % width === 0 && bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;

const FLOATS: readonly DType[] = [
  { name: 'float32', bytes: 4, values: (bytes) => new Float32Array(typed(bytes, 4)) },
  { name: 'float16', bytes: 2, values: (bytes) => float16Values(new Uint16Array(typed(bytes, 2))) },
  { name: 'bfloat16', bytes: 2, values: (bytes) => bfloat16Values(new Uint16Array(typed(bytes, 2))) },
  { name: 'float64', bytes: 8, values: (bytes) => Float32Array.from(new Float64Array(typed(bytes, 8))) },
];

const OTHERS: readonly (readonly [string, number])[] = [
  ['int64', 8],
  ['int32', 4],
  ['int16', 2],
  ['int8', 1],
  ['uint8', 1],
  ['uint16', 2],
  ['uint32', 4],
  ['uint64', 8],
  ['bool', 1],
  ['complex32', 4],
  ['complex64', 8],
  ['complex128', 16],
  ['float8_e4m3fn', 1],
  ['float8_e5m2', 1],
];

export const DTYPES: ReadonlyMap<string, DType> = new Map(
  [...FLOATS, ...OTHERS.map(([name, bytes]) => ({ name, bytes }))].map((dtype) => [dtype.name, dtype]),
);

/** Where a tensor's numbers lie: a run of bytes, shared by every tensor that is a view of it. */
export interface TensorStorage {
  readonly bytes: ByteRange;
  readonly littleEndian: boolean;
}

export interface TensorLayout {
  readonly dtype: DType;
  /** First element, counted in elements from the storage's start. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** Elements from one index to the next, per axis. */
  readonly strides: readonly number[];
}

/** A tensor of a checkpoint, read from the file only when asked for. */
export interface CheckpointTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** torch's name: "float32", "float16", "bfloat16", "float64", or one that cannot be read as weights. */
  readonly dtype: string;
  /** The numbers in row-major order, in memory of their own. @throws LimpidError `bad-checkpoint` */
  read(): Promise<Float32Array<ArrayBuffer>>;
}

export class StoredTensor implements CheckpointTensor {
  constructor(
    readonly name: string,
    private readonly layout: TensorLayout,
    private readonly storage: TensorStorage,
  ) {}

  get shape(): readonly number[] {
    return this.layout.shape;
  }

  get dtype(): string {
    return this.layout.dtype.name;
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    const { dtype, offset, shape, strides } = this.layout;
    const { littleEndian, bytes } = this.storage;
    if (dtype.values === undefined) {
      throw badCheckpoint(`The tensor "${this.name}" of this file holds ${dtype.name} numbers, which are no weights.`);
    }
    const count = elements(shape);
    const span = count === 0 ? 0 : 1 + shape.reduce((sum, side, axis) => sum + (side - 1) * (strides[axis] ?? 0), 0);
    if (!(count <= LIMITS.tensorElements && span <= LIMITS.tensorElements)) {
      throw badCheckpoint(
        `The tensor "${this.name}" of this file declares far more numbers than any of the five networks needs (${shapeText(shape)}).`,
      );
    }
    if (!((offset + span) * dtype.bytes <= bytes.size)) {
      throw cutShort(`"${this.name}" needs ${(offset + span) * dtype.bytes} bytes of ${bytes.size}`);
    }
    const raw = await bytes.read(offset * dtype.bytes, (offset + span) * dtype.bytes);
    const values = dtype.values(littleEndian ? raw : swapped(raw, dtype.bytes));
    return isRowMajor(shape, strides) ? values : gathered(values, shape, strides);
  }
}

export const elements = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  const wanted = rowMajorStrides(shape);
  // The stride of an axis of one element is never used, and torch stores any number there.
  return shape.every((side, axis) => side === 1 || strides[axis] === wanted[axis]);
}

/** Row-major copy of a view with other strides (a transposed or channels-last tensor). */
function gathered(
  values: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(elements(shape));
  const index = shape.map(() => 0);
  let source = 0;
  for (let target = 0; target < out.length; target++) {
    out[target] = values[source] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const step = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 1)) {
        index[axis] = next;
        source += step;
        break;
      }
      index[axis] = 0;
      source -= (next - 1) * step;
    }
  }
  return out;
}

function swapped(bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += width) {
    for (let i = 0; i < width; i++) out[start + i] = bytes[start + width - 1 - i] ?? 0;
  }
  return out;
}
