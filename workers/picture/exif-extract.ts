import { concat } from './bytes.ts';
import { byTag, LONG, openBlock, type Directory, type TiffView } from './tiff-view.ts';

const EXIF = 0x8769;
const GPS = 0x8825;
/** What a TIFF's own directory says about the photo rather than about its pixels' layout (EXIF 3.0, table 3). */
const KEPT = [0x010e, 0x010f, 0x0110, 0x011a, 0x011b, 0x0128, 0x0131, 0x0132, 0x013b, 0x8298];
/** Makers' notes and interoperability hold offsets that do not survive a move. */
const DROPPED = [0x927c, 0xa005];

interface Value {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly data: Uint8Array;
}

/**
 * An EXIF block made from a TIFF file: description, camera, date, author and rights of its first directory, with its EXIF
 * and GPS directories. In a TIFF these stand among the pixels, so they are copied out, up to 64 kB and 300 values. Null when
 * there is nothing to keep.
 */
export function extractExif(tiffFile: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const tiff = openBlock(tiffFile);
  const main = tiff?.directory(tiff.long(4)) ?? null;
  if (tiff === null || main === null) return null;
  const room: Room = { values: MOST_VALUES, bytes: LARGEST_TOTAL };
  const own = valuesOf(tiff, main, (tag) => KEPT.includes(tag), room);
  const sub = (tag: number): Value[] => {
    const directory = tiff.directory(tiff.integer(byTag(main, tag)));
    return directory === null ? [] : valuesOf(tiff, directory, (entry) => !DROPPED.includes(entry), room);
  };
  const exif = sub(EXIF);
  const gps = sub(GPS);
  return own.length + exif.length + gps.length === 0
    ? null
    : serialise(tiff.little, own, [
        [EXIF, exif],
        [GPS, gps],
      ]);
}

/** One value longer than this is no description of a photo; nor are more values or bytes than these in all. */
const LARGEST_VALUE = 32_768;
const LARGEST_TOTAL = 65_536;
const MOST_VALUES = 300;

/** What may still be copied: entries may all lead to the same bytes, so that a small file would grow without bound. */
interface Room {
  values: number;
  bytes: number;
}

function valuesOf(tiff: TiffView, directory: Directory, wanted: (tag: number) => boolean, room: Room): Value[] {
  const values: Value[] = [];
  for (const { tag, type, count, valueAt, bytes } of directory.entries) {
    if (!wanted(tag) || bytes === 0 || bytes > Math.min(LARGEST_VALUE, room.bytes) || room.values === 0) continue;
    room.values -= 1;
    room.bytes -= bytes;
    values.push({ tag, type, count, data: tiff.bytes.subarray(valueAt, valueAt + bytes) });
  }
  return values;
}

function serialise(
  little: boolean,
  own: Value[],
  subs: readonly (readonly [tag: number, values: Value[]])[],
): Uint8Array<ArrayBuffer> {
  const number = (value: number, bytes: 2 | 4): Uint8Array => {
    const view = new DataView(new ArrayBuffer(bytes));
    if (bytes === 2) view.setUint16(0, value, little);
    else view.setUint32(0, value, little);
    return new Uint8Array(view.buffer);
  };
  /** A directory at `at` with its long values right behind it. */
  const directory = (values: readonly Value[], at: number): Uint8Array => {
    let outside = at + 2 + values.length * 12 + 4;
    const behind: Uint8Array[] = [];
    const entries = [...values]
      .sort((a, b) => a.tag - b.tag)
      .map(({ tag, type, count, data }) => {
        const head = concat([number(tag, 2), number(type, 2), number(count, 4)]);
        if (data.length <= 4) return concat([head, data, new Uint8Array(4 - data.length)]);
        const entry = concat([head, number(outside, 4)]);
        const even = concat([data, new Uint8Array(data.length & 1)]);
        behind.push(even);
        outside += even.length;
        return entry;
      });
    return concat([number(values.length, 2), ...entries, number(0, 4), ...behind]);
  };
  const present = subs.filter(([, values]) => values.length > 0);
  const pointer = (tag: number, at: number): Value => ({ tag, type: LONG, count: 1, data: number(at, 4) });
  // The main directory's length does not depend on where its pointers lead.
  let end = 8 + directory([...own, ...present.map(([tag]) => pointer(tag, 0))], 8).length;
  const parts: Uint8Array[] = [];
  const pointers = present.map(([tag, values]) => {
    const at = end;
    const part = directory(values, at);
    parts.push(part);
    end += part.length;
    return pointer(tag, at);
  });
  const mark = little ? Uint8Array.of(0x49, 0x49) : Uint8Array.of(0x4d, 0x4d);
  return concat([mark, number(42, 2), number(8, 4), directory([...own, ...pointers], 8), ...parts]);
}
