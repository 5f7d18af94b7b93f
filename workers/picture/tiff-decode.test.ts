import { describe, expect, it } from 'vitest';
import { concat } from './bytes.ts';
import { HeaderError } from './containers/header.ts';
import { makeExif } from './testing/exif-maker.ts';
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
  });
});
