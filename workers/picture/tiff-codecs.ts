import { addDecoder, BaseDecoder } from 'geotiff';

/**
 * LZW and deflate for geotiff, in place of its own: a damaged block must not unfold without end (geotiff's LZW runs into
 * gigabytes, its deflate has no bound), and a 24-megapixel scan should not take ten seconds.
 */
export function registerCodecs(): void {
  addDecoder(5, () => Promise.resolve(LzwDecoder));
  addDecoder([8, 32946], () => Promise.resolve(DeflateDecoder));
}

type Parameters = ConstructorParameters<typeof BaseDecoder>[0];

/** Bytes of one whole strip or tile; the last strip may hold less. */
function blockBytes({ tileWidth, tileHeight, bitsPerSample, planarConfiguration }: Parameters): number {
  const bits = typeof bitsPerSample === 'number' ? [bitsPerSample] : Array.from(bitsPerSample ?? [1]);
  const pixelBits = planarConfiguration === 2 ? (bits[0] ?? 1) : bits.reduce((sum, value) => sum + value, 0);
  return Math.ceil((tileWidth * pixelBits) / 8) * tileHeight;
}

class LzwDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    return unpackLzw(new Uint8Array(buffer), blockBytes(this.parameters)).buffer;
  }
}

class DeflateDecoder extends BaseDecoder {
  override async decodeBlock(buffer: ArrayBufferLike): Promise<ArrayBufferLike> {
    return (await unpackDeflate(new Uint8Array(buffer as ArrayBuffer), blockBytes(this.parameters))).buffer;
  }
}

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

/** The browser's own inflate, read no further than a block can be long. */
export async function unpackDeflate(input: Uint8Array<ArrayBuffer>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Bounded(input.length * 4 + 64, limit);
  const reader = new Blob([input]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!out.reserve(value.length)) {
      await reader.cancel();
      break;
    }
    const fits = value.subarray(0, out.limit - out.length);
    out.bytes.set(fits, out.length);
    out.length += fits.length;
  }
  return out.finish();
}
