import { describe, expect, it } from 'vitest';
import { FileBytes } from './bytes.ts';
import { openCheckpoint } from './open.ts';
import { findStateDicts } from './state-dict.ts';
import { refusal } from './testing/expectations.ts';
import { Bytes } from './testing/zip-writer.ts';

const file = (header: unknown, data: Uint8Array = new Uint8Array(0)): Blob => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  return new Blob([new Bytes().u64(json.length).raw(json).raw(data).bytes()]);
};

const open = async (blob: Blob) => findStateDicts(await openCheckpoint(new FileBytes(blob)))[0]?.tensors;

describe('safetensors', () => {
  it('gives names, shapes and numbers of every float type', async () => {
    const data = new Bytes()
      .raw(new Uint8Array(Float32Array.of(1, 2).buffer))
      .raw(new Uint8Array(Uint16Array.of(0x3c00, 0x3f80).buffer))
      .raw(new Uint8Array(Float64Array.of(0.25).buffer));
    const tensors = await open(
      file(
        {
          __metadata__: { format: 'pt' },
          'module.a': { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] },
          'module.b': { dtype: 'F16', shape: [1], data_offsets: [8, 10] },
          'module.c': { dtype: 'BF16', shape: [1], data_offsets: [10, 12] },
          'module.d': { dtype: 'F64', shape: [], data_offsets: [12, 20] },
        },
        data.bytes(),
      ),
    );
    const read = async (name: string) => [...((await tensors?.get(name)?.read()) ?? [])];
    expect(tensors?.get('a')?.shape).toEqual([2, 1]);
    expect([await read('a'), await read('b'), await read('c'), await read('d')]).toEqual([[1, 2], [1], [1], [0.25]]);
  });

  it('is told by its brace, also where the length of its header spells a zip', async () => {
    const header = JSON.stringify({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }).padEnd(0x4b50);
    const tensors = await open(file(header, new Uint8Array(4)));
    expect(tensors?.get('a')?.shape).toEqual([1]);
  });

  it.each([
    ['a header that is no JSON', file('{"a": ')],
    [
      'a header that is no text',
      new Blob([
        new Bytes()
          .u64(3)
          .raw(Uint8Array.of(0x7b, 0xff, 0xfe))
          .bytes(),
      ]),
    ],
    ['a header of 3 GB', new Blob([new Bytes().u64(3e9).raw(new TextEncoder().encode('{"a":1}')).bytes()])],
    ['an unknown type', file({ a: { dtype: 'Q4', shape: [1], data_offsets: [0, 1] } }, new Uint8Array(1))],
    [
      'a type of the prototype',
      file({ a: { dtype: 'constructor', shape: [1], data_offsets: [0, 1] } }, new Uint8Array(1)),
    ],
    ['a tensor past the end', file({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, new Uint8Array(4))],
    [
      '3 GB of a tensor',
      file({ a: { dtype: 'F32', shape: [750_000_000], data_offsets: [0, 3_000_000_000] } }, new Uint8Array(4)),
    ],
    [
      'offsets that do not fit the shape',
      file({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, new Uint8Array(8)),
    ],
    [
      'offsets in reverse',
      file(
        {
          a: { dtype: 'F32', shape: [0], data_offsets: [8, 8] },
          b: { dtype: 'F32', shape: [1], data_offsets: [8, 4] },
        },
        new Uint8Array(8),
      ),
    ],
    ['a negative shape', file({ a: { dtype: 'F32', shape: [-1, -1], data_offsets: [0, 4] } }, new Uint8Array(4))],
    ['no offsets', file({ a: { dtype: 'F32', shape: [1] } }, new Uint8Array(4))],
    ['a tensor that is null', file({ a: null })],
    ['deep nesting', file(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
  ])('refuses %s', async (_, blob) => {
    await refusal(() => open(blob), 'bad-checkpoint');
  });
});
