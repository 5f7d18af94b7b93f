import { load as loadExif } from 'exifreader';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { concat, latin1 } from './bytes.ts';
import { insertJpegMetadata } from './containers/jpeg.ts';
import { extractExif } from './exif-extract.ts';
import { readExif, rewriteExif, withoutOrientation } from './exif.ts';
import { makeExif, type ExifRecipe } from './testing/exif-maker.ts';

const camera: Omit<ExifRecipe, 'littleEndian'> = {
  main: [
    { tag: 0x010f, value: 'Limpid Cameras' },
    { tag: 0x0112, value: 6 },
    { tag: 0x011a, value: [[300, 1]] },
  ],
  exif: [
    { tag: 0x9003, value: '2026:01:02 03:04:05' },
    { tag: 0xa002, value: 4000 },
    { tag: 0xa003, value: 3000 },
  ],
  gps: [
    { tag: 1, value: 'N' },
    {
      tag: 2,
      value: [
        [48, 1],
        [8, 1],
        [1234, 100],
      ],
    },
    { tag: 0x1d, value: '2026:01:02' },
  ],
  thumbnail: latin1('thumbnail bytes of the old picture'),
};

const plainJpeg = async (): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from(
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer(),
  );

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe.each([true, false])('little-endian: %s', (littleEndian) => {
  const block = makeExif({ ...camera, littleEndian });

  it('reads orientation and position', () => {
    expect(readExif(block)).toEqual({ orientation: 6, hasLocation: true, littleEndian });
    expect(readExif(makeExif({ littleEndian, main: [{ tag: 0x0112, value: 9 }] })).orientation).toBe(1);
    expect(readExif(makeExif({ littleEndian, main: [], gps: [{ tag: 0, value: 2 }] })).hasLocation).toBe(false);
  });

  it('rewrites for the result: orientation, size, no thumbnail, no position', () => {
    const written =
      rewriteExif(block, { width: 9000, height: 70000, keepLocation: false, convertedToSrgb: false }) ??
      new Uint8Array(0);
    expect(readExif(written)).toEqual({ orientation: 1, hasLocation: false, littleEndian });
    expect(text(written)).toContain('Limpid Cameras');
    expect(text(written)).toContain('2026:01:02 03:04:05');
    expect(text(written)).not.toContain('thumbnail');
    // No trace of the position's bytes: 1234/100 seconds, in either order.
    const seconds = littleEndian ? '\xd2\x04\0\0\x64\0\0\0' : '\0\0\x04\xd2\0\0\0\x64';
    expect(text(block)).toContain(seconds);
    expect(text(written)).not.toContain(seconds);
    expect(written.length).toBeLessThan(block.length);
  });

  it('is read by libexif and ExifReader after rewriting', async () => {
    const kept =
      rewriteExif(block, { width: 64, height: 70000, keepLocation: true, convertedToSrgb: false }) ?? new Uint8Array(0);
    expect(readExif(kept)).toEqual({ orientation: 1, hasLocation: true, littleEndian });
    const plain = await plainJpeg();
    const { parts } = insertJpegMetadata(plain, kept, null, null);
    const jpeg = Buffer.concat(parts);
    expect((await sharp(jpeg).metadata()).orientation).toBe(1);
    const tags = loadExif(jpeg, { expanded: true });
    expect(tags.exif?.Make?.description).toBe('Limpid Cameras');
    expect(tags.exif?.PixelYDimension?.value).toBe(70000);
    expect(tags.gps?.Latitude).toBeCloseTo(48 + 8 / 60 + 12.34 / 3600, 6);
    const dropped = rewriteExif(block, { width: 64, height: 64, keepLocation: false, convertedToSrgb: false });
    const without = loadExif(Buffer.concat(insertJpegMetadata(plain, dropped, null, null).parts), {
      expanded: true,
    });
    expect(without.gps).toBeUndefined();
    expect(without.exif?.DateTimeOriginal?.description).toBe('2026:01:02 03:04:05');
  });

  it('resets the orientation and nothing else', () => {
    const upright = withoutOrientation(block);
    expect(readExif(upright)).toEqual({ orientation: 1, hasLocation: true, littleEndian });
    expect(upright.filter((value, at) => value !== block[at])).toHaveLength(1);
  });
});

describe.each([true, false])('a camera’s Adobe RGB (little-endian: %s)', (littleEndian) => {
  const made = (index: string, colorSpace: number): Uint8Array<ArrayBuffer> =>
    makeExif({
      littleEndian,
      main: [{ tag: 0x010f, value: 'Limpid Cameras' }],
      exif: [
        { tag: 0x9003, value: '2026:01:02 03:04:05' },
        { tag: 0xa001, value: colorSpace },
        { tag: 0xa434, value: 'Limpid lens 50 mm' },
      ],
      interop: [{ tag: 1, value: index }],
    });
  const tagsOf = async (block: Uint8Array<ArrayBuffer>, convertedToSrgb: boolean) => {
    const written = rewriteExif(block, { width: 8, height: 8, keepLocation: false, convertedToSrgb });
    const jpeg = Buffer.concat(insertJpegMetadata(await plainJpeg(), written, null, null).parts);
    const { exif } = loadExif(jpeg, { expanded: true });
    return {
      colorSpace: exif?.ColorSpace?.value,
      index: exif?.InteroperabilityIndex?.description,
      taken: exif?.DateTimeOriginal?.description,
      lens: exif?.LensModel?.description,
    };
  };
  const rest = { taken: '2026:01:02 03:04:05', lens: 'Limpid lens 50 mm' };

  it('is not declared of colours that were converted, and the rest stays', async () => {
    expect(await tagsOf(made('R03', 0xffff), true)).toEqual({ ...rest, colorSpace: 1, index: undefined });
  });

  it('stays declared of colours that were not', async () => {
    expect(await tagsOf(made('R03', 0xffff), false)).toEqual({ ...rest, colorSpace: 0xffff, index: 'R03' });
  });

  it('is not confused with a DCF basic file, which is sRGB', async () => {
    expect(await tagsOf(made('R98', 1), true)).toEqual({ ...rest, colorSpace: 1, index: 'R98' });
  });

  it('survives a pointer that leads nowhere', () => {
    const block = made('R03', 0xffff);
    const view = new DataView(block.buffer);
    for (let at = 0; at + 12 <= block.length; at += 1)
      if (view.getUint16(at, littleEndian) === 0xa005) view.setUint32(at + 8, 0xffff0000, littleEndian);
    expect(rewriteExif(block, { width: 8, height: 8, keepLocation: true, convertedToSrgb: true })).toHaveLength(
      block.length,
    );
  });
});

describe('an orientation that browsers do not honour', () => {
  it.each([
    ['a list', 3, 2],
    ['a directory pointer', 13, 1],
  ])('%s counts as none', (_, type, count) => {
    const block = makeExif({ main: [{ tag: 0x0112, value: 6 }] });
    // The block's only entry: tag, type, count, value.
    const view = new DataView(block.buffer);
    const at = view.getUint32(4, true) + 2;
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    expect(readExif(block).orientation).toBe(1);
  });
});

describe('a maker’s note of Panasonic', () => {
  const city = (name: string): string => name.padEnd(72, '\0');
  /** The note's only entry leads to a city's name behind it, counted from the block's start. */
  function withNote(mark: string, name: string, moved = 0): Uint8Array<ArrayBuffer> {
    const entry = '\x01\0\x6d\0\x02\0\x48\0\0\0OFFS\0\0\0\0';
    const block = makeExif({ ...camera, exif: [{ tag: 0x927c, value: `${mark}${entry}${city(name)}` }] });
    const at = text(block).indexOf('OFFS');
    new DataView(block.buffer).setUint32(at, at + 8 + moved, true);
    return block;
  }
  const marks = ['Panasonic\0\0\0', 'LEICA\0\0\0'];
  const written = (block: Uint8Array, keepLocation: boolean): string =>
    text(rewriteExif(block, { width: 9, height: 9, keepLocation, convertedToSrgb: false }) ?? new Uint8Array(0));

  it.each(marks)('%s loses the place names with the position', (mark) => {
    const block = withNote(mark, 'Reykjavik');
    expect(written(block, true)).toContain('Reykjavik');
    expect(written(block, false)).not.toContain('Reykjavik');
    expect(written(block, false)).toContain('Limpid Cameras');
    // Moved by another program, the note's offsets lead elsewhere.
    expect(written(withNote(mark, 'Reykjavik', -40), false)).not.toContain('Reykjavik');
    expect(written(withNote(mark, 'Reykjavik', 1e6), false)).not.toContain('Reykjavik');
  });

  it.each(marks)('%s stays where it names no place', (mark) => {
    expect(written(withNote(mark, '---'), false)).toContain(mark);
  });
});

describe('EXIF of a TIFF file', () => {
  it('stays small where a thousand entries lead to the same bytes', () => {
    const count = 1000;
    const file = new Uint8Array(100_000);
    const view = new DataView(file.buffer);
    const entry = (at: number, tag: number, type: number, values: number, value: number): void => {
      view.setUint16(at, tag, true);
      view.setUint16(at + 2, type, true);
      view.setUint32(at + 4, values, true);
      view.setUint32(at + 8, value, true);
    };
    file.set(latin1('II*\0'));
    view.setUint32(4, 8, true);
    view.setUint16(8, 1, true);
    entry(10, 0x8769, 4, 1, 30);
    view.setUint16(30, count, true);
    for (let index = 0; index < count; index += 1) entry(32 + index * 12, 0x9000 + index, 7, 30_000, 20_000);
    expect(extractExif(file)?.length).toBeLessThan(70_000);
    for (let index = 0; index < count; index += 1) entry(32 + index * 12, 0x9000 + index, 7, 1, 7);
    expect(extractExif(file)?.length).toBeLessThan(4_000);
  });

  it('is copied out of the file, without what describes the layout of its pixels', async () => {
    const file = makeExif({
      ...camera,
      main: [
        { tag: 0x0100, value: 40 },
        { tag: 0x0106, value: 2 },
        { tag: 0x0111, value: 4000, long: true },
        { tag: 0x013b, value: 'A. Photographer' },
        { tag: 0x8298, value: 'all mine' },
      ],
    });
    const block = extractExif(concat([file, new Uint8Array(100_000).fill(7)]));
    const tags = loadExif(Buffer.concat(insertJpegMetadata(await plainJpeg(), block, null, null).parts), {
      expanded: true,
    });
    expect(tags.exif?.Artist?.description).toBe('A. Photographer');
    expect(tags.exif?.Copyright?.description).toBe('all mine');
    expect(tags.exif?.DateTimeOriginal?.description).toBe('2026:01:02 03:04:05');
    expect(tags.gps?.Latitude).toBeCloseTo(48 + 8 / 60 + 12.34 / 3600, 6);
    expect(tags.exif?.StripOffsets).toBeUndefined();
    expect(block?.length).toBeLessThan(600);
  });

  it('moves EXIF and GPS directories of both byte orders unchanged', () => {
    for (const littleEndian of [true, false]) {
      const moved = extractExif(makeExif({ ...camera, littleEndian })) ?? new Uint8Array(0);
      expect(readExif(moved)).toEqual({ orientation: 1, hasLocation: true, littleEndian });
      const again = extractExif(moved);
      expect(again).toEqual(moved);
      const written =
        rewriteExif(moved, { width: 9, height: 9, keepLocation: false, convertedToSrgb: false }) ?? new Uint8Array(0);
      expect(text(written)).toContain('2026:01:02 03:04:05');
      expect(readExif(written).hasLocation).toBe(false);
    }
  });

  it('is null where there is none', () => {
    expect(extractExif(makeExif({ main: [{ tag: 0x0100, value: 3 }] }))).toBeNull();
    expect(extractExif(new Uint8Array(30))).toBeNull();
  });
});

describe('hostile blocks', () => {
  it('are no EXIF, or lose only what is broken', () => {
    for (const block of [new Uint8Array(0), latin1('II'), latin1('XX*\0aaaaaaaaaaaa'), new Uint8Array(40)]) {
      expect(readExif(block).orientation).toBe(1);
      expect(rewriteExif(block, { width: 1, height: 1, keepLocation: false, convertedToSrgb: false })).toBeNull();
    }
  });

  it('never throw, whatever bytes they hold', () => {
    let state = 7;
    const random = (limit: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % limit;
    for (let round = 0; round < 2000; round += 1) {
      const block = makeExif({ ...camera, littleEndian: round % 2 === 0 }).slice(0, 20 + random(300));
      for (let hit = 0; hit < 4; hit += 1) block[random(block.length)] = random(256);
      const { orientation } = readExif(block);
      expect(orientation).toBeGreaterThanOrEqual(1);
      extractExif(block);
      const written = rewriteExif(block, { width: 10, height: 10, keepLocation: false, convertedToSrgb: false });
      if (written !== null) expect(readExif(written).hasLocation).toBe(false);
    }
  });
});
