import { badCheckpoint, cutShort, unsafeCheckpoint } from '../errors.ts';
import type { PickleHost } from '../pickle/machine.ts';
import { PyGlobal, PyTuple, type PickleValue } from '../pickle/values.ts';
import { DTYPES } from '../tensor.ts';
import { callGlobal, findGlobal, storageDtype, UNTYPED_STORAGE } from './globals.ts';
import { isCount } from './rebuild.ts';
import { StorageRef, StorageView } from './values.ts';

/** The pickle's view of PyTorch: the closed list of names, and the storages that its persistent ids declare. */
export class TorchHost implements PickleHost {
  readonly storages = new Map<string, StorageRef>();
  readonly global = findGlobal;
  readonly call = callGlobal;

  /** ('storage', storage class, key, location, elements[, view]) as torch/serialization.py writes it. */
  persistent(id: PickleValue): PickleValue {
    const [tag, type, key, , count, view] = id instanceof PyTuple ? id.items : [];
    if (tag === 'module') throw unsafeCheckpoint('a whole pickled module', 'persistent id "module"');
    if (tag !== 'storage' || !(type instanceof PyGlobal) || typeof key !== 'string' || !isCount(count)) {
      throw badCheckpoint('This checkpoint is damaged: a tensor in it has no storage.');
    }
    const known = this.storages.get(key);
    const storage = known ?? declared(type, key, count);
    this.storages.set(key, storage);
    if (view === undefined || view === null) return storage;
    const [, offset] = view instanceof PyTuple ? view.items : [];
    if (!isCount(offset)) throw badCheckpoint('This checkpoint is damaged: a view in it has no place.');
    return new StorageView(storage, offset);
  }
}

function declared(type: PyGlobal, key: string, count: number): StorageRef {
  const name = storageDtype(type.name);
  const dtype = name === null ? undefined : DTYPES.get(name);
  if (dtype === undefined && type.name !== UNTYPED_STORAGE) throw unsafeCheckpoint(type.name, 'as a storage class');
  const width = dtype?.bytes ?? 1;
  const bytes = count * width;
  if (!Number.isSafeInteger(bytes)) throw cutShort(`storage ${key} declares ${count} elements`);
  return new StorageRef(key, dtype ?? null, bytes, width);
}
