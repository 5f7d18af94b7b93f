import { ascii, concat, fromUtf8, latin1, le32, u16le, u24le, u32le, u8, utf8 } from '../bytes.ts';
import { readExif } from '../exif.ts';
import { cutOff, damaged, type Header } from './header.ts';

/** WebP container (RFC 9649, section 2). */
interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const FLAG = { animation: 0x02, xmp: 0x04, exif: 0x08, alpha: 0x10, icc: 0x20 } as const;

function chunks(bytes: Uint8Array): Chunk[] {
  const list: Chunk[] = [];
  const end = Math.min(bytes.length, 8 + u32le(bytes, 4));
  if (8 + u32le(bytes, 4) > bytes.length + 1) throw cutOff();
  for (let at = 12; at + 8 <= end;) {
    const length = u32le(bytes, at + 4);
    const start = at + 8;
    if (start + length > bytes.length) throw cutOff();
    list.push({ type: ascii(bytes, at, 4), start, end: start + length });
    at = start + length + (length & 1);
  }
  return list;
}

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
}

/** VP8 key frame header (RFC 6386, 9.1). */
function lossyShape(bytes: Uint8Array, at: number): Shape {
  if (u24le(bytes, at + 3) !== 0x2a019d) throw damaged('is a damaged WebP: its picture data has no start code.');
  return { width: u16le(bytes, at + 6) & 0x3fff, height: u16le(bytes, at + 8) & 0x3fff, alpha: false };
}

/** VP8L header (RFC 9649, 3.4): 14 bits of width - 1, 14 of height - 1, one of alpha. */
function losslessShape(bytes: Uint8Array, at: number): Shape {
  if (u8(bytes, at) !== 0x2f) throw damaged('is a damaged WebP: its picture data has no start code.');
  const packed = u32le(bytes, at + 1);
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, alpha: ((packed >>> 28) & 1) === 1 };
}

function frameShape(bytes: Uint8Array, list: readonly Chunk[]): Shape {
  const first = list[0];
  if (first?.type === 'VP8 ') return lossyShape(bytes, first.start);
  if (first?.type === 'VP8L') return losslessShape(bytes, first.start);
  if (first?.type !== 'VP8X') throw damaged('is a damaged WebP: it holds no picture data.');
  const flags = u8(bytes, first.start);
  const width = u24le(bytes, first.start + 4) + 1;
  const height = u24le(bytes, first.start + 7) + 1;
  return { width, height, alpha: (flags & (FLAG.alpha | FLAG.animation)) !== 0 };
}

/** Size, alpha, frame count and metadata from the container alone. */
export function readWebp(bytes: Uint8Array<ArrayBuffer>): Header {
  if (bytes.length < 30) throw cutOff();
  const list = chunks(bytes);
  const shape = frameShape(bytes, list);
  const body = (type: string): Uint8Array<ArrayBuffer> | null => {
    const chunk = list.find((candidate) => candidate.type === type);
    return chunk === undefined ? null : bytes.slice(chunk.start, chunk.end);
  };
  if (!list.some((chunk) => ['VP8 ', 'VP8L', 'ANMF'].includes(chunk.type))) {
    throw damaged('is a damaged WebP: it holds no picture data.');
  }
  const xmp = body('XMP ');
  const exif = stripPrefix(body('EXIF'));
  return {
    kind: 'webp',
    width: shape.width,
    height: shape.height,
    bits: 8,
    mayHaveAlpha: shape.alpha,
    frames: Math.max(1, list.filter((chunk) => chunk.type === 'ANMF').length),
    orientation: exif === null ? 1 : readExif(exif).orientation,
    metadata: { exif, icc: body('ICCP'), xmp: xmp === null ? null : fromUtf8(xmp) },
    codePoints: null,
    forBrowser: () => withoutChunk(bytes, list),
    notes: [],
  };
}

/** Some writers keep JPEG's "Exif\0\0" in front of the block. */
function stripPrefix(exif: Uint8Array<ArrayBuffer> | null): Uint8Array<ArrayBuffer> | null {
  return exif !== null && ascii(exif, 0, 6) === 'Exif\0\0' ? exif.slice(6) : exif;
}

/** The file with its EXIF chunk renamed to one that every reader skips: browsers differ in whether they apply it. */
function withoutChunk(bytes: Uint8Array<ArrayBuffer>, list: readonly Chunk[]): Blob | null {
  const exif = list.find((chunk) => chunk.type === 'EXIF');
  if (exif === undefined) return null;
  return new Blob([bytes.subarray(0, exif.start - 8), latin1('NONE'), bytes.subarray(exif.start - 4)], {
    type: 'image/webp',
  });
}

const chunk = (type: string, body: Uint8Array): Uint8Array<ArrayBuffer> =>
  concat([latin1(type), le32(body.length), body, new Uint8Array(body.length & 1)]);

/** Rewrites a fresh WebP from the browser's encoder with EXIF, XMP and a profile (RFC 9649, 2.7: VP8X first, metadata last). */
export function insertWebpMetadata(
  webp: Uint8Array<ArrayBuffer>,
  exif: Uint8Array | null,
  packet: string | null,
  icc: Uint8Array | null,
): Uint8Array<ArrayBuffer>[] {
  const list = chunks(webp);
  const shape = frameShape(webp, list);
  const old = list.find((candidate) => candidate.type === 'ICCP');
  const profile = old === undefined ? icc : webp.subarray(old.start, old.end);
  const picture = list.filter((candidate) => ['ALPH', 'VP8 ', 'VP8L'].includes(candidate.type));
  const alpha = shape.alpha || picture.some((candidate) => candidate.type === 'ALPH');
  const extended = new Uint8Array(10);
  extended[0] =
    (profile === null ? 0 : FLAG.icc) |
    (alpha ? FLAG.alpha : 0) |
    (exif === null ? 0 : FLAG.exif) |
    (packet === null ? 0 : FLAG.xmp);
  extended.set(le32(shape.width - 1).subarray(0, 3), 4);
  extended.set(le32(shape.height - 1).subarray(0, 3), 7);
  const parts = [
    chunk('VP8X', extended),
    ...(profile === null ? [] : [chunk('ICCP', profile)]),
    ...picture.map((candidate) => chunk(candidate.type, webp.subarray(candidate.start, candidate.end))),
    ...(exif === null ? [] : [chunk('EXIF', exif)]),
    ...(packet === null ? [] : [chunk('XMP ', utf8(packet))]),
  ];
  const size = parts.reduce((sum, part) => sum + part.length, 4);
  return [concat([latin1('RIFF'), le32(size), latin1('WEBP')]), ...parts];
}
