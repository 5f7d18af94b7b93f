import { badCheckpoint } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { PyGlobal, PyTuple, type PickleValue } from '../pickle/values.ts';
import { DTYPES, type DType } from '../tensor.ts';
import { StorageRef, StorageView, TensorRef } from './values.ts';

/**
 * torch._utils._rebuild_tensor_v2(storage, storage_offset, size, stride, ...). Only the description is kept; whether
 * it fits the storage is checked where the tensor is read, so that a broken optimiser state cannot spoil good weights.
 * The dtype comes as a fifth argument from _rebuild_tensor_v3, else from the storage's class.
 */
export function rebuildTensor(args: readonly PickleValue[]): TensorRef {
  const [storage, offset, size, stride, dtype] = args;
  const base = storage instanceof StorageView ? storage.base : storage;
  const start = storage instanceof StorageView ? storage.offset : 0;
  const shape = counts(size);
  const strides = counts(stride);
  if (!(base instanceof StorageRef) || !isCount(offset) || shape.length !== strides.length) {
    throw badCheckpoint('This checkpoint is damaged: a tensor in it is described wrongly.');
  }
  const type = dtype instanceof PyGlobal ? namedDtype(dtype) : base.dtype;
  if (type === null) throw badCheckpoint('This checkpoint is damaged: a tensor in it has no element type.');
  return new TensorRef({ dtype: type, offset: start + offset, shape, strides }, base);
}

const namedDtype = (global: PyGlobal): DType | null => DTYPES.get(global.name.replace(/^torch\./, '')) ?? null;

function counts(value: PickleValue | undefined): number[] {
  if (value instanceof PyTuple && value.items.length <= LIMITS.dimensions && value.items.every(isCount)) {
    return value.items.filter(isCount);
  }
  throw badCheckpoint('This checkpoint is damaged: a tensor in it has an impossible shape.');
}

export const isCount = (value: PickleValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
