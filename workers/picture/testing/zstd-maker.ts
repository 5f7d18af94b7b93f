import { concat, le32 } from '../bytes.ts';

/** Longest block (RFC 8878, 3.1.1.2.4). */
const BLOCK = 128 * 1024;

const header = (last: boolean, type: 0 | 1, size: number): Uint8Array =>
  le32((last ? 1 : 0) | (type << 1) | (size << 3)).subarray(0, 3);

/** Magic number, a descriptor without content size, and a window of 128 kB (3.1.1.1). */
const START = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 7 << 3);

/** A Zstandard frame that stores `data` as it is and, as libtiff's, does not state its size; for tests. */
export function storedZstd(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [START];
  for (let at = 0; at < data.length; at += BLOCK) {
    const piece = data.subarray(at, at + BLOCK);
    parts.push(header(at + BLOCK >= data.length, 0, piece.length), piece);
  }
  return concat(parts);
}

/** A frame of `blocks` times 128 kB of zeros in four bytes each. */
export function zstdBomb(blocks: number): Uint8Array<ArrayBuffer> {
  const parts = Array.from({ length: blocks }, (_, at) => [header(at === blocks - 1, 1, BLOCK), Uint8Array.of(0)]);
  return concat([START, ...parts.flat()]);
}
