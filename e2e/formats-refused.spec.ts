import { expect, test } from '@playwright/test';
import { zlibSync } from 'fflate';
import { latin1, utf8 } from '../workers/picture/bytes.ts';
import { insertJpegMetadata } from '../workers/picture/containers/jpeg.ts';
import { pngChunk } from '../workers/picture/containers/png.ts';
import { makeExif } from '../workers/picture/testing/exif-maker.ts';
import { makePng } from '../workers/picture/testing/png-maker.ts';
import { makeTiff } from '../workers/picture/testing/tiff-maker.ts';
import { PLACE } from './pictures/camera.ts';
import * as files from './pictures/files.ts';
import { difference, openLab } from './pictures/lab.ts';

const { bytesOf, colour, translucent } = files;
type Bytes = Uint8Array<ArrayBuffer>;

const { decode, decoded } = openLab();

test.describe('one clear sentence', () => {
  const png = (width: number, height: number): Bytes => {
    const small = makePng({ width: 1, height: 1, bits: 8, colourType: 2, sample: () => 0 });
    const header = new Uint8Array(13);
    new DataView(header.buffer).setUint32(0, width);
    new DataView(header.buffer).setUint32(4, height);
    header.set([8, 2], 8);
    return Uint8Array.from([...small.subarray(0, 8), ...pngChunk('IHDR', header), ...small.subarray(33)]);
  };
  const half = (file: Bytes, part = 0.5): Bytes => file.slice(0, Math.floor(file.length * part));
  const REFUSED: readonly (readonly [
    name: string,
    make: () => Bytes | Promise<Bytes>,
    code: string,
    sentence: RegExp,
  ])[] = [
    ['empty.png', () => new Uint8Array(0), 'picture-empty', /is empty/],
    ['notes.png', () => utf8('Dear diary, this is no picture.'), 'not-a-picture', /is a text file|it is a text file/],
    ['page.jpg', () => utf8('<!doctype html><html><body>no</body></html>'), 'not-a-picture', /an HTML page/],
    ['archive.png', () => latin1('PK\x03\x04\x14\0\0\0'), 'not-a-picture', /a ZIP archive/],
    ['paper.png', () => latin1('%PDF-1.7\n%'), 'not-a-picture', /a PDF document/],
    [
      'noise.jpg',
      () => Uint8Array.from({ length: 4000 }, (_, at) => (at * at * 31) & 255),
      'not-a-picture',
      /no picture format/,
    ],
    ['bomb.png', () => png(65536, 65536), 'picture-too-large', /65,536 × 65,536 pixels.*120 megapixels/],
    ['flat.png', () => png(0, 10), 'picture-empty', /0 × 10 pixels/],
    ['long.png', () => png(40000, 10), 'picture-too-large', /32,767 pixels a side/],
    ['cut.png', async () => half(await bytesOf(colour().png())), 'damaged-picture', /cut off/],
    ['cut.jpg', async () => half(await bytesOf(colour().jpeg())), 'damaged-picture', /cut off|damaged/],
    ['cut.webp', async () => half(await bytesOf(colour().webp())), 'damaged-picture', /cut off/],
    ['cut-alpha.webp', async () => half(await bytesOf(translucent().webp()), 0.9), 'damaged-picture', /cut off/],
    ['cut.avif', async () => half(await bytesOf(colour().avif())), 'damaged-picture', /cut off|damaged/],
    [
      'cut-alpha.avif',
      async () => half(await bytesOf(translucent().avif()), 0.8),
      'damaged-picture',
      /cut off|damaged/,
    ],
    ['cut.gif', async () => half(await bytesOf(colour().gif())), 'damaged-picture', /cut off/],
    [
      'cut.tif',
      async () => half(await bytesOf(colour().tiff({ compression: 'none' })), 0.4),
      'damaged-picture',
      /cut off|damaged/,
    ],
    ['cut-data.tif', async () => cutTiff(), 'damaged-picture', /cut off|damaged/],
    ['cut.heic', () => half(files.heic(), 0.7), 'damaged-picture', /cut off|damaged/],
    ['broken.svg', () => utf8('<svg width="10" height="10"><g></svg>'), 'damaged-picture', /damaged SVG/],
  ];
  for (const [name, make, code, sentence] of REFUSED) {
    test(name, async () => {
      const result = await decode(await make(), name);
      expect(result.ok).toBe(false);
      if (result.ok) return;
      expect(result.error.code).toBe(code);
      expect(result.error.message).toMatch(sentence);
      expect(result.error.message).toMatch(new RegExp(`^“${name}” .*\\.$`));
    });
  }

  /** The directory stands first and is whole, the strips are not. */
  function cutTiff(): Bytes {
    const whole = files.bigEndianTiff();
    return whole.slice(0, whole.length - 20);
  }

  test('a JPEG named .png is read, with a note', async () => {
    const { info } = await decoded(await bytesOf(colour().jpeg()), 'photo.png');
    expect(info.kind).toBe('jpeg');
    expect(info.notes).toContain('The name ends in .png, but the file is JPEG; it was read as such.');
  });

  test('a TIFF whose chain of pages leads back to itself is read, or refused, at once', async () => {
    const whole = files.circularTiff(await bytesOf(colour().tiff({ compression: 'lzw' })));
    expect((await decoded(whole)).info).toMatchObject({ width: files.WIDTH, notes: [] });
    const cut = await decode(files.circularTiff(files.bigEndianTiff()).slice(0, -20));
    expect(cut).toMatchObject({ ok: false, error: { code: 'damaged-picture' } });
  });

  test('where a picture was taken is noticed', async () => {
    const exif = makeExif({ main: [{ tag: 0x0112, value: 1 }], gps: PLACE });
    const jpeg = await bytesOf(colour().jpeg());
    const tagged = Uint8Array.from(Buffer.concat(insertJpegMetadata(jpeg, exif, null, null).parts));
    expect((await decoded(tagged)).info.hasLocation).toBe(true);
    expect((await decoded(jpeg)).info.hasLocation).toBe(false);
  });
});

test('zlib data with bytes behind it, or with a wrong checksum, is not refused', async () => {
  const sample = (x: number, y: number): number => (x * x + y * 7) & 255;
  const grey = Uint8Array.from({ length: 200 * 150 }, (_, at) => sample(at % 200, Math.floor(at / 200)));
  const odd: readonly ((zlib: Uint8Array) => Uint8Array)[] = [
    (zlib) => Uint8Array.from([...zlib, 0]),
    (zlib) => Uint8Array.from([...zlib, ...zlib]),
    (zlib) => zlib.map((byte, at) => (at >= zlib.length - 4 ? ~byte : byte)),
  ];
  for (const packed of odd) {
    const png = await decoded(makePng({ width: 200, height: 150, bits: 8, colourType: 0, sample, packed }));
    const tiff = await decoded(makeTiff(200, 150, 8, packed(zlibSync(grey))));
    for (const { info, data } of [png, tiff]) {
      expect(info).toMatchObject({ width: 200, height: 150, grey: true, notes: [] });
      expect(
        difference(
          Array.from(data).filter((_, at) => at % 4 === 0),
          grey,
        ),
      ).toBe(0);
    }
  }
});
