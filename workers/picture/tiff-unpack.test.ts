import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { concat } from './bytes.ts';
import { inflate } from './inflate.ts';
import { storedZstd, zstdBomb } from './testing/zstd-maker.ts';
import { unpackBits, unpackDeflate, unpackLzw, unpackZstd } from './tiff-unpack.ts';

/** Packs codes most significant bit first at the width that the decoder expects. */
function pack(codes: readonly (readonly [code: number, width: number])[]): Uint8Array {
  const bits = codes.map(([code, width]) => code.toString(2).padStart(width, '0')).join('');
  return Uint8Array.from(bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [], (byte) =>
    parseInt(byte, 2),
  );
}

/** A plain TIFF LZW encoder. */
function lzw(data: Uint8Array): Uint8Array {
  const codes: [number, number][] = [[256, 9]];
  let [table, next, width] = [new Map<string, number>(), 258, 9];
  let word = '';
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) ?? -1));
  for (const byte of data) {
    const longer = word + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      word = longer;
      continue;
    }
    codes.push([codeOf(word), width]);
    table.set(longer, next);
    next += 1;
    if (next === 512 || next === 1024 || next === 2048) width += 1;
    if (next === 4094) {
      codes.push([256, width]);
      [table, next, width] = [new Map(), 258, 9];
    }
    word = String.fromCharCode(byte);
  }
  if (word !== '') codes.push([codeOf(word), width]);
  // The last code also made an entry in the reader's table.
  codes.push([257, next + 1 === 512 || next + 1 === 1024 || next + 1 === 2048 ? width + 1 : width]);
  return pack(codes);
}

describe('LZW', () => {
  it('unpacks what it packs, over many table resets', () => {
    let state = 1;
    const data = Uint8Array.from({ length: 60_000 }, (_, at) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return at % 7 === 0 ? state >> 16 : (at >> 5) & 255;
    });
    for (const length of [0, 1, 2, 300, 5000, 60_000]) {
      expect(unpackLzw(lzw(data.subarray(0, length)), length + 10)).toEqual(data.slice(0, length));
    }
  });

  it('knows the entry that it is just making', () => {
    expect(
      Array.from(
        unpackLzw(
          pack([
            [256, 9],
            [7, 9],
            [258, 9],
            [259, 9],
            [257, 9],
          ]),
          100,
        ),
      ),
    ).toEqual([7, 7, 7, 7, 7, 7]);
  });

  it('never goes beyond its limit and refuses codes from the future', () => {
    const packed = lzw(new Uint8Array(100_000));
    expect(unpackLzw(packed, 1000)).toHaveLength(1000);
    expect(() =>
      unpackLzw(
        pack([
          [256, 9],
          [300, 9],
        ]),
        100,
      ),
    ).toThrow(/300/);
    expect(() =>
      unpackLzw(
        pack([
          [256, 9],
          [258, 9],
        ]),
        100,
      ),
    ).toThrow(/258/);
  });

  it('ends on any bytes, within its limit', () => {
    let state = 9;
    const random = (limit: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % limit;
    for (let round = 0; round < 500; round += 1) {
      const noise = Uint8Array.from({ length: 200 }, () => random(65536) >> 8);
      noise[0] = 128;
      try {
        expect(unpackLzw(noise, 5000).length).toBeLessThanOrEqual(5000);
      } catch (error) {
        expect(String(error)).toMatch(/LZW code/);
      }
    }
  });
});

describe('deflate', () => {
  it('unpacks up to its limit and fails on what is cut off', () => {
    const data = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251);
    const packed = zlibSync(data);
    expect(unpackDeflate(packed, data.length)).toEqual(data);
    expect(unpackDeflate(zlibSync(new Uint8Array(1e7)), 5000)).toHaveLength(5000);
    expect(() => unpackDeflate(packed.slice(0, packed.length - 20), data.length)).toThrow();
    expect(() => unpackDeflate(data, data.length)).toThrow(/zlib/);
  });

  it.each([0, 1, 6, 9] as const)('lets bytes behind the data and a wrong checksum pass, at level %i', (level) => {
    const data = Uint8Array.from({ length: 40_000 }, (_, at) => (at * at) >> 7);
    const packed = zlibSync(data, { level });
    const bare = packed.slice(0, -4);
    for (const end of [[], [0, 0, 0, 0], [...packed.subarray(-4), 0], Array.from({ length: 300 }, (_, at) => at & 255)])
      // The last strip of a TIFF is shorter than the limit.
      for (const limit of [data.length, data.length + 1000])
        expect(Buffer.compare(unpackDeflate(concat([bare, Uint8Array.from(end)]), limit), data)).toBe(0);
  });

  it('does not read on for ever behind the end', () => {
    let read = 0;
    function* long(): Generator<Uint8Array> {
      yield zlibSync(new Uint8Array(1000).fill(7));
      for (; read < 1000; read += 1) yield new Uint8Array(10_000);
    }
    expect([...inflate(long())]).toEqual([new Uint8Array(1000).fill(7)]);
    expect(read).toBeLessThan(40);
  });
});

describe('PackBits', () => {
  it('unpacks the example of TIFF 6.0, section 9, and skips -128', () => {
    const packed = Uint8Array.of(
      0xfe,
      0xaa,
      0x02,
      0x80,
      0x00,
      0x2a,
      0x80,
      0xfd,
      0xaa,
      0x03,
      0x80,
      0x00,
      0x2a,
      0x22,
      0xf7,
      0xaa,
    );
    const data = [
      0xaa,
      0xaa,
      0xaa,
      0x80,
      0,
      0x2a,
      0xaa,
      0xaa,
      0xaa,
      0xaa,
      0x80,
      0,
      0x2a,
      0x22,
      ...Array<number>(10).fill(0xaa),
    ];
    expect(Array.from(unpackBits(packed, 100))).toEqual(data);
    for (let limit = 0; limit < data.length; limit += 1)
      expect(Array.from(unpackBits(packed, limit))).toEqual(data.slice(0, limit));
  });

  it('never goes beyond its limit, nor fails on what is cut off', () => {
    expect(unpackBits(new Uint8Array(100_000).fill(0x81), 1000)).toEqual(new Uint8Array(1000).fill(0x81));
    expect(Array.from(unpackBits(Uint8Array.of(5, 1, 2), 100))).toEqual([1, 2, 0, 0, 0, 0]);
    expect(Array.from(unpackBits(Uint8Array.of(0xff), 100))).toEqual([0, 0]);
  });
});

describe('Zstandard', () => {
  const data = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7) % 251);

  it('unpacks frames that do not state their size', async () => {
    // The last strip of a picture holds less than a whole one.
    for (const limit of [data.length, data.length + 5000])
      expect(Buffer.compare(await unpackZstd(storedZstd(data), limit), data)).toBe(0);
  });

  it('refuses what unfolds to more than its limit, what is cut off and what is no Zstandard', async () => {
    const bomb = zstdBomb(6000);
    expect(bomb.length).toBeLessThan(25_000);
    await expect(unpackZstd(bomb, 1_000_000)).rejects.toThrow(/more than 1000000 bytes/);
    await expect(unpackZstd(storedZstd(data), data.length - 1)).rejects.toThrow(/more than/);
    await expect(unpackZstd(storedZstd(data).slice(0, 1000), data.length)).rejects.toThrow(/damaged/);
    await expect(unpackZstd(data.subarray(0, 1000), 1000)).rejects.toThrow(/damaged/);
  });
});
