import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { concat } from './bytes.ts';
import { HeaderError } from './containers/header.ts';
import { makeExif } from './testing/exif-maker.ts';
import { makeTiff } from './testing/tiff-maker.ts';
import { storedZstd, zstdBomb } from './testing/zstd-maker.ts';
import { blockBytes, readParameters } from './tiff-codecs.ts';
import { openTiff, tiffFailure } from './tiff-decode.ts';

/** A bilevel TIFF whose header promises much. */
const tiff = (width: number, height: number, samples: number): Uint8Array<ArrayBuffer> =>
  concat([
    makeExif({
      main: [
        { tag: 0x0100, value: width, long: true },
        { tag: 0x0101, value: height, long: true },
        { tag: 0x0103, value: 1 },
        { tag: 0x0106, value: 1 },
        { tag: 0x0111, value: 300, long: true },
        { tag: 0x0115, value: samples },
        { tag: 0x0116, value: height, long: true },
        { tag: 0x0117, value: 100, long: true },
      ],
    }),
    new Uint8Array(400),
  ]);

describe('TIFF', () => {
  it('refuses, before it unpacks anything, more samples than memory holds', async () => {
    await expect(openTiff(tiff(10_000, 10_000, 32))).rejects.toMatchObject({
      code: 'picture-too-large',
      message: expect.stringMatching(/32 channels of 1 bits at 100 megapixels/),
    });
    const { header } = await openTiff(tiff(10_000, 10_000, 1));
    expect(header).toMatchObject({ width: 10_000, height: 10_000 });
  });

  it('opens a file whose only page names itself as the next one', async () => {
    const file = tiff(64, 64, 1);
    const view = new DataView(file.buffer);
    const first = view.getUint32(4, true);
    view.setUint32(first + 2 + view.getUint16(first, true) * 12, first, true);
    expect((await openTiff(file)).header).toMatchObject({ width: 64, notes: [] });
  });

  it('reads PackBits and Zstandard, and one strip of any stated height', async () => {
    const data = Uint8Array.from({ length: 64 * 48 }, (_, at) => (at * 7) % 251);
    const literal = concat(
      Array.from({ length: 48 }, (_, y) => concat([Uint8Array.of(63), data.subarray(y * 64, y * 64 + 64)])),
    );
    const open = { tag: 0x0116, value: 0xffffffff, long: true };
    for (const [compression, strip] of [
      [32773, literal],
      [50000, storedZstd(data)],
      [8, zlibSync(data)],
    ] as const) {
      const opened = await openTiff(makeTiff(64, 48, compression, strip, [open]));
      const { store } = await opened.decode();
      expect(Array.from(store.data).filter((_, at) => at % 4 === 0)).toEqual(Array.from(data));
    }
  });

  it('bounds a block by the picture where its strip has no stated end', async () => {
    const { fromArrayBuffer } = await import('geotiff');
    const file = makeTiff(64, 48, 8, new Uint8Array(10), [{ tag: 0x0116, value: 0xffffffff, long: true }]);
    const { fileDirectory } = await (await fromArrayBuffer(file.buffer)).getImage(0);
    expect(blockBytes(await readParameters(fileDirectory))).toBe(64 * 48);
  });

  it('refuses small files that would unfold to gigabytes', async () => {
    const frame = Uint8Array.of(0xff, 0xc0, 0, 11, 8, 0xff, 0xf0, 0x7f, 0xf0, 1, 1, 0x11, 0);
    const jpeg = concat([Uint8Array.of(0xff, 0xd8), frame, Uint8Array.of(0xff, 0xd9)]);
    const tables = { tag: 0x015b, value: jpeg };
    const refused: readonly (readonly [file: Uint8Array<ArrayBuffer>, code: string, detail: RegExp])[] = [
      [makeTiff(8, 8, 7, jpeg), 'damaged-picture', /32752 × 65520 × 1 in a piece of 8 × 8 × 1/],
      [makeTiff(8, 8, 7, Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), [tables]), 'damaged-picture', /a frame too many/],
      [makeTiff(8, 8, 50000, zstdBomb(6000)), 'damaged-picture', /more than 64 bytes/],
      [makeTiff(8, 8, 34887, new Uint8Array(100)), 'unsupported-picture', /LERC/],
    ];
    for (const [file, code, detail] of refused) {
      expect(file.length).toBeLessThan(30_000);
      const opened = await openTiff(file);
      await expect(opened.decode()).rejects.toMatchObject({ code, detail: expect.stringMatching(detail) });
    }
  });

  it('calls a read past the end damage, and memory that is refused by its name', () => {
    const refused = new RangeError('Array buffer allocation failed');
    expect(tiffFailure(refused, 2 ** 30)).toBe(refused);
    // A small picture that asks for that much states sizes which damage made up.
    expect(tiffFailure(refused, 2 ** 20)).toMatchObject({ code: 'damaged-picture' });
    expect(tiffFailure(new RangeError('Offset is outside the bounds of the DataView'), 2 ** 30)).toMatchObject({
      code: 'damaged-picture',
    });
    const known = new HeaderError('picture-empty', 'is empty.');
    expect(tiffFailure(known, 0)).toBe(known);
    const lost = new TypeError('Failed to fetch dynamically imported module: https://limpid.test/assets/jpeg.js');
    expect(tiffFailure(lost, 2 ** 20)).toBe(lost);
  });
});
