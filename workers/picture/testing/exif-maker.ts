import { concat, latin1 } from '../bytes.ts';

/** One directory entry; `value` is a number (SHORT or LONG), text (ASCII), bytes (UNDEFINED) or rationals. */
export interface TagValue {
  readonly tag: number;
  readonly value: number | string | Uint8Array | readonly (readonly [number, number])[];
  /** For numbers: LONG instead of SHORT. */
  readonly long?: boolean;
}

export interface ExifRecipe {
  readonly littleEndian?: boolean;
  readonly main: readonly TagValue[];
  readonly exif?: readonly TagValue[];
  /** The interoperability directory, to which the EXIF directory points. */
  readonly interop?: readonly TagValue[];
  readonly gps?: readonly TagValue[];
  readonly thumbnail?: Uint8Array;
}

/** An EXIF block as cameras write it: main, EXIF and GPS directories, then a thumbnail directory; for tests. */
export function makeExif({
  littleEndian = true,
  main,
  exif,
  interop,
  gps,
  thumbnail,
}: ExifRecipe): Uint8Array<ArrayBuffer> {
  const short = (value: number): Uint8Array => bytesOf(2, (view) => view.setUint16(0, value, littleEndian));
  const long = (value: number): Uint8Array => bytesOf(4, (view) => view.setUint32(0, value, littleEndian));
  const parts: Uint8Array[] = [];
  let end = 8;
  const append = (part: Uint8Array): number => {
    const at = end;
    parts.push(part);
    end += part.length;
    return at;
  };
  const encode = ({ value, long: wide = false }: TagValue): { type: number; count: number; data: Uint8Array } => {
    if (typeof value === 'number') return { type: wide ? 4 : 3, count: 1, data: wide ? long(value) : short(value) };
    if (typeof value === 'string') return { type: 2, count: value.length + 1, data: latin1(`${value}\0`) };
    if (value instanceof Uint8Array) return { type: 7, count: value.length, data: value };
    return { type: 5, count: value.length, data: concat(value.flatMap(([a, b]) => [long(a), long(b)])) };
  };
  // Values stand before their directory; a directory's own place is returned.
  const directory = (tags: readonly TagValue[], next: number): number => {
    const entries = [...tags]
      .sort((a, b) => a.tag - b.tag)
      .map((tag) => {
        const { type, count, data } = encode(tag);
        const inline = data.length <= 4 ? concat([data, new Uint8Array(4 - data.length)]) : long(append(data));
        return concat([short(tag.tag), short(type), long(count), inline]);
      });
    return append(concat([short(entries.length), ...entries, long(next)]));
  };
  const pointers: TagValue[] = [];
  const linked = interop === undefined ? [] : [{ tag: 0xa005, value: directory(interop, 0), long: true }];
  if (exif !== undefined) pointers.push({ tag: 0x8769, value: directory([...exif, ...linked], 0), long: true });
  if (gps !== undefined) pointers.push({ tag: 0x8825, value: directory(gps, 0), long: true });
  if (thumbnail !== undefined) {
    // The thumbnail's own bytes come last, as in most cameras' files: directory is 2 + 2 * 12 + 4 bytes.
    const mainBytes =
      2 + (main.length + pointers.length) * 12 + 4 + main.reduce((sum, tag) => sum + outside(encode(tag).data), 0);
    const thumbnailAt = end + mainBytes + 30;
    const at = directory([...main, ...pointers], end + mainBytes);
    directory(
      [
        { tag: 0x0201, value: thumbnailAt, long: true },
        { tag: 0x0202, value: thumbnail.length, long: true },
      ],
      0,
    );
    append(thumbnail);
    return finish(at);
  }
  return finish(directory([...main, ...pointers], 0));

  function finish(first: number): Uint8Array<ArrayBuffer> {
    return concat([latin1(littleEndian ? 'II' : 'MM'), short(42), long(first), ...parts]);
  }
}

const outside = (data: Uint8Array): number => (data.length > 4 ? data.length : 0);

function bytesOf(length: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}
