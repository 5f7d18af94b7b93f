import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { be32, concat, latin1 } from './bytes.ts';
import { pngChunk, readPng } from './containers/png.ts';
import { decodePng } from './png-decode.ts';
import { encodePng, filterRow } from './png-encode.ts';
import { unfilter } from './png-filter.ts';
import { createStore } from './store.ts';
import { makePng, type PngRecipe } from './testing/png-maker.ts';

const palette = (entries: number): Uint8Array =>
  pngChunk(
    'PLTE',
    Uint8Array.from({ length: entries * 3 }, (_, at) => (at * 37 + 11) & 255),
  );

const decode = async (file: Uint8Array<ArrayBuffer>, depth: 8 | 16 = 8) => {
  const { layout } = readPng(file);
  return decodePng(file, layout, depth);
};

/** Deterministic samples that use the whole range, alpha included. */
const drawn = (bits: number) => (x: number, y: number, channel: number) =>
  (x * 2654435 + y * 40503 + channel * 97 + x * y) % 2 ** bits;

const KINDS = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
] as const;

describe('every colour type and depth, plain and interlaced, with every filter', () => {
  for (const [colourType, depths] of KINDS) {
    for (const bits of depths) {
      for (const interlaced of [false, true]) {
        it(`colour type ${colourType}, ${bits} bits${interlaced ? ', interlaced' : ''}`, async () => {
          const recipe: PngRecipe = {
            width: 19,
            height: 13,
            bits,
            colourType,
            interlaced,
            sample: drawn(bits),
            filter: (row) => (row % 5) as 0 | 1 | 2 | 3 | 4,
            before: colourType === 3 ? [palette(2 ** bits)] : [],
            split: 17,
          };
          const file = makePng(recipe);
          const depth = bits === 16 ? 16 : 8;
          const { store, notes } = await decode(file, depth);
          expect(notes).toEqual([]);
          const reference = sharp(file)
            .toColourspace(bits === 16 ? 'rgb16' : 'srgb')
            .ensureAlpha();
          const raw = await reference.raw({ depth: bits === 16 ? 'ushort' : 'uchar' }).toBuffer();
          const expected =
            bits === 16 ? new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2) : new Uint8Array(raw);
          expect(Array.from(store.data)).toEqual(Array.from(expected));
        });
      }
    }
  }

  it.each([
    [1, 1],
    [1, 9],
    [9, 1],
    [5, 3],
    [8, 8],
  ])('interlaced %i x %i has empty passes', async (width, height) => {
    const file = makePng({ width, height, bits: 8, colourType: 2, interlaced: true, sample: drawn(8) });
    const plain = makePng({ width, height, bits: 8, colourType: 2, sample: drawn(8) });
    expect((await decode(file)).store.data).toEqual((await decode(plain)).store.data);
  });
});

describe('transparency', () => {
  it('applies tRNS to grey before scaling', async () => {
    const file = makePng({
      width: 4,
      height: 1,
      bits: 2,
      colourType: 0,
      sample: (x) => x,
      before: [pngChunk('tRNS', Uint8Array.of(0, 2))],
    });
    const { store } = await decode(file);
    expect(Array.from(store.data)).toEqual([0, 0, 0, 255, 85, 85, 85, 255, 170, 170, 170, 0, 255, 255, 255, 255]);
  });

  it('applies tRNS to 16-bit true colour only where all three match', async () => {
    const colours = [
      [0x1234, 0x5678, 0x9abc],
      [0x1234, 0x5678, 0x9abd],
    ];
    const key = pngChunk('tRNS', Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc));
    const file = makePng({
      width: 2,
      height: 1,
      bits: 16,
      colourType: 2,
      sample: (x, _, c) => colours[x]?.[c] ?? 0,
      before: [key],
    });
    const { store } = await decode(file, 16);
    expect(Array.from(store.data)).toEqual([0x1234, 0x5678, 0x9abc, 0, 0x1234, 0x5678, 0x9abd, 65535]);
  });

  it('gives palette entries their alpha and keeps the colour below it', async () => {
    const chunks = [pngChunk('PLTE', Uint8Array.of(9, 8, 7, 200, 100, 50)), pngChunk('tRNS', Uint8Array.of(0))];
    const { store } = await decode(
      makePng({ width: 2, height: 1, bits: 1, colourType: 3, sample: (x) => x, before: chunks }),
    );
    expect(Array.from(store.data)).toEqual([9, 8, 7, 0, 200, 100, 50, 255]);
  });

  it('keeps colours under fully transparent pixels', async () => {
    const file = makePng({
      width: 1,
      height: 1,
      bits: 8,
      colourType: 6,
      sample: (_x, _y, c) => [250, 3, 77, 0][c] ?? 0,
    });
    expect(Array.from((await decode(file)).store.data)).toEqual([250, 3, 77, 0]);
  });
});

describe('damage', () => {
  const good = makePng({ width: 32, height: 32, bits: 8, colourType: 2, sample: drawn(8), split: 300 });

  it.each([20, 40, 200, good.length - 30, good.length - 8])('says that a file cut at byte %i was cut off', (length) => {
    expect(() => readPng(good.slice(0, length))).toThrow(/cut off/);
  });

  it('says that rows are missing when the data ends early but properly', async () => {
    const short = makePng({ width: 32, height: 16, bits: 8, colourType: 2, sample: drawn(8) });
    const header = good.slice(0, 33);
    await expect(decode(concat([header, short.slice(33)]))).rejects.toThrow(/rows are missing/);
  });

  it.each([
    ['bytes behind the data', (zlib: Uint8Array) => concat([zlib, Uint8Array.of(1, 2, 3)])],
    ['a wrong checksum', (zlib: Uint8Array) => zlib.map((byte, at) => (at >= zlib.length - 4 ? ~byte : byte))],
    ['no checksum', (zlib: Uint8Array) => zlib.subarray(0, -4)],
  ])('lets %s pass, as every other decoder does', async (_, packed) => {
    const recipe: PngRecipe = { width: 300, height: 200, bits: 8, colourType: 2, sample: drawn(8) };
    const { store, notes } = await decode(makePng({ ...recipe, packed }));
    expect(notes).toEqual([]);
    const wanted = (await decode(makePng(recipe))).store.data;
    expect(store.data.every((value, at) => value === wanted[at])).toBe(true);
  });

  it('says that the compressed data is broken', async () => {
    const broken = makePng({ width: 32, height: 32, bits: 8, colourType: 2, sample: drawn(8) });
    broken.fill(0xa5, 60, 300);
    await expect(decode(broken)).rejects.toThrow(/compressed picture data is broken/);
  });

  it('decodes but tells when only a checksum is wrong', async () => {
    const file = good.slice();
    const at = file.length - 12 - 4;
    file[at] = (file[at] ?? 0) ^ 1;
    expect((await decode(file)).notes.join()).toMatch(/checksum/);
  });

  it('checks a long chunk piece by piece', async () => {
    let state = 7;
    const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) | 0) >>> 24;
    const file = makePng({ width: 700, height: 1200, bits: 8, colourType: 2, sample: noise });
    const [start = 0, end = 0] = readPng(file).layout.data[0] ?? [];
    expect(end - start).toBeGreaterThan(2 << 20);
    expect((await decode(file)).notes).toEqual([]);
    file[end] = (file[end] ?? 0) ^ 1;
    expect((await decode(file)).notes.join()).toMatch(/checksum/);
  });

  it('refuses a header that fails its checksum, impossible depths and unknown critical chunks', () => {
    const header = good.slice();
    header[19] = 33;
    expect(() => readPng(header)).toThrow(/checksum/);
    expect(() => readPng(makePng({ width: 1, height: 1, bits: 4, colourType: 2, sample: () => 0 }))).toThrow(
      /do not exist together/,
    );
    expect(() =>
      readPng(
        makePng({ width: 1, height: 1, bits: 8, colourType: 2, sample: () => 0, before: [pngChunk('ABCD', be32(1))] }),
      ),
    ).toThrow(/ABCD/);
    expect(() => readPng(makePng({ width: 1, height: 1, bits: 8, colourType: 3, sample: () => 0 }))).toThrow(
      /palette is missing/,
    );
  });

  it('survives a metadata chunk that inflates without end', () => {
    const bomb = pngChunk('iCCP', concat([latin1('x\0\0'), new Uint8Array(5000).fill(0x78)]));
    expect(
      readPng(makePng({ width: 1, height: 1, bits: 8, colourType: 2, sample: () => 0, before: [bomb] })).header.metadata
        .icc,
    ).toBeNull();
  });
});

describe('encoding', () => {
  for (const bits of [8, 16] as const) {
    for (const grey of [false, true]) {
      for (const alpha of [false, true]) {
        it(`${bits} bits${grey ? ', grey' : ''}${alpha ? ', alpha' : ''} comes back exactly`, async () => {
          const store = createStore(53, 41, bits, 'srgb');
          const top = bits === 16 ? 65535 : 255;
          for (let at = 0; at < store.data.length; at += 1) {
            const pixel = at >> 2;
            const channel = at & 3;
            const value = (pixel * 7919 + (grey ? 0 : channel * 311) + ((pixel / 53) | 0) * 5) & top;
            store.data[at] = channel === 3 ? (alpha ? (pixel * 13) & top : top) : value;
          }
          const blob = await encodePng(store, { bits, grey, alpha }, []);
          const file = new Uint8Array(await blob.arrayBuffer());
          const meta = await sharp(file).metadata();
          expect([meta.width, meta.height, meta.channels, meta.depth]).toEqual([
            53,
            41,
            (grey ? 1 : 3) + (alpha ? 1 : 0),
            bits === 16 ? 'ushort' : 'uchar',
          ]);
          expect((await decode(file, bits)).store.data).toEqual(store.data);
        });
      }
    }
  }

  it('writes 16-bit pictures as 8-bit by rounding, and 8-bit ones as 16-bit by repeating', async () => {
    const deep = createStore(2, 1, 16, 'srgb');
    deep.data.set([0, 128, 129, 65535, 65535, 65407, 257, 65535]);
    const narrow = await encodePng(deep, { bits: 8, grey: false, alpha: false }, []);
    expect(Array.from((await decode(new Uint8Array(await narrow.arrayBuffer()))).store.data)).toEqual([
      0, 0, 1, 255, 255, 255, 1, 255,
    ]);
  });

  it.each([1, 2, 3, 4, 6, 8])('filters and unfilters to the same row at %i bytes a pixel', (bpp) => {
    const above = Uint8Array.from({ length: bpp * 40 }, (_, at) => (at * at) & 255);
    for (const step of [0, 3, 50]) {
      const row = Uint8Array.from({ length: bpp * 40 }, (_, at) => (above[at] ?? 0) + at * step);
      const out = new Uint8Array(row.length + 1);
      filterRow(row, above, bpp, out);
      unfilter(out, concat([Uint8Array.of(0), above]), bpp);
      expect(out.subarray(1)).toEqual(row);
    }
  });
});
