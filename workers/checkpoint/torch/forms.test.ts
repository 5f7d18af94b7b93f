import { describe, expect, it } from 'vitest';
import { FileBytes } from '../bytes.ts';
import { openCheckpoint } from '../open.ts';
import { findStateDicts } from '../state-dict.ts';
import type { StoredTensor } from '../tensor.ts';
import { refusal } from '../testing/expectations.ts';
import { dict, orderedDict, PyBuild, PyCall, PyGlobal, PyId, PyTuple, writePickle } from '../testing/pickle-writer.ts';
import {
  expanded,
  floatStorage,
  legacyForm,
  legacyHead,
  rawStorage,
  storageId,
  tensor,
  view,
  zipForm,
  type Tree,
} from '../testing/torch-writer.ts';
import { Bytes, writeZip } from '../testing/zip-writer.ts';

async function tensorsOf(file: Blob): Promise<ReadonlyMap<string, StoredTensor>> {
  return findStateDicts(await openCheckpoint(new FileBytes(file)))[0]?.tensors ?? new Map();
}

async function read(file: Blob, name: string): Promise<number[]> {
  return [...((await (await tensorsOf(file)).get(name)?.read()) ?? [])];
}

const content: Tree = { a: tensor([2, 3], [1, 2, 3, 4, 5, 6]), b: tensor([], [7]), c: tensor([0, 4], []), n: 5 };

const FORMS: readonly (readonly [string, (root: Tree) => Blob])[] = [
  ['zip, stored', (root) => zipForm(root)],
  ['zip, deflated', (root) => zipForm(root, { deflate: true })],
  ['zip, ZIP64', (root) => zipForm(root, { zip64: true })],
  [
    'zip, ZIP64 deflated with a comment',
    (root) => zipForm(root, { zip64: true, deflate: true, comment: 'made by a test' }),
  ],
  ['zip, nested folder with spaces', (root) => zipForm(root, { folder: 'my run (2)/best model/' })],
  ['zip, no folder', (root) => zipForm(root, { folder: '' })],
  [
    'zip, beside other entries',
    (root) => zipForm(root, { extra: [{ name: '__MACOSX/archive/._data.pkl', bytes: new Uint8Array(9) }] }),
  ],
  ['before PyTorch 1.6', legacyForm],
];

describe.each(FORMS)('%s', (_, write) => {
  it('gives names, shapes and numbers', async () => {
    const tensors = await tensorsOf(write(content));
    expect([...tensors].map(([name, { shape, dtype }]) => [name, shape, dtype])).toEqual([
      ['a', [2, 3], 'float32'],
      ['b', [], 'float32'],
      ['c', [0, 4], 'float32'],
    ]);
    expect([...((await tensors.get('a')?.read()) ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...((await tensors.get('b')?.read()) ?? [])]).toEqual([7]);
    expect(await tensors.get('c')?.read()).toHaveLength(0);
  });

  it('honours offsets and strides in shared storages', async () => {
    const storage = floatStorage([0, 1, 2, 3, 4, 5, 6, 7]);
    const file = write({
      tail: view(storage, 5, [3], [1]),
      transposed: view(storage, 1, [3, 2], [1, 3]),
      everyThird: view(storage, 1, [3], [3]),
      expanded: expanded([2, 2], storage),
      oneRow: view(storage, 2, [1, 3], [99, 1]),
    });
    expect(await read(file, 'tail')).toEqual([5, 6, 7]);
    expect(await read(file, 'transposed')).toEqual([1, 4, 2, 5, 3, 6]);
    expect(await read(file, 'everyThird')).toEqual([1, 4, 7]);
    expect(await read(file, 'expanded')).toEqual([0, 0, 0, 0]);
    expect(await read(file, 'oneRow')).toEqual([2, 3, 4]);
  });

  it('reads half, bfloat16 and double precision', async () => {
    const file = write({
      half: view(rawStorage('Half', 2, new Uint8Array(Uint16Array.of(0x3c00, 0xc000).buffer)), 0, [2], [1]),
      brain: view(rawStorage('BFloat16', 2, new Uint8Array(Uint16Array.of(0x3f80, 0xc040).buffer)), 1, [1], [1]),
      double: view(rawStorage('Double', 2, new Uint8Array(Float64Array.of(0.5, 1e-3).buffer)), 0, [2], [1]),
    });
    expect(await read(file, 'half')).toEqual([1, -2]);
    expect(await read(file, 'brain')).toEqual([-3]);
    expect(await read(file, 'double')).toEqual([0.5, Math.fround(1e-3)]);
  });

  it('refuses a tensor that reaches past its storage, and integers as weights', async () => {
    const file = write({
      past: view(floatStorage([1, 2]), 1, [2], [1]),
      strided: view(floatStorage([1, 2]), 0, [2, 2], [2, 1]),
      steps: view(rawStorage('Long', 1, new Uint8Array(8)), 0, [1], [1]),
      huge: expanded([2 ** 30, 2 ** 22], floatStorage([1])),
    });
    for (const name of ['past', 'strided', 'steps', 'huge']) await refusal(() => read(file, name), 'bad-checkpoint');
  });

  it('passes over what training loops store beside weights', async () => {
    const scalar = new PyCall(
      new PyGlobal('numpy.core.multiarray', 'scalar'),
      new PyBuild(new PyCall(new PyGlobal('numpy', 'dtype'), 'f8', false, true), new PyTuple(3, '<', null)),
      new PyCall(new PyGlobal('_codecs', 'encode'), 'abc', 'latin1'),
    );
    const file = write({
      best: scalar,
      scheduler: { milestones: new PyCall(new PyGlobal('collections', 'Counter'), dict({ x: 1 })) },
      device: new PyCall(new PyGlobal('torch', 'device'), 'cuda', 0),
      dtype: new PyGlobal('torch', 'float32'),
      seen: new PyCall(new PyGlobal('__builtin__', 'set'), [1, 2]),
      shape: new PyCall(new PyGlobal('torch', 'Size'), new PyTuple(3, 4)),
      sd: { a: tensor([1], [9]) },
    });
    expect(await read(file, 'a')).toEqual([9]);
  });

  it('reads parameters, tensors with attributes, and state dicts with metadata', async () => {
    const storage = floatStorage([3, 4]);
    const rebuilt = (name: string, ...args: Parameters<typeof call>[1]) =>
      call(new PyGlobal('torch._utils', name), args);
    // Registers the storage with the writer, which then stores it.
    const registered = view(storage, 0, [2], [1]);
    const plain = rebuilt('_rebuild_tensor', storageId(storage), 0, new PyTuple(2), new PyTuple(1));
    const subclass = call(new PyGlobal('torch._tensor', '_rebuild_from_type_v2'), [
      new PyGlobal('torch._utils', '_rebuild_tensor_v2'),
      new PyGlobal('torch.nn.parameter', 'Parameter'),
      new PyTuple(storageId(storage), 1, new PyTuple(1), new PyTuple(1), false, orderedDict([])),
      dict({ tag: 'x' }),
    ]);
    const version3 = rebuilt(
      '_rebuild_tensor_v3',
      storageId(storage),
      1,
      new PyTuple(1),
      new PyTuple(1),
      false,
      null,
      new PyGlobal('torch', 'float32'),
      null,
    );
    const file = write({
      registered,
      parameter: rebuilt('_rebuild_parameter', plain, true, orderedDict([])),
      subclass,
      version3,
    });
    expect(await read(file, 'parameter')).toEqual([3, 4]);
    expect(await read(file, 'subclass')).toEqual([4]);
    expect(await read(file, 'version3')).toEqual([4]);
  });
});

const call = (
  callee: PyGlobal,
  args: ConstructorParameters<typeof PyCall> extends [PyGlobal, ...infer Rest] ? Rest : never,
) => new PyCall(callee, ...args);

describe('zip form', () => {
  it('reads big-endian storages', async () => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat32(0, 1.5, false);
    new DataView(bytes.buffer).setFloat32(4, -2, false);
    const big: Tree = { a: view(rawStorage('Float', 2, bytes), 0, [2], [1]) };
    expect(await read(zipForm(big, { byteorder: 'big' }), 'a')).toEqual([1.5, -2]);
    expect(await read(zipForm({ a: tensor([1], [1.5]) }, { byteorder: 'little' }), 'a')).toEqual([1.5]);
    await refusal(() => read(zipForm(big, { byteorder: 'middle' }), 'a'), 'bad-checkpoint');
  });

  it('notices a flipped bit by the checksum, and accepts files that PyTorch wrote without one', async () => {
    const pickle = writePickle(
      orderedDict([
        [
          'a',
          call(new PyGlobal('torch._utils', '_rebuild_tensor_v2'), [
            storageId({ type: 'Float', key: '0', elements: 1 }),
            0,
            new PyTuple(1),
            new PyTuple(1),
            false,
            orderedDict([]),
          ]),
        ],
      ]),
    );
    const file = (declaredCrc: number): Blob =>
      new Blob([
        writeZip([
          { name: 'x/data.pkl', bytes: pickle },
          { name: 'x/data/0', bytes: new Uint8Array(Float32Array.of(2).buffer), declaredCrc },
        ]),
      ]);
    expect(await read(file(0), 'a')).toEqual([2]);
    expect(await refusal(() => read(file(123), 'a'), 'bad-checkpoint')).toContain('checksum');
  });

  it('names a checkpoint inside a zip, and a TorchScript program', async () => {
    const inside = new Blob([writeZip([{ name: 'weights/MIMO-UNet.pkl', bytes: new Uint8Array(9) }])]);
    expect(await refusal(() => tensorsOf(inside), 'bad-checkpoint')).toContain('MIMO-UNet.pkl');
    const script = zipForm(content, { extra: [{ name: 'archive/constants.pkl', bytes: new Uint8Array(1) }] });
    expect(await refusal(() => tensorsOf(script), 'bad-checkpoint')).toContain('TorchScript');
    const other = new Blob([writeZip([{ name: 'word/document.xml', bytes: new Uint8Array(9) }])]);
    expect(await refusal(() => tensorsOf(other), 'bad-checkpoint')).toContain('data.pkl');
  });
});

describe('older form', () => {
  it('reads what Python 2 wrote from a GPU', async () => {
    const storage = new PyId(
      new PyTuple('storage', new PyGlobal('torch.cuda', 'HalfStorage'), '94', 'cuda:1', 2, null),
    );
    const a = call(new PyGlobal('torch._utils', '_rebuild_tensor_v2'), [
      storage,
      0,
      new PyTuple(2),
      new PyTuple(1),
      false,
      call(new PyGlobal('collections', 'OrderedDict'), []),
    ]);
    const root = dict({ model: call(new PyGlobal('collections', 'OrderedDict'), [[['a', a]]]) });
    const file = new Bytes()
      .raw(legacyHead())
      .raw(writePickle(root))
      .raw(writePickle(['94']))
      .u64(2)
      .u16(0x3c00)
      .u16(0x4000);
    expect(await read(new Blob([file.bytes()]), 'a')).toEqual([1, 2]);
  });

  it('reads views of storages as PyTorch 0.3 wrote them', async () => {
    const base = new PyTuple('storage', new PyGlobal('torch', 'FloatStorage'), 'root', 'cuda:0', 4);
    const view03 = new PyId(new PyTuple(...base.items, new PyTuple('view', 2, 2)));
    const root = orderedDict([
      ['a', call(new PyGlobal('torch._utils', '_rebuild_tensor'), [view03, 0, new PyTuple(2), new PyTuple(1)])],
    ]);
    const file = new Bytes()
      .raw(legacyHead())
      .raw(writePickle(root))
      .raw(writePickle(['root']))
      .u64(4);
    file.raw(new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
    expect(await read(new Blob([file.bytes()]), 'a')).toEqual([3, 4]);
  });

  it('indexes storages without reading them', async () => {
    const optimiser = floatStorage(new Float32Array(500_000));
    const file = legacyForm({
      optimizer: { state: view(optimiser, 0, [500_000], [1]) },
      sd: { a: tensor([2], [1, 2]) },
    });
    let bytes = 0;
    const counted = {
      size: file.size,
      slice: (start: number, end: number) => {
        bytes += end - start;
        return file.slice(start, end);
      },
    };
    const root = await openCheckpoint(new FileBytes(counted as unknown as Blob));
    const sd = findStateDicts(root).find(({ path }) => path[0] === 'sd');
    expect([...((await sd?.tensors.get('a')?.read()) ?? [])]).toEqual([1, 2]);
    // The head is looked at once as text and once as pickles (1 MB), then 8 bytes a storage.
    expect(bytes).toBeLessThan(1.1 * 2 ** 20);
    expect(file.size).toBeGreaterThan(2_000_000);
  });

  it('compares the count in the file before a storage is used', async () => {
    const file = new Uint8Array(await legacyForm({ a: tensor([2], [1, 2]), b: tensor([2], [3, 4]) }).arrayBuffer());
    // The file ends with two counts of 8 bytes and two times two elements of 4; the first count is falsified.
    file[file.length - 32] = 3;
    const tensors = [...(await tensorsOf(new Blob([file]))).values()];
    const results = await Promise.allSettled(tensors.map((one) => one.read()));
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    file[file.length - 16] = 3;
    await refusal(() => tensorsOf(new Blob([file])), 'bad-checkpoint');
  });

  it('finds pickles longer than the first look', async () => {
    const long = 'x'.repeat(1_500_000);
    expect(await read(legacyForm({ note: long, sd: { a: tensor([1], [5]) } }), 'a')).toEqual([5]);
  });
});
