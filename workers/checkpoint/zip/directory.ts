import type { ByteRange } from '../bytes.ts';
import { badCheckpoint, bytesText, cutShort } from '../errors.ts';
import { DEFLATE_MAX_RATIO, LIMITS } from '../limits.ts';

/** One entry as the central directory describes it (APPNOTE.TXT 4.3.12). */
export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  /** CRC-32 of the unpacked bytes; 0 where PyTorch was told not to compute it. */
  readonly crc32: number;
  /** Bytes in the file, and unpacked. */
  readonly packed: number;
  readonly size: number;
  /** Offset of the local header. */
  readonly header: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const END64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const MAX_COMMENT = 0xffff;

/**
 * Lists a zip file's entries from its central directory, ZIP64 included. Sizes are checked against the file, so that
 * nothing is allocated on a header's word alone.
 * @throws LimpidError `bad-checkpoint`
 */
export async function readDirectory(file: ByteRange): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, size, entries } = await findDirectory(file);
  if (size > LIMITS.headerBytes || entries > LIMITS.zipEntries) {
    throw badCheckpoint(
      'This zip file lists far more entries than a checkpoint has, so it is refused.',
      `${entries} entries`,
    );
  }
  if (offset + size > file.size || entries * CENTRAL_BYTES > size) throw cutShort('the zip directory');
  const bytes = await file.read(offset, offset + size);
  const list = new Map<string, ZipEntry>();
  let position = 0;
  for (let i = 0; i < entries; i++) {
    const { entry, next } = parseEntry(bytes, position, file.size);
    if (list.has(entry.name))
      throw badCheckpoint('This zip file lists the same entry twice, so it is refused.', entry.name);
    list.set(entry.name, entry);
    position = next;
  }
  return list;
}

interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

async function findDirectory(file: ByteRange): Promise<Directory> {
  const start = Math.max(0, file.size - END_BYTES - MAX_COMMENT);
  const tail = await file.read(start, file.size);
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END || at + END_BYTES + view.getUint16(at + 20, true) !== tail.length) continue;
    const plain = {
      entries: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    return (await findDirectory64(file, start + at)) ?? plain;
  }
  throw cutShort('the end of the zip file is missing');
}

/** The ZIP64 record stands before a locator of 20 bytes right before the plain end record, if there is one. */
async function findDirectory64(file: ByteRange, end: number): Promise<Directory | null> {
  if (end < 20) return null;
  const locator = viewOf(await file.read(end - 20, end));
  if (locator.getUint32(0, true) !== END64_LOCATOR) return null;
  const at = count64(locator, 8);
  const record = viewOf(await file.read(at, at + 56));
  if (record.getUint32(0, true) !== END64) throw cutShort('the ZIP64 record');
  return { entries: count64(record, 32), size: count64(record, 40), offset: count64(record, 48) };
}

function parseEntry(bytes: Uint8Array, at: number, fileSize: number): { entry: ZipEntry; next: number } {
  const view = viewOf(bytes);
  if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL)
    throw cutShort('a zip directory entry');
  const nameEnd = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > bytes.length) throw cutShort('a zip directory entry');
  const name = new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, nameEnd));
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  if ((flags & 1) !== 0) throw badCheckpoint('This zip file is encrypted: Limpid cannot read it.');
  if (method !== 0 && method !== 8) {
    throw badCheckpoint(
      'This zip file is packed by a method that Limpid does not read (only stored and deflated).',
      `method ${method}`,
    );
  }
  const fields = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    header: view.getUint32(at + 42, true),
  };
  const wide = widened(fields, view, nameEnd, extraEnd);
  const entry: ZipEntry = {
    name,
    method: method === 0 ? 'stored' : 'deflated',
    crc32: view.getUint32(at + 16, true),
    ...wide,
  };
  checkSizes(entry, fileSize);
  return { entry, next };
}

type Fields = Pick<ZipEntry, 'size' | 'packed' | 'header'>;

/** Fields of 0xffffffff stand in the ZIP64 extra field instead, in this order (APPNOTE.TXT 4.5.3). */
function widened(fields: Fields, view: DataView, start: number, end: number): Fields {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const limit = Math.min(end, next + view.getUint16(at + 2, true));
    const wide = (value: number): number => {
      if (value !== 0xffffffff) return value;
      if (next + 8 > limit) throw cutShort('a ZIP64 field');
      next += 8;
      return count64(view, next - 8);
    };
    return { size: wide(fields.size), packed: wide(fields.packed), header: wide(fields.header) };
  }
  return fields;
}

function checkSizes(entry: ZipEntry, fileSize: number): void {
  if (entry.header + entry.packed > fileSize) throw cutShort(`the entry ${entry.name}`);
  if (entry.method === 'stored' && entry.packed !== entry.size) throw cutShort(`the entry ${entry.name}`);
  const impossible = entry.size > DEFLATE_MAX_RATIO * (entry.packed + 1);
  // Trained weights hardly shrink at all; what unpacks a hundredfold to this size is a trap for the memory.
  const bomb = entry.size > LIMITS.inflatedEntry && entry.size > 100 * entry.packed;
  if (entry.method === 'deflated' && (impossible || bomb)) {
    throw badCheckpoint(
      `This zip file would unpack from ${bytesText(entry.packed)} to ${bytesText(entry.size)}, as no checkpoint does, so it is refused.`,
      entry.name,
    );
  }
}

function count64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw cutShort('a 64-bit size');
  return Number(value);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
