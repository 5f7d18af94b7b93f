import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unpackDeflate, unpackLzw } from './tiff-codecs.ts';

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
  it('unpacks up to its limit and fails on what is cut off', async () => {
    const data = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251);
    const packed = zlibSync(data);
    expect(await unpackDeflate(packed, data.length)).toEqual(data);
    expect(await unpackDeflate(zlibSync(new Uint8Array(1e7)), 5000)).toHaveLength(5000);
    await expect(unpackDeflate(packed.slice(0, packed.length - 20), data.length)).rejects.toThrow();
  });
});
