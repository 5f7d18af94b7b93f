import type { FileBytes } from '../bytes.ts';
import { badCheckpoint, cutShort, printable } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { PickleEnd } from '../pickle/cursor.ts';
import { unpickle } from '../pickle/machine.ts';
import type { PickleValue } from '../pickle/values.ts';
import { readDirectory, type ZipEntry } from '../zip/directory.ts';
import { ZipReader } from '../zip/entry.ts';
import { TorchHost } from './storages.ts';

/**
 * Reads a checkpoint as torch.save writes it since PyTorch 1.6: a zip file with `<folder>/data.pkl`, one entry
 * `<folder>/data/<key>` per storage and, since 2.1, `<folder>/byteorder`. The folder may have any name or be missing.
 * @throws LimpidError `bad-checkpoint` or `unsafe-checkpoint`
 */
export async function readZipForm(file: FileBytes): Promise<PickleValue> {
  const entries = await readDirectory(file);
  const pickle = findPickle(entries);
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  if (entries.has(`${folder}constants.pkl`)) {
    throw badCheckpoint(
      'This file is a TorchScript program, not a checkpoint: save the state dict with torch.save instead.',
    );
  }
  if (pickle.size > LIMITS.headerBytes)
    throw badCheckpoint(
      'This checkpoint declares a far larger header than any of the five networks needs, so it is refused.',
    );
  const zip = new ZipReader(file);
  const host = new TorchHost();
  const root = parse(await zip.open(pickle).read(0, pickle.size), host);
  const littleEndian = await isLittleEndian(zip, entries.get(`${folder}byteorder`));
  for (const storage of host.storages.values()) {
    const entry = entries.get(`${folder}data/${storage.key}`);
    if (entry === undefined || entry.size < storage.bytes) {
      throw cutShort(
        `storage ${printable(storage.key)} declares ${storage.bytes} bytes, the file has ${entry?.size ?? 'none'}`,
      );
    }
    storage.located = { bytes: zip.open(entry), littleEndian };
  }
  return root;
}

function parse(bytes: Uint8Array, host: TorchHost): PickleValue {
  try {
    return unpickle(bytes, host).value;
  } catch (error) {
    throw error instanceof PickleEnd ? cutShort(`data.pkl: ${error.message}`) : error;
  }
}

/** The outermost data.pkl. */
function findPickle(entries: ReadonlyMap<string, ZipEntry>): ZipEntry {
  const found = [...entries.values()]
    .filter(({ name }) => name === 'data.pkl' || name.endsWith('/data.pkl'))
    .sort((a, b) => a.name.split('/').length - b.name.split('/').length)[0];
  if (found !== undefined) return found;
  const inside = [...entries.keys()].find((name) => /\.(?:pth|pt|pkl|safetensors)$/i.test(name));
  throw badCheckpoint(
    inside === undefined
      ? 'This zip file is no PyTorch checkpoint: it has no data.pkl.'
      : `This zip file holds the file "${printable(inside)}": unpack it and use that one.`,
  );
}

async function isLittleEndian(zip: ZipReader, entry: ZipEntry | undefined): Promise<boolean> {
  // Files from before PyTorch 2.1 do not say; they were written on little-endian machines.
  if (entry === undefined) return true;
  const text = entry.size > 16 ? '' : new TextDecoder().decode(await zip.open(entry).read(0, entry.size)).trim();
  if (text !== 'little' && text !== 'big')
    throw badCheckpoint('This checkpoint is damaged: its byte order is neither little nor big.');
  return text === 'little';
}
