import { ascii } from './bytes.ts';

/** TIFF 6.0's types of whole numbers. */
export const SHORT = 3;
export const LONG = 4;
const IFD = 13;
/** Bytes of one value of each TIFF type, 1 to 12 and 13 (IFD). */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Offset of the 12-byte entry and of its value (inline or elsewhere). */
  readonly at: number;
  readonly valueAt: number;
  readonly bytes: number;
}

export interface Directory {
  readonly at: number;
  readonly entries: readonly Entry[];
  /** Offset of the link to the next directory. */
  readonly nextAt: number;
}

/** Reads and patches the directories of a TIFF structure; nothing outside the block is ever reached. */
export class TiffView {
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
    return entry.type === LONG || entry.type === IFD ? this.long(entry.valueAt) : 0;
  }

  /** Sets a one-value integer entry; a value too large for SHORT turns the entry into LONG. */
  setInteger(entry: Entry | undefined, value: number): void {
    if (entry === undefined || !isSingle(entry)) return;
    if (entry.type === SHORT && value <= 0xffff) {
      this.view.setUint16(entry.valueAt, value, this.little);
      return;
    }
    this.view.setUint16(entry.at + 2, LONG, this.little);
    this.view.setUint32(entry.at + 8, value, this.little);
  }
}

/** One SHORT or LONG: what `setInteger` can set, and the only form in which browsers honour an orientation. */
export const isSingle = ({ count, type }: Entry): boolean => count === 1 && (type === SHORT || type === LONG);

export const byTag = (directory: Directory | null, tag: number): Entry | undefined =>
  directory?.entries.find((entry) => entry.tag === tag);

/** The block's view, or null when it is no (classic) TIFF structure. */
export function openBlock(exif: Uint8Array): TiffView | null {
  const mark = ascii(exif, 0, 2);
  if (exif.length < 14 || (mark !== 'II' && mark !== 'MM')) return null;
  const tiff = new TiffView(exif);
  return tiff.short(2) === 42 ? tiff : null;
}
