import { SubRange, type ByteRange, type FileBytes } from '../bytes.ts';
import { badCheckpoint, cutShort, printable } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { PickleEnd } from '../pickle/cursor.ts';
import { unpickle } from '../pickle/machine.ts';
import type { PickleValue } from '../pickle/values.ts';
import { TorchHost } from './storages.ts';
import type { StorageRef } from './values.ts';

/** torch/serialization.py, MAGIC_NUMBER and PROTOCOL_VERSION. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** Bytes looked at first; the pickled part of rdn-liif.pth with its optimiser state is about 0.2 MB. */
const FIRST_WINDOW = 2 ** 20;

/**
 * Reads a checkpoint as torch.save wrote it before PyTorch 1.6 (and does with _use_new_zipfile_serialization=False):
 * five pickles (magic number, protocol, machine, the object, the storages' keys) and then each storage as an
 * int64 element count and its raw elements. Storages are indexed and not read.
 * @throws LimpidError `bad-checkpoint` or `unsafe-checkpoint`
 */
export async function readLegacyForm(file: FileBytes): Promise<PickleValue> {
  const { host, root, keys, end } = await readPickles(file);
  let position = end;
  let last: CountedStorage | null = null;
  for (const key of keys) {
    const storage = host.storages.get(key);
    if (storage === undefined) throw cutShort(`storage ${printable(key)} is listed but never used`);
    last = new CountedStorage(file, position, storage);
    // The data is little-endian on every machine (torch/csrc/serialization.cpp converts), whatever the machine record says.
    storage.located = { bytes: last, littleEndian: true };
    position += COUNT_BYTES + storage.bytes;
  }
  for (const storage of host.storages.values()) {
    if (storage.located === null) throw cutShort(`storage ${printable(storage.key)} is missing`);
  }
  await last?.checkCount();
  return root;
}

const COUNT_BYTES = 8;

/**
 * One storage: its element count and its elements. Where it stands follows from the sizes that the pickle declares, so
 * that nothing is read for optimiser state; the count in the file is compared when the storage is first read.
 */
class CountedStorage implements ByteRange {
  readonly size: number;
  private readonly data: SubRange;
  private checked = false;

  /** @throws LimpidError `bad-checkpoint` when the file ends before the storage */
  constructor(
    private readonly file: FileBytes,
    private readonly position: number,
    private readonly storage: StorageRef,
  ) {
    this.size = storage.bytes;
    this.data = new SubRange(file, position + COUNT_BYTES, storage.bytes);
  }

  async checkCount(): Promise<void> {
    if (this.checked) return;
    const { key, bytes, elementBytes } = this.storage;
    const header = await this.file.read(this.position, this.position + COUNT_BYTES);
    const count = new DataView(header.buffer).getBigInt64(0, true);
    if (count * BigInt(elementBytes) !== BigInt(bytes)) {
      throw cutShort(`storage ${printable(key)} has ${count} elements and declares ${bytes} bytes`);
    }
    this.checked = true;
  }

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const [bytes] = await Promise.all([this.data.read(start, end), this.checkCount()]);
    return bytes;
  }
}

interface Pickles {
  readonly host: TorchHost;
  readonly root: PickleValue;
  readonly keys: readonly string[];
  readonly end: number;
}

/** The pickles' length is not written anywhere: a larger part of the file is looked at until they end inside it. */
async function readPickles(file: FileBytes): Promise<Pickles> {
  for (let window = FIRST_WINDOW; ; window *= 4) {
    const length = Math.min(window, file.size, LIMITS.headerBytes);
    const bytes = await file.read(0, length);
    try {
      return parse(bytes);
    } catch (error) {
      if (!(error instanceof PickleEnd)) throw error;
      if (length === file.size) throw cutShort(error.message);
      if (length === LIMITS.headerBytes) {
        throw badCheckpoint(
          'This checkpoint has a far larger header than any of the five networks needs, so it is refused.',
        );
      }
    }
  }
}

function parse(bytes: Uint8Array): Pickles {
  const host = new TorchHost();
  const magic = unpickle(bytes, host);
  if (magic.value !== MAGIC) {
    throw badCheckpoint('This file is a Python pickle, but not one that torch.save wrote.');
  }
  const protocol = unpickle(bytes, host, magic.end);
  if (protocol.value !== PROTOCOL) throw badCheckpoint('This checkpoint has an unknown PyTorch file version.');
  const machine = unpickle(bytes, host, protocol.end);
  const root = unpickle(bytes, host, machine.end);
  const keys = unpickle(bytes, host, root.end);
  if (!Array.isArray(keys.value) || !keys.value.every((key) => typeof key === 'string')) {
    throw cutShort('the list of storages');
  }
  return { host, root: root.value, keys: keys.value, end: keys.end };
}
