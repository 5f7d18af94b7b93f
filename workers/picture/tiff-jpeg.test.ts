import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { concat } from './bytes.ts';
import { checkJpeg } from './tiff-jpeg.ts';

const bounds = { width: 61, height: 43, components: 3 };
const drawn = (progressive: boolean): Promise<Buffer> =>
  sharp(
    Uint8Array.from({ length: 61 * 43 * 3 }, (_, at) => (at * 31) & 255),
    { raw: { width: 61, height: 43, channels: 3 } },
  )
    .jpeg({ progressive, quality: 95 })
    .withExif({ IFD0: { Copyright: 'drawn' } })
    .toBuffer();

const at = (bytes: Uint8Array, marker: number): number =>
  bytes.findIndex((value, index) => value === 0xff && bytes[index + 1] === marker);

/** A segment with its length. */
const segment = (marker: number, ...body: number[]): Uint8Array =>
  Uint8Array.of(0xff, marker, 0, body.length + 2, ...body);
const SOI = Uint8Array.of(0xff, 0xd8);
const EOI = Uint8Array.of(0xff, 0xd9);
const FRAME = segment(0xc0, 8, 0, 8, 0, 8, 1, 1, 0x11, 0);
const SCAN = segment(0xda, 1, 1, 0, 0, 63, 0);

describe('a JPEG block', () => {
  it.each([false, true])('passes when it fits (progressive: %s)', async (progressive) => {
    const file = await drawn(progressive);
    expect(() => checkJpeg(file, bounds)).not.toThrow();
    // Writers may fill the last units.
    expect(() => checkJpeg(file, { ...bounds, width: 50, height: 42 })).not.toThrow();
  });

  it('is refused when its frame is larger than its place', async () => {
    const file = await drawn(false);
    for (const small of [{ width: 48 }, { height: 32 }, { components: 1 }])
      expect(() => checkJpeg(file, { ...bounds, ...small })).toThrow(/JPEG data in it cannot be decoded/);
    const grown = Uint8Array.from(file);
    grown.set([0xff, 0xff, 0xff, 0xff], at(grown, 0xc0) + 5);
    expect(() => checkJpeg(grown, bounds)).toThrow(
      expect.objectContaining({ detail: expect.stringMatching(/65535 × 65535/) }),
    );
  });

  it.each([
    ['a second frame', [SOI, FRAME, FRAME, EOI], /a frame too many/],
    ['a frame after the scan', [SOI, FRAME, SCAN, Uint8Array.of(1, 0xff, 0, 2), FRAME, EOI], /a frame too many/],
    ['a frame behind a table that says it is longer', [SOI, segment(0xdb, 0), FRAME, EOI], /segment db/],
    [
      'Huffman values beyond their segment',
      [SOI, segment(0xc4, 0, ...Array<number>(15).fill(0), 9), EOI],
      /segment c4/,
    ],
    ['a scan header that hides more', [SOI, FRAME, segment(0xda, 1, 1, 0, 0, 63, 0, 7), EOI], /segment da/],
    ['more components than its length has', [SOI, segment(0xc0, 8, 0, 8, 0, 8, 3, 1, 0x11, 0), EOI], /wrong length/],
    ['lossless coding', [SOI, segment(0xc3, 8, 0, 8, 0, 8, 1, 1, 0x11, 0), EOI], /segment c3/],
    ['something else between segments', [SOI, Uint8Array.of(0, 0), FRAME, EOI], /no marker/],
    ['a segment beyond the end', [SOI, Uint8Array.of(0xff, 0xe1, 0xff, 0)], /wrong length/],
    ['a segment without room for its length', [SOI, Uint8Array.of(0xff, 0xe1, 0, 1), EOI], /wrong length/],
    ['a scan without end', [SOI, FRAME, SCAN, Uint8Array.of(1, 2, 0xff, 0)], /without end/],
    ['no end at all', [SOI, FRAME], /no marker/],
    ['fill bytes to the end', [SOI, Uint8Array.of(0xff, 0xff)], /no marker/],
    ['no start', [EOI], /no start/],
    ['nothing', [], /no start/],
  ])('is refused for %s', (_, parts, detail) => {
    expect(() => checkJpeg(concat(parts), bounds)).toThrow(
      expect.objectContaining({ code: 'damaged-picture', detail: expect.stringMatching(detail) }),
    );
  });

  it('may hold tables alone only where tables are asked for', () => {
    const tables = concat([SOI, segment(0xc4, 0, ...Array<number>(16).fill(0)), EOI]);
    expect(() => checkJpeg(tables, null)).not.toThrow();
    expect(() => checkJpeg(concat([SOI, FRAME, EOI]), null)).toThrow(
      expect.objectContaining({ detail: expect.stringMatching(/too many/) }),
    );
  });
});
