import { chunk } from '../../contract/chunk.ts';
import { inflate } from './inflate.ts';

/** A buffer that grows by doubling up to a limit and drops what would go beyond it. */
class Bounded {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(
    start: number,
    readonly limit: number,
  ) {
    this.bytes = new Uint8Array(Math.min(limit, start));
  }

  /** Room for `more` bytes; false when the limit leaves none at all. */
  reserve(more: number): boolean {
    if (this.length >= this.limit) return false;
    if (this.length + more > this.bytes.length) {
      const grown = new Uint8Array(Math.min(this.limit, Math.max(this.bytes.length * 2, this.length + more)));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    return true;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}

const CLEAR = 256;
const END = 257;
const LARGEST_TABLE = 4096;

/** TIFF 6.0, section 13: codes of 9 to 12 bits, most significant first, widened one code early. */
export function unpackLzw(input: Uint8Array, limit: number): Uint8Array<ArrayBuffer> {
  const out = new Bounded(input.length * 4 + 64, limit);
  const prefix = new Uint16Array(LARGEST_TABLE);
  const suffix = new Uint8Array(LARGEST_TABLE);
  const lengths = new Uint16Array(LARGEST_TABLE).fill(1, 0, CLEAR);
  for (let code = 0; code < CLEAR; code += 1) suffix[code] = code;
  let [next, width, previous] = [END + 1, 9, -1];
  let [bits, held] = [0, 0];
  for (let at = 0; ;) {
    while (held < width && at < input.length) {
      bits = ((bits << 8) | (input[at++] as number)) & 0xffffff;
      held += 8;
    }
    // Some writers leave the end code out.
    if (held < width) break;
    const code = (bits >> (held - width)) & ((1 << width) - 1);
    held -= width;
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, previous] = [END + 1, 9, -1];
      continue;
    }
    if (code > next || (code === next && previous < 0)) throw new Error(`LZW code ${code} of ${next}`);
    if (previous >= 0 && next < LARGEST_TABLE) {
      prefix[next] = previous;
      lengths[next] = (lengths[previous] as number) + 1;
      // The new entry ends with the first byte of this code's string, which may be the new entry itself.
      suffix[next] = firstByte(code === next ? previous : code, prefix, suffix);
      next += 1;
    }
    if (!append(out, code, lengths[code] as number, prefix, suffix)) break;
    previous = code;
    if (next + 1 >= 1 << width && width < 12) width += 1;
  }
  return out.finish();
}

function firstByte(code: number, prefix: Uint16Array, suffix: Uint8Array): number {
  let at = code;
  while (at >= CLEAR) at = prefix[at] as number;
  return suffix[at] as number;
}

function append(out: Bounded, code: number, length: number, prefix: Uint16Array, suffix: Uint8Array): boolean {
  if (!out.reserve(length)) return false;
  let at = code;
  for (let to = out.length + length - 1; to >= out.length; to -= 1) {
    if (to < out.bytes.length) out.bytes[to] = suffix[at] as number;
    at = prefix[at] as number;
  }
  out.length = Math.min(out.limit, out.length + length);
  return true;
}

/** zlib data, read no further than a block can be long. */
export function unpackDeflate(input: Uint8Array, limit: number): Uint8Array<ArrayBuffer> {
  const out = new Bounded(input.length * 4 + 64, limit);
  for (const part of inflate([input])) {
    if (!out.reserve(part.length)) break;
    const fits = part.subarray(0, out.limit - out.length);
    out.bytes.set(fits, out.length);
    out.length += fits.length;
  }
  return out.finish();
}

/** TIFF 6.0, section 9: a count, then so many literal bytes, or one byte to repeat; -128 does nothing. */
export function unpackBits(input: Uint8Array, limit: number): Uint8Array<ArrayBuffer> {
  const out = new Bounded(input.length * 2 + 64, limit);
  for (let at = 0; at < input.length;) {
    const count = ((input[at++] as number) << 24) >> 24;
    if (count === -128) continue;
    const length = count < 0 ? 1 - count : count + 1;
    if (!out.reserve(length)) break;
    const from = out.length;
    out.length = Math.min(limit, from + length);
    if (count < 0) out.bytes.fill(input[at++] ?? 0, from, out.length);
    else {
      out.bytes.set(input.subarray(at, at + out.length - from), from);
      at += length;
    }
  }
  return out.finish();
}

const zstddec = chunk(() => import('zstddec'));

/**
 * One Zstandard block of a TIFF, by the decoder that geotiff uses too, with room for `limit` bytes: left alone it takes a
 * frame's own word for its size, or, where libtiff has written none, makes something up. Throws for what needs more room.
 */
export async function unpackZstd(input: Uint8Array, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const { ZSTDDecoder } = await zstddec();
  const zstd = new ZSTDDecoder();
  await zstd.init();
  const bytes = zstd.decode(input, limit);
  // Its way to say that the data is damaged or does not fit.
  if (bytes.length === 0) throw new Error(`damaged Zstandard data, or more than ${limit} bytes`);
  return Uint8Array.from(bytes);
}
