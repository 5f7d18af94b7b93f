import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contract/result.ts';
import { readCheckpoint } from './import.ts';
import { expectClear, refusal } from './testing/expectations.ts';
import { flatStateDict, seeded } from './testing/networks.ts';
import { dict, orderedDict, PyCall, PyGlobal, PyTuple, writePickle, type Py } from './testing/pickle-writer.ts';
import { expanded, floatStorage, legacyForm, legacyHead, storageId, tensor, zipForm } from './testing/torch-writer.ts';
import { Bytes, writeZip, type ZipFile } from './testing/zip-writer.ts';

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const read = (blob: Blob) => readCheckpoint(blob, 'hostile.pth');

const system = new PyCall(new PyGlobal('os', 'system'), 'touch owned');
const zipOf = (pickle: Uint8Array, ...files: readonly ZipFile[]): Blob =>
  new Blob([writeZip([{ name: 'a/data.pkl', bytes: pickle }, ...files])]);
const storedTensor = (elements: number): Py =>
  new PyCall(
    new PyGlobal('torch._utils', '_rebuild_tensor_v2'),
    storageId({ type: 'Float', key: '0', elements }),
    0,
    new PyTuple(64),
    new PyTuple(1),
    false,
    orderedDict([]),
  );
const whole = zipForm({ model: flatStateDict('mimo-unet') });
const old = legacyForm({ model: flatStateDict('mimo-unet') });

/** 200 MB of zeros packed into 0.2 MB, made once. */
const zeros = deflateSync(new Uint8Array(200 * 2 ** 20), { level: 1 });

const noise = Uint8Array.from(
  { length: 200_000 },
  (
    (next) => () =>
      next() * 256
  )(seeded(3)),
);

const FILES: readonly (readonly [string, ErrorCode, Blob])[] = [
  ['an empty file', 'bad-checkpoint', new Blob([])],
  ['one byte', 'bad-checkpoint', new Blob([Uint8Array.of(0x80)])],
  ['a text file', 'bad-checkpoint', new Blob(['Dear reader,\nthis is not a checkpoint.\n'])],
  ['a web page', 'bad-checkpoint', new Blob(['<!DOCTYPE html><title>Google Drive - Virus scan warning</title>'])],
  [
    'a Git LFS pointer',
    'bad-checkpoint',
    new Blob(['version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n']),
  ],
  ['random bytes', 'bad-checkpoint', new Blob([noise])],
  ['random bytes that begin like a zip', 'bad-checkpoint', new Blob([text('PK\x03\x04'), noise])],
  ['random bytes that begin like a pickle', 'bad-checkpoint', new Blob([Uint8Array.of(0x80, 2), noise])],
  ['os.system in a zip', 'unsafe-checkpoint', zipOf(writePickle(dict({ model: system })))],
  ['os.system in the older form', 'unsafe-checkpoint', new Blob([legacyHead(), writePickle(system)])],
  ['os.system in a bare pickle', 'unsafe-checkpoint', new Blob([writePickle(system)])],
  ['os.system in a text pickle', 'unsafe-checkpoint', new Blob(["cos\nsystem\n(S'true'\ntR."])],
  ['builtins.eval', 'unsafe-checkpoint', zipOf(writePickle(new PyCall(new PyGlobal('builtins', 'eval'), '1')))],
  [
    'a pickled module',
    'unsafe-checkpoint',
    zipOf(writePickle(new PyCall(new PyGlobal('models.MIMOUNet', 'MIMOUNet')))),
  ],
  ['a zip without its end', 'bad-checkpoint', whole.slice(0, whole.size - 40)],
  ['half a zip', 'bad-checkpoint', whole.slice(0, Math.floor(whole.size / 2))],
  ['a zip without its beginning', 'bad-checkpoint', new Blob([text('PK'), whole.slice(5000)])],
  ['half of the older form', 'bad-checkpoint', old.slice(0, Math.floor(old.size / 2))],
  ['the older form without its last byte', 'bad-checkpoint', old.slice(0, old.size - 1)],
  ['an empty zip', 'bad-checkpoint', new Blob([writeZip([])])],
  ['an encrypted zip', 'bad-checkpoint', new Blob([writeZip([{ name: 'a/data.pkl', bytes: text('x'), flags: 1 }])])],
  [
    'a zip packed by another method',
    'bad-checkpoint',
    new Blob([writeZip([{ name: 'a/data.pkl', bytes: text('x'), declaredMethod: 14 }])]),
  ],
  ['the same entry twice', 'bad-checkpoint', zipOf(writePickle(1), { name: 'a/data.pkl', bytes: writePickle(system) })],
  [
    '3 GB declared by a storage of a zip',
    'bad-checkpoint',
    zipOf(writePickle(dict({ w: storedTensor(750_000_000) })), { name: 'a/data/0', bytes: new Uint8Array(256) }),
  ],
  [
    '3 GB declared by a stored entry',
    'bad-checkpoint',
    zipOf(writePickle(dict({ w: storedTensor(64) })), {
      name: 'a/data/0',
      bytes: new Uint8Array(256),
      declaredSize: 3e9,
    }),
  ],
  [
    '3 GB declared by a deflated entry',
    'bad-checkpoint',
    zipOf(writePickle(dict({ w: storedTensor(64) })), {
      name: 'a/data/0',
      bytes: new Uint8Array(256),
      deflate: true,
      declaredSize: 3e9,
    }),
  ],
  [
    '3 GB declared by a storage of the older form',
    'bad-checkpoint',
    new Blob([
      legacyHead(),
      writePickle(dict({ w: storedTensor(750_000_000) })),
      writePickle(['0']),
      new Bytes().u64(750_000_000).raw(new Uint8Array(256)).bytes(),
    ]),
  ],
  [
    'a storage count that differs from the declared one',
    'bad-checkpoint',
    new Blob([
      legacyHead(),
      writePickle(dict({ w: storedTensor(64) })),
      writePickle(['0']),
      new Bytes()
        .u64(2 ** 40)
        .raw(new Uint8Array(256))
        .bytes(),
    ]),
  ],
  [
    'a storage that is not in the file',
    'bad-checkpoint',
    new Blob([legacyHead(), writePickle(dict({ w: storedTensor(64) })), writePickle([])]),
  ],
  [
    'a storage key that walks out of the archive',
    'bad-checkpoint',
    zipOf(writePickle(dict({ w: storedTensor(64) })), { name: 'a/data/../0', bytes: new Uint8Array(256) }),
  ],
  ['a header of 3 GB in safetensors', 'bad-checkpoint', new Blob([new Bytes().u64(3e9).raw(text('{"a":')).bytes()])],
  ['a bomb as the pickle', 'bad-checkpoint', bomb('a/data.pkl')],
  [
    'a tensor of 64 dimensions',
    'bad-checkpoint',
    zipForm({
      w: expanded(
        Array.from({ length: 64 }, () => 2),
        floatStorage([1]),
      ),
    }),
  ],
  ['another network', 'unknown-network', zipForm({ 'layer1.0.conv1.weight': tensor([1], [1]) })],
  ['a number', 'unknown-network', zipForm(5)],
];

/** A zip whose entry unpacks to 200 MB of zeros. */
function bomb(name: string): Blob {
  const zip = writeZip([{ name, bytes: zeros, declaredSize: 200 * 2 ** 20, declaredMethod: 8, declaredCrc: 0 }]);
  return new Blob([zip]);
}

describe('hostile and broken files', () => {
  it.each(FILES)('%s: %s in one sentence', async (_, code, blob) => {
    await refusal(() => read(blob), code);
  });

  it('refuses a bomb among the storages before unpacking it', async () => {
    const pickle = writePickle(dict({ w: storedTensor(64) }));
    const blob = zipOf(pickle, {
      name: 'a/data/0',
      bytes: zeros,
      declaredSize: 200 * 2 ** 20,
      declaredMethod: 8,
      declaredCrc: 0,
    });
    expect(await refusal(() => read(blob), 'bad-checkpoint')).toContain('210 MB');
  });

  it('stops unpacking where an entry has more than it declares', async () => {
    const blob = new Blob([
      writeZip([{ name: 'a/data.pkl', bytes: zeros, declaredSize: 100, declaredMethod: 8, declaredCrc: 0 }]),
    ]);
    await refusal(() => read(blob), 'bad-checkpoint');
  });

  it('reads dictionaries that contain themselves and each other, and nest without end', async () => {
    const nested = `\x80\x02${'}X\x01\0\0\0a'.repeat(50_000)}N${'s'.repeat(50_000)}.`;
    const deep = zipOf(Uint8Array.from(nested, (letter) => letter.charCodeAt(0)));
    await refusal(() => read(deep), 'unknown-network');
    const loop = Uint8Array.from([0x80, 2, 0x7d, 0x71, 0, 0x58, 1, 0, 0, 0, 0x61, 0x68, 0, 0x73, 0x2e]);
    await refusal(() => read(zipOf(loop)), 'unknown-network');
  });

  it('gives one sentence for every truncation of the head of a good file and for 300 seeded mutations', async () => {
    const next = seeded(11);
    for (let length = 0; length < 3000; length += 1) await refusal(() => read(old.slice(0, length)), 'bad-checkpoint');
    const archive = new Uint8Array(await whole.arrayBuffer());
    for (let i = 0; i < 300; i++) {
      const mutated = archive.slice();
      for (let flips = 0; flips < 4; flips++) {
        // Half of them in the zip's directory at the end, the rest anywhere.
        const at = next() < 0.5 ? mutated.length - 1 - Math.floor(next() * 500) : Math.floor(next() * mutated.length);
        mutated[at] = Math.floor(next() * 256);
      }
      await outcome(new Blob([mutated]));
    }
  });
});

/** Either it is read or it is refused in one sentence. */
async function outcome(blob: Blob): Promise<void> {
  try {
    await read(blob);
  } catch (error) {
    expectClear(error);
  }
}
