import { u16le, u8 } from '../bytes.ts';
import { cutOff, damaged, plainHeader, type Header } from './header.ts';

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;

const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** GIF89a (CompuServe, 1990): the logical screen's size and the number of frames, from the block structure alone. */
export function readGif(bytes: Uint8Array<ArrayBuffer>): Header {
  if (bytes.length < 14) throw cutOff();
  const frames = countFrames(bytes, 13 + tableBytes(u8(bytes, 10)));
  // Transparency is told by a flag in front of each frame, and also there where a frame is smaller than the screen.
  return { ...plainHeader('gif', u16le(bytes, 6), u16le(bytes, 8)), frames };
}

function countFrames(bytes: Uint8Array, start: number): number {
  let frames = 0;
  let at = start;
  for (;;) {
    const block = bytes[at];
    if (block === undefined || block === TRAILER) break;
    if (block === EXTENSION) {
      at = skipSubBlocks(bytes, at + 2);
    } else if (block === IMAGE) {
      const after = skipSubBlocks(bytes, at + 11 + tableBytes(u8(bytes, at + 9)));
      // A later frame that was cut off does not matter: the first is used.
      if (after > bytes.length && frames === 0) throw cutOff();
      frames += 1;
      at = after;
    } else if (frames === 0) {
      throw damaged('is a damaged GIF: its blocks break off into something else.');
    } else break;
  }
  if (frames === 0) throw at >= bytes.length ? cutOff() : damaged('is a damaged GIF: it holds no picture.');
  return frames;
}

/** Past the length-prefixed blocks that end with an empty one; past the file's end when they were cut off. */
function skipSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return bytes.length + 1;
    at += 1 + length;
    if (length === 0) return at;
  }
}
