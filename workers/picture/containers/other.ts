import { ascii, u16le, u32be, u8 } from '../bytes.ts';
import { cutOff, damaged, plainHeader, type Header } from './header.ts';

/** Windows icon: the largest of its pictures, which is the one that browsers draw. A side of 0 means 256. */
export function readIcon(bytes: Uint8Array): Header {
  const count = u16le(bytes, 4);
  if (bytes.length < 6 + count * 16) throw cutOff();
  let width = 0;
  let height = 0;
  for (let entry = 0; entry < count; entry += 1) {
    width = Math.max(width, u8(bytes, 6 + entry * 16) || 256);
    height = Math.max(height, u8(bytes, 7 + entry * 16) || 256);
  }
  return plainHeader('other', width, height);
}

/** Bits from the least significant upwards, as JPEG XL packs them. */
class BitReader {
  private at = 0;
  constructor(
    private readonly bytes: Uint8Array,
    private readonly start: number,
  ) {}

  bits(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1, this.at += 1) {
      value += ((u8(this.bytes, this.start + (this.at >> 3)) >> (this.at & 7)) & 1) * 2 ** bit;
    }
    return value;
  }
}

/** Width for each of the seven fixed ratios of ISO/IEC 18181-1, SizeHeader. */
const RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];

/** JPEG XL: the size header that opens the codestream, bare or in its box (ISO/IEC 18181-1 D.2, 18181-2). */
export function readJpegXl(bytes: Uint8Array): Header {
  const start = codestream(bytes);
  if (start + 12 > bytes.length) throw cutOff();
  const reader = new BitReader(bytes, start + 2);
  const small = reader.bits(1) === 1;
  const side = (): number => (small ? 8 * (1 + reader.bits(5)) : 1 + reader.bits([9, 13, 18, 30][reader.bits(2)] ?? 9));
  const height = side();
  const ratio = RATIOS[reader.bits(3) - 1];
  return plainHeader('other', ratio === undefined ? side() : Math.floor((height * ratio[0]) / ratio[1]), height);
}

function codestream(bytes: Uint8Array): number {
  if (u8(bytes, 0) === 0xff) return 0;
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = u32be(bytes, at);
    const type = ascii(bytes, at + 4, 4);
    if (type === 'jxlc') return at + 8;
    if (type === 'jxlp') return at + 12;
    if (length < 8) break;
    at += length;
  }
  throw damaged('is a damaged JPEG XL: it holds no picture data.');
}
