import { concat } from '../bytes.ts';
import { makeExif, type TagValue } from './exif-maker.ts';

/** A TIFF of one strip whose content and compression are given, for tests: grey of 8 bits unless `more` has other tags. */
export function makeTiff(
  width: number,
  height: number,
  compression: number,
  strip: Uint8Array,
  more: readonly TagValue[] = [],
): Uint8Array<ArrayBuffer> {
  const made = (offset: number): Uint8Array<ArrayBuffer> => {
    const tags: readonly TagValue[] = [
      { tag: 0x0100, value: width, long: true },
      { tag: 0x0101, value: height, long: true },
      { tag: 0x0102, value: 8 },
      { tag: 0x0103, value: compression },
      { tag: 0x0106, value: 1 },
      { tag: 0x0111, value: offset, long: true },
      { tag: 0x0115, value: 1 },
      { tag: 0x0116, value: height, long: true },
      { tag: 0x0117, value: strip.length, long: true },
    ];
    const given = new Set(more.map(({ tag }) => tag));
    return makeExif({ main: [...tags.filter(({ tag }) => !given.has(tag)), ...more] });
  };
  // The strip stands behind the directory, whose length its own offset does not change.
  return concat([made(made(0).length), strip]);
}
