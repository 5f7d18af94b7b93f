import { orderedDict, PyCall, PyDict, PyGlobal, PyId, PyLong, PyTuple, writePickle, type Py } from './pickle-writer.ts';
import { Bytes, writeZip, type ZipFile, type ZipOptions } from './zip-writer.ts';

/** Writes checkpoints as torch.save does, in both forms, for tests. */
export interface TestStorage {
  readonly key: string;
  /** torch's storage class without "Storage", e.g. "Float". */
  readonly type: string;
  readonly elements: number;
  /** Raw elements, little-endian; in the zip form also big-endian when `byteorder` says so. */
  readonly bytes: Uint8Array;
}

export interface TestTensor {
  readonly storage: TestStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** Checkpoint content: JavaScript objects become dicts, tensors become calls of _rebuild_tensor_v2. */
export type Tree = Py | TestTensor | { readonly [key: string]: Tree };

let nextKey = 0;

export const floatStorage = (values: readonly number[] | Float32Array): TestStorage =>
  rawStorage('Float', values.length, new Uint8Array(Float32Array.from(values).buffer));

export function rawStorage(type: string, elements: number, bytes: Uint8Array): TestStorage {
  nextKey += 1;
  return { key: String(nextKey), type, elements, bytes };
}

/** A whole row-major storage under a shape. */
export const tensor = (shape: readonly number[], values: readonly number[] | Float32Array): TestTensor =>
  view(floatStorage(values), 0, shape, rowMajor(shape));

export const view = (
  storage: TestStorage,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): TestTensor => ({
  storage,
  offset,
  shape,
  strides,
});

/** A tensor of any shape from one stored number (torch's expand): files of full-size networks stay small. */
export const expanded = (shape: readonly number[], storage: TestStorage): TestTensor =>
  view(
    storage,
    0,
    shape,
    shape.map(() => 0),
  );

export interface ZipFormOptions extends ZipOptions {
  readonly folder?: string;
  readonly deflate?: boolean;
  readonly byteorder?: string;
  readonly extra?: readonly ZipFile[];
}

export function zipForm(root: Tree, options: ZipFormOptions = {}): Blob {
  const { folder = 'archive/', deflate = false, byteorder, extra = [] } = options;
  const storages = new Map<string, TestStorage>();
  const pickle = writePickle(described(root, storages));
  const files: ZipFile[] = [{ name: `${folder}data.pkl`, bytes: pickle, deflate }];
  if (byteorder !== undefined)
    files.push({ name: `${folder}byteorder`, bytes: new TextEncoder().encode(byteorder), deflate });
  for (const { key, bytes } of storages.values()) files.push({ name: `${folder}data/${key}`, bytes, deflate });
  files.push({ name: `${folder}version`, bytes: new TextEncoder().encode('3\n'), deflate }, ...extra);
  return new Blob([writeZip(files, options)]);
}

const MAGIC = new PyLong(0x1950a86a20f9469cfc6cn);

export function legacyForm(root: Tree): Blob {
  const storages = new Map<string, TestStorage>();
  const pickle = writePickle(described(root, storages));
  const out = new Bytes().raw(legacyHead()).raw(pickle);
  // torch sorts the keys, so storages do not stand in the order in which tensors name them.
  const keys = [...storages.keys()].sort();
  out.raw(writePickle(keys));
  for (const key of keys) {
    const storage = storages.get(key);
    if (storage !== undefined) out.u64(storage.elements).raw(storage.bytes);
  }
  return new Blob([out.bytes()]);
}

/** Magic number, protocol and the machine's record. */
export function legacyHead(): Uint8Array<ArrayBuffer> {
  const machine = new PyDict([
    ['protocol_version', 1001],
    ['little_endian', true],
    [
      'type_sizes',
      new PyDict([
        ['short', 2],
        ['int', 4],
        ['long', 4],
      ]),
    ],
  ]);
  return new Bytes().raw(writePickle(MAGIC)).raw(writePickle(1001)).raw(writePickle(machine)).bytes();
}

function described(tree: Tree, storages: Map<string, TestStorage>): Py {
  if (!isPlain(tree)) return tree;
  if (!isTensor(tree)) {
    return orderedDict(Object.entries(tree).map(([key, value]) => [key, described(value, storages)] as const));
  }
  const { storage, offset, shape, strides } = tree;
  storages.set(storage.key, storage);
  return new PyCall(
    new PyGlobal('torch._utils', '_rebuild_tensor_v2'),
    storageId(storage),
    offset,
    new PyTuple(...shape),
    new PyTuple(...strides),
    false,
    orderedDict([]),
  );
}

export const storageId = ({ type, key, elements }: Omit<TestStorage, 'bytes'>): Py =>
  new PyId(new PyTuple('storage', new PyGlobal('torch', `${type}Storage`), key, 'cpu', elements));

type Plain = TestTensor | { readonly [key: string]: Tree };

const isPlain = (tree: Tree): tree is Plain =>
  typeof tree === 'object' && tree !== null && Object.getPrototypeOf(tree) === Object.prototype;

const isTensor = (tree: Plain): tree is TestTensor => 'storage' in tree && 'strides' in tree;

function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
}
