import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { makeTiff } from '../workers/picture/testing/tiff-maker.ts';
import { storedZstd } from '../workers/picture/testing/zstd-maker.ts';
import * as files from './pictures/files.ts';
import { difference, openLab } from './pictures/lab.ts';

const { WIDTH, HEIGHT, bytesOf, colour, deep, translucent } = files;
type Bytes = Uint8Array<ArrayBuffer>;

const { decode, decoded } = openLab();

interface Case {
  readonly name: string;
  readonly make: () => Promise<Bytes>;
  readonly kind: string;
  readonly depth?: 16;
  readonly grey?: true;
  readonly alpha?: true;
  /** Levels (of 255 or 65,535) from libvips; 1 unless the formats' own freedom is larger. */
  readonly within?: number;
}

const CASES: readonly Case[] = [
  { name: 'PNG, true colour', make: () => bytesOf(colour().png()), kind: 'png', within: 0 },
  { name: 'PNG with alpha', make: () => bytesOf(translucent().png()), kind: 'png', alpha: true, within: 0 },
  {
    name: 'PNG with alpha, interlaced',
    make: () => bytesOf(translucent().png({ progressive: true })),
    kind: 'png',
    alpha: true,
    within: 0,
  },
  {
    name: 'PNG with palette',
    make: () => bytesOf(colour().png({ palette: true, colours: 13 })),
    kind: 'png',
    within: 0,
  },
  {
    name: 'PNG with palette and alpha',
    make: () => bytesOf(translucent().png({ palette: true, colours: 60 })),
    kind: 'png',
    alpha: true,
    within: 0,
  },
  { name: 'PNG, grey', make: () => bytesOf(colour().greyscale().png()), kind: 'png', grey: true, within: 0 },
  { name: 'PNG, 16 bits', make: () => bytesOf(deep().png()), kind: 'png', depth: 16, within: 0 },
  { name: 'JPEG 4:2:0', make: () => bytesOf(colour().jpeg({ quality: 90 })), kind: 'jpeg' },
  {
    name: 'JPEG 4:4:4, progressive',
    make: () => bytesOf(colour().jpeg({ quality: 90, progressive: true, chromaSubsampling: '4:4:4' })),
    kind: 'jpeg',
  },
  { name: 'JPEG, grey', make: () => bytesOf(colour().greyscale().jpeg()), kind: 'jpeg', grey: true },
  { name: 'WebP, lossy', make: () => bytesOf(colour().webp({ quality: 85 })), kind: 'webp' },
  {
    name: 'WebP, lossy with alpha',
    make: () => bytesOf(translucent().webp({ quality: 85 })),
    kind: 'webp',
    alpha: true,
  },
  {
    name: 'WebP, lossless with alpha',
    make: () => bytesOf(translucent().webp({ lossless: true, exact: true })),
    kind: 'webp',
    alpha: true,
    within: 0,
  },
  { name: 'AVIF', make: () => bytesOf(colour().avif({ quality: 70 })), kind: 'avif' },
  { name: 'AVIF 4:4:4', make: () => bytesOf(colour().avif({ quality: 70, chromaSubsampling: '4:4:4' })), kind: 'avif' },
  { name: 'GIF', make: () => bytesOf(colour().gif()), kind: 'gif', within: 0 },
  {
    name: 'TIFF, LZW',
    make: () => bytesOf(colour().tiff({ compression: 'lzw', predictor: 'horizontal' })),
    kind: 'tiff',
    within: 0,
  },
  {
    name: 'TIFF with alpha, deflate',
    make: () => bytesOf(translucent().tiff({ compression: 'deflate' })),
    kind: 'tiff',
    alpha: true,
    within: 0,
  },
  {
    name: 'TIFF, tiles, PackBits',
    make: () => bytesOf(colour().tiff({ tile: true, tileWidth: 16, tileHeight: 16, compression: 'packbits' })),
    kind: 'tiff',
    within: 0,
  },
  {
    name: 'TIFF, JPEG inside',
    make: () => bytesOf(colour().tiff({ compression: 'jpeg', quality: 95 })),
    kind: 'tiff',
    within: 2,
  },
  {
    name: 'TIFF, WebP inside',
    make: () => bytesOf(colour().tiff({ compression: 'webp', quality: 95 })),
    kind: 'tiff',
    within: 2,
  },
  {
    name: 'TIFF with alpha, WebP inside',
    make: () => bytesOf(translucent().tiff({ compression: 'webp', quality: 95 })),
    kind: 'tiff',
    alpha: true,
    within: 2,
  },
  {
    name: 'TIFF, 16 bits',
    make: () => bytesOf(deep().tiff({ compression: 'deflate', predictor: 'horizontal' })),
    kind: 'tiff',
    depth: 16,
    within: 0,
  },
  {
    name: 'TIFF, one bit',
    make: () => bytesOf(colour().threshold().tiff({ bitdepth: 1, compression: 'none' })),
    kind: 'tiff',
    grey: true,
    within: 0,
  },
  {
    name: 'TIFF, big-endian 16 bits with differences',
    make: async () => files.bigEndianTiff(),
    kind: 'tiff',
    depth: 16,
    grey: true,
    within: 0,
  },
];

test.describe('against libvips', () => {
  for (const { name, make, kind, depth = 8, grey = false, alpha = false, within = 1 } of CASES) {
    test(name, async () => {
      const file = await make();
      const { info, data } = await decoded(file);
      expect(info).toMatchObject({ kind, depth, grey, alpha, colorSpace: 'srgb', frames: 1, bytes: file.length });
      const expected = await files.reference(file, depth);
      expect([info.width, info.height]).toEqual([expected.width, expected.height]);
      expect(difference(data, expected.data)).toBeLessThanOrEqual(within);
    });
  }

  test('AVIF with alpha', async () => {
    const file = await bytesOf(translucent().avif({ quality: 90, chromaSubsampling: '4:4:4' }));
    const { info, data } = await decoded(file);
    expect(info).toMatchObject({ kind: 'avif', alpha: true });
    expect(difference(data, (await files.reference(file, 8)).data)).toBeLessThanOrEqual(1);
  });

  test('HEIC', async () => {
    const { info, data } = await decoded(files.heic());
    expect(info).toMatchObject({ kind: 'heic', width: 64, height: 48 });
    // Drawn as (4x, 5y, 100) and compressed at quality 90.
    const drawn = Uint8Array.from(
      { length: 64 * 48 * 4 },
      (_, at) => [((at >> 2) % 64) * 4, ((at >> 8) % 48) * 5, 100, 255][at & 3] ?? 0,
    );
    expect(difference(data, drawn)).toBeLessThanOrEqual(4);
  });
});

test('JPEG XL with alpha, where the browser decodes it', async () => {
  const result = await decode(files.jpegXl());
  if (result.ok) {
    expect(result.info).toMatchObject({ kind: 'other', width: WIDTH, height: HEIGHT, alpha: true });
    expect(difference(result.data, files.drawRgba())).toBe(0);
  } else
    expect(result.error).toMatchObject({
      code: 'unsupported-picture',
      message: expect.stringMatching(/this browser does not decode/),
    });
});

test.describe('hand-made files', () => {
  test('BMP of 24 and 32 bits, from the top and from the bottom', async () => {
    const rgba = files.drawRgba().map((value, at) => ((at & 3) === 3 ? 255 : value));
    for (const bits of [24, 32] as const) {
      for (const topDown of [false, true]) {
        const { info, data } = await decoded(files.makeBmp(rgba, WIDTH, HEIGHT, bits, topDown));
        expect(info).toMatchObject({ kind: 'bmp', width: WIDTH, height: HEIGHT, alpha: false });
        expect(difference(data, rgba)).toBe(0);
      }
    }
  });

  test('icon', async () => {
    const png = await bytesOf(colour().resize(32, 32).png());
    const { info, data } = await decoded(files.makeIcon(png, 32));
    expect(info).toMatchObject({ kind: 'other', width: 32, height: 32 });
    expect(difference(data, (await files.reference(png, 8)).data)).toBe(0);
  });

  test('animations: first frame, with their number said', async () => {
    const first = await bytesOf(colour().png());
    const second = await bytesOf(colour().negate().png());
    const expected = await files.reference(first, 8);
    const apng = await decoded(files.makeApng(first, second, WIDTH, HEIGHT));
    expect(apng.info).toMatchObject({ kind: 'apng', frames: 2 });
    expect(difference(apng.data, expected.data)).toBe(0);
    const pages = [
      await colour().raw().toBuffer(),
      await colour().negate().raw().toBuffer(),
      await colour().raw().toBuffer(),
    ];
    for (const kind of ['gif', 'webp'] as const) {
      const animated = sharp(Buffer.concat(pages), {
        raw: { width: WIDTH, height: HEIGHT * 3, channels: 3, pageHeight: HEIGHT },
      });
      const file = await bytesOf(
        kind === 'gif' ? animated.gif({ delay: [50, 50, 50] }) : animated.webp({ lossless: true, delay: [50, 50, 50] }),
      );
      const { info, data } = await decoded(file);
      expect(info).toMatchObject({ kind, width: WIDTH, height: HEIGHT, frames: 3 });
      expect(info.notes).toContain('This animation has 3 frames; the first is used.');
      if (kind === 'webp') expect(difference(data, expected.data)).toBe(0);
    }
  });

  test('SVG at its own size, without its script', async () => {
    const { info, data } = await decoded(files.SVG, 'drawing.svg');
    expect(info).toMatchObject({ kind: 'svg', width: WIDTH, height: HEIGHT, alpha: true });
    expect(info.notes.join()).toMatch(/taken out/);
    expect(Array.from(data.slice(0, 4))).toEqual([255, 128, 0, 255]);
    expect(Array.from(data.slice(50 * 4, 50 * 4 + 4))).toEqual([0, 64, 255, 255]);
    expect(data[35 * 4 + 3]).toBe(0);
  });

  test('TIFF of floats, of YCbCr and of CMYK', async () => {
    const float = await decoded(files.floatTiff([-1, 0, 0.25, 0.5, 1, 2, Number.NaN]));
    expect(float.info).toMatchObject({ kind: 'tiff', depth: 16, grey: true });
    const reds = Array.from(float.data).filter((_, at) => at % 4 === 0);
    expect(reds).toEqual([0, 0, 16384, 32768, 65535, 65535, 0]);

    // grey, and the red, green and blue of ITU-R BT.601
    const ycbcr = await decoded(files.ycbcrTiff([100, 128, 128, 76, 85, 255, 150, 44, 21, 29, 255, 107]));
    expect(ycbcr.info).toMatchObject({ kind: 'tiff', depth: 8, grey: false });
    const wanted = [100, 100, 100, 255, 254, 0, 0, 255, 0, 255, 1, 255, 0, 0, 254, 255];
    expect(difference(ycbcr.data, wanted)).toBeLessThanOrEqual(1);

    const cyan = sharp({ create: { width: 8, height: 8, channels: 3, background: '#00b0f0' } });
    const cmyk = await decoded(await bytesOf(cyan.toColourspace('cmyk').tiff({ compression: 'lzw' })));
    expect(cmyk.info).toMatchObject({ kind: 'tiff', depth: 8, grey: false, alpha: false });
    const [r = 255, g = 0, b = 0] = cmyk.data;
    expect(r).toBeLessThan(110);
    expect(g).toBeGreaterThan(120);
    expect(b).toBeGreaterThan(190);
  });

  test('TIFF of Zstandard', async () => {
    const grey = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => (at * 7) & 255);
    const { info, data } = await decoded(makeTiff(WIDTH, HEIGHT, 50000, storedZstd(grey)));
    expect(info).toMatchObject({ kind: 'tiff', width: WIDTH, height: HEIGHT, grey: true });
    expect(Array.from(data).filter((_, at) => at % 4 === 0)).toEqual(Array.from(grey));
  });

  test('TIFF of WebP pictures larger than their place is damaged', async () => {
    const result = await decode(makeTiff(8, 8, 50001, await bytesOf(colour().webp())));
    expect(result.ok ? {} : result.error).toMatchObject({
      code: 'damaged-picture',
      message: expect.stringMatching(/a WebP picture in it is larger than the place it has/),
      detail: `${WIDTH} × ${HEIGHT} in 8 × 8`,
    });
  });

  test('AVIF of 10 bits is cut to 8, and said', async () => {
    const file = await bytesOf(colour().avif({ quality: 90, bitdepth: 10, chromaSubsampling: '4:4:4' }));
    const { info, data } = await decoded(file);
    expect(info).toMatchObject({ kind: 'avif', depth: 8 });
    expect(info.notes.join()).toContain('This AVIF has 10 bits a channel; it is restored with 8.');
    expect(difference(data, (await files.reference(file, 8)).data)).toBeLessThanOrEqual(2);
  });

  test('CMYK JPEG', async () => {
    const cyan = sharp({ create: { width: 8, height: 8, channels: 3, background: '#00b0f0' } });
    const { info, data } = await decoded(await bytesOf(cyan.toColourspace('cmyk').jpeg({ quality: 95 })));
    expect(info.notes.join()).toMatch(/CMYK/);
    const [r = 255, g = 0, b = 0] = data;
    expect(r).toBeLessThan(110);
    expect(g).toBeGreaterThan(120);
    expect(b).toBeGreaterThan(190);
  });
});
