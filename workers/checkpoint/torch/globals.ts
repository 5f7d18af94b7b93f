import { badCheckpoint, unsafeCheckpoint } from '../errors.ts';
import { PyGlobal, PyOpaque, PyTuple, type PickleValue } from '../pickle/values.ts';
import { DTYPES } from '../tensor.ts';
import { rebuildTensor } from './rebuild.ts';
import { TensorRef } from './values.ts';

type Call = (args: readonly PickleValue[], spend: (elements: number) => void) => PickleValue;

/**
 * The closed list. It follows what `torch.load(weights_only=True)` accepts (torch/_weights_only_unpickler.py), without
 * sparse and quantised tensors, and adds numpy's scalars and arrays: old training loops stored a best score or a
 * random state so. Those, sets and devices become an opaque nothing that no tensor can be made of. Everything else,
 * e.g. a whole pickled module, is refused by name.
 */
const opaque =
  (type: string): Call =>
  () =>
    new PyOpaque(type);

const typeOnly: Call = () => {
  throw unsafeCheckpoint('a constructor that checkpoints do not call');
};

const CALLS = new Map<string, Call>([
  ['collections.OrderedDict', makeDict],
  ['collections.Counter', makeDict],
  ['torch.Size', ([sides]) => (sides instanceof PyTuple ? sides : new PyTuple([]))],
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  [
    'torch._utils._rebuild_tensor_v3',
    ([storage, offset, shape, strides, , , dtype]) =>
      rebuildTensor([storage ?? null, offset ?? null, shape ?? null, strides ?? null, dtype ?? null]),
  ],
  ['torch._utils._rebuild_parameter', wrapped],
  ['torch._utils._rebuild_parameter_with_state', wrapped],
  ['torch.nn.parameter.Parameter', wrapped],
  ['torch.Tensor', typeOnly],
  ['torch._tensor._rebuild_from_type_v2', rebuildFromType],
  ['torch.device', opaque('device')],
  ['torch.serialization._get_layout', opaque('layout')],
  ['_codecs.encode', opaque('bytes')],
  ['builtins.set', opaque('set')],
  ['builtins.frozenset', opaque('set')],
  ['builtins.bytearray', opaque('bytes')],
  ['builtins.complex', opaque('complex')],
  ['numpy.dtype', opaque('numpy.dtype')],
  ['numpy.ndarray', opaque('numpy.ndarray')],
  ['numpy.core.multiarray.scalar', opaque('numpy scalar')],
  ['numpy.core.multiarray._reconstruct', opaque('numpy.ndarray')],
]);

/** Where PyTorch's storage classes sit: CPU, CUDA, and since 2.0 the untyped one. */
const STORAGE = /^torch(?:\.cuda)?\.([A-Za-z0-9]+)Storage$/;

const STORAGE_DTYPES: Readonly<Record<string, string>> = {
  Float: 'float32',
  Half: 'float16',
  BFloat16: 'bfloat16',
  Double: 'float64',
  Long: 'int64',
  Int: 'int32',
  Short: 'int16',
  Char: 'int8',
  Byte: 'uint8',
  Bool: 'bool',
  ComplexFloat: 'complex64',
  ComplexDouble: 'complex128',
};

export const UNTYPED_STORAGE = 'torch.storage.UntypedStorage';

/** torch's name of the element type of a storage class, null for any other global. */
export function storageDtype(name: string): string | null {
  const kind = STORAGE.exec(name)?.[1];
  return kind === undefined || !Object.hasOwn(STORAGE_DTYPES, kind) ? null : (STORAGE_DTYPES[kind] ?? null);
}

/** The stand-in for a name of the closed list. @throws LimpidError `unsafe-checkpoint` */
export function findGlobal(module: string, name: string): PyGlobal {
  // Python 2's name, and numpy's since 2.0.
  const full = `${module.replace(/^__builtin__$/, 'builtins').replace(/^numpy\._core\b/, 'numpy.core')}.${name}`;
  const dtype = /^torch\.(\w+)$/.exec(full)?.[1];
  if (CALLS.has(full) || full === UNTYPED_STORAGE || storageDtype(full) !== null) return new PyGlobal(full);
  if (dtype !== undefined && DTYPES.has(dtype)) return new PyGlobal(full);
  // A pickle of os.system carries the name of the module that implements it.
  const known = /^(?:posix|nt)$/.test(module) ? `os.${name} (${full})` : full;
  throw unsafeCheckpoint(known, 'a global outside the closed list');
}

export function callGlobal(
  callee: PyGlobal,
  args: readonly PickleValue[],
  spend: (elements: number) => void,
): PickleValue {
  const call = CALLS.get(callee.name);
  if (call === undefined) throw unsafeCheckpoint(callee.name, 'a type called as a function');
  return call(args, spend);
}

/** OrderedDict() with its entries to come, OrderedDict([[key, value], ...]) as Python 2 wrote it, Counter({...}). */
function makeDict(args: readonly PickleValue[], spend: (elements: number) => void): PickleValue {
  const [entries] = args;
  const dict = new Map<PickleValue, PickleValue>();
  if (entries instanceof Map) {
    spend(entries.size);
    for (const [key, value] of entries) dict.set(key, value);
  } else if (Array.isArray(entries)) {
    spend(entries.length);
    for (const entry of entries) {
      const [key, value] = entry instanceof PyTuple ? entry.items : Array.isArray(entry) ? entry : [];
      if (key === undefined || value === undefined)
        throw badCheckpoint('This checkpoint is damaged: a dictionary in it has no entries.');
      dict.set(key, value);
    }
  }
  return dict;
}

/** Parameter(tensor, requires_grad, hooks): the tensor itself. */
function wrapped([tensor]: readonly PickleValue[]): PickleValue {
  if (tensor instanceof TensorRef) return tensor;
  throw badCheckpoint('This checkpoint is damaged: a parameter in it holds no tensor.');
}

/** A tensor with Python attributes: (function, type, arguments, attributes). */
function rebuildFromType([callee, , args]: readonly PickleValue[], spend: (elements: number) => void): PickleValue {
  if (!(callee instanceof PyGlobal) || !(args instanceof PyTuple))
    throw unsafeCheckpoint('a value that is not a function of the known list');
  // One level only: with itself as the function, a file could nest calls without end.
  if (callee.name === 'torch._tensor._rebuild_from_type_v2') throw unsafeCheckpoint(callee.name);
  return callGlobal(callee, args.items, spend);
}
