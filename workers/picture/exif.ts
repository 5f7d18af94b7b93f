import { ascii } from './bytes.ts';

/**
 * EXIF as it is embedded: a small TIFF structure (EXIF 3.0, 4.5; TIFF 6.0, section 2). It is patched in place, never
 * rebuilt: makers' notes hold offsets from its start that a rebuilt block would break.
 */
export interface ExifSummary {
  /** 1 to 8; 1 when absent or out of range. */
  readonly orientation: number;
  readonly hasLocation: boolean;
  readonly littleEndian: boolean;
}

const TAG = {
  width: 0x0100,
  height: 0x0101,
  orientation: 0x0112,
  thumbnailOffset: 0x0201,
  thumbnailLength: 0x0202,
  exif: 0x8769,
  gps: 0x8825,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
} as const;

const SHORT = 3;
const LONG = 4;
/** Bytes of one value of each TIFF type, 1 to 12 and 13 (IFD). */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Offset of the 12-byte entry and of its value (inline or elsewhere). */
  readonly at: number;
  readonly valueAt: number;
  readonly bytes: number;
}

interface Directory {
  readonly at: number;
  readonly entries: readonly Entry[];
  /** Offset of the link to the next directory. */
  readonly nextAt: number;
}

class TiffView {
  readonly view: DataView;
  readonly little: boolean;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = bytes[0] === 0x49;
  }

  short(at: number): number {
    return at + 2 <= this.bytes.length ? this.view.getUint16(at, this.little) : 0;
  }

  long(at: number): number {
    return at + 4 <= this.bytes.length ? this.view.getUint32(at, this.little) : 0;
  }

  /** The directory at `at`; entries that reach outside the block are left out. */
  directory(at: number): Directory | null {
    if (at < 8 || at + 2 > this.bytes.length) return null;
    const count = this.short(at);
    const nextAt = at + 2 + count * 12;
    if (nextAt > this.bytes.length) return null;
    const entries: Entry[] = [];
    for (let index = 0; index < count; index += 1) {
      const entryAt = at + 2 + index * 12;
      const type = this.short(entryAt + 2);
      const values = this.long(entryAt + 4);
      const bytes = (TYPE_BYTES[type] ?? 0) * values;
      const valueAt = bytes <= 4 ? entryAt + 8 : this.long(entryAt + 8);
      if (valueAt + bytes > this.bytes.length) continue;
      entries.push({ tag: this.short(entryAt), type, count: values, at: entryAt, valueAt, bytes });
    }
    return { at, entries, nextAt };
  }

  /** The first integer of an entry; 0 for other types. */
  integer(entry: Entry | undefined): number {
    if (entry === undefined) return 0;
    if (entry.type === SHORT) return this.short(entry.valueAt);
    return entry.type === LONG || entry.type === 13 ? this.long(entry.valueAt) : 0;
  }

  /** Sets a one-value integer entry; a value too large for SHORT turns the entry into LONG. */
  setInteger(entry: Entry | undefined, value: number): void {
    if (entry === undefined || entry.count !== 1 || (entry.type !== SHORT && entry.type !== LONG)) return;
    if (entry.type === SHORT && value <= 0xffff) {
      this.view.setUint16(entry.valueAt, value, this.little);
      return;
    }
    this.view.setUint16(entry.at + 2, LONG, this.little);
    this.view.setUint32(entry.at + 8, value, this.little);
  }
}

const byTag = (directory: Directory | null, tag: number): Entry | undefined =>
  directory?.entries.find((entry) => entry.tag === tag);

function open(exif: Uint8Array): TiffView | null {
  const mark = ascii(exif, 0, 2);
  if (exif.length < 14 || (mark !== 'II' && mark !== 'MM')) return null;
  const tiff = new TiffView(exif);
  return tiff.short(2) === 42 ? tiff : null;
}

/** Orientation and whether a position is recorded; a block that is no TIFF structure says neither. */
export function readExif(exif: Uint8Array): ExifSummary {
  const tiff = open(exif);
  if (tiff === null) return { orientation: 1, hasLocation: false, littleEndian: true };
  const main = tiff.directory(tiff.long(4));
  const orientation = tiff.integer(byTag(main, TAG.orientation));
  const gps = tiff.directory(tiff.integer(byTag(main, TAG.gps)));
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    // Tag 0 is the block's version alone; latitude, longitude and the rest begin at 1.
    hasLocation: gps !== null && gps.entries.some((entry) => entry.tag > 0),
    littleEndian: tiff.little,
  };
}

/** Offset of the orientation's value inside the block, for patching a file in place; null when there is none. */
export function withoutOrientation(exif: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = exif.slice();
  const tiff = open(copy);
  if (tiff !== null) tiff.setInteger(byTag(tiff.directory(tiff.long(4)), TAG.orientation), 1);
  return copy;
}

export interface ExifChanges {
  /** The written picture's size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly keepLocation: boolean;
}

/**
 * The block for the restored picture: orientation 1 (it is applied to the pixels), pixel dimensions of the output, the
 * old thumbnail removed (it shows the unrestored picture), the position overwritten with zeros unless asked for.
 * Null when the block is no TIFF structure.
 */
export function rewriteExif(exif: Uint8Array, changes: ExifChanges): Uint8Array<ArrayBuffer> | null {
  const copy = exif.slice();
  const tiff = open(copy);
  if (tiff === null) return null;
  const main = tiff.directory(tiff.long(4));
  if (main === null) return null;
  tiff.setInteger(byTag(main, TAG.orientation), 1);
  tiff.setInteger(byTag(main, TAG.width), changes.width);
  tiff.setInteger(byTag(main, TAG.height), changes.height);
  const details = tiff.directory(tiff.integer(byTag(main, TAG.exif)));
  tiff.setInteger(byTag(details, TAG.pixelWidth), changes.width);
  tiff.setInteger(byTag(details, TAG.pixelHeight), changes.height);
  const kept = dropThumbnail(tiff, main);
  if (!changes.keepLocation) dropLocation(tiff, main);
  return copy.slice(0, kept);
}

/** Unlinks the thumbnail's directory and returns how many bytes of the block are still needed. */
function dropThumbnail(tiff: TiffView, main: Directory): number {
  const { bytes } = tiff;
  const thumbnail = tiff.directory(tiff.long(main.nextAt));
  if (main.nextAt + 4 <= bytes.length) tiff.view.setUint32(main.nextAt, 0, tiff.little);
  if (thumbnail === null) return bytes.length;
  const start = tiff.integer(byTag(thumbnail, TAG.thumbnailOffset));
  const length = tiff.integer(byTag(thumbnail, TAG.thumbnailLength));
  if (start < 8 || length === 0 || start + length > bytes.length) return bytes.length;
  bytes.fill(0, start, start + length);
  // Usually it stands last; two bytes of slack for padding.
  return start + length >= bytes.length - 2 ? start : bytes.length;
}

/** Overwrites the position and takes its entry out of the main directory. */
function dropLocation(tiff: TiffView, main: Directory): void {
  const pointer = byTag(main, TAG.gps);
  if (pointer === undefined) return;
  const { bytes } = tiff;
  const gps = tiff.directory(tiff.integer(pointer));
  for (const entry of gps?.entries ?? []) bytes.fill(0, entry.valueAt, entry.valueAt + entry.bytes);
  if (gps !== null) bytes.fill(0, gps.at, gps.nextAt);
  // Later entries and the link to the next directory move up by one entry; the directory shrinks by one.
  bytes.copyWithin(pointer.at, pointer.at + 12, Math.min(main.nextAt + 4, bytes.length));
  tiff.view.setUint16(main.at, tiff.short(main.at) - 1, tiff.little);
}
