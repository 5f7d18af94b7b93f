import { unzlibSync } from 'fflate';
import { ascii, be32, concat, fromUtf8, latin1, u32be, u8 } from '../bytes.ts';
import { crc32 } from '../../crc32.ts';
import { readExif } from '../exif.ts';
import { cutOff, damaged, unsupported, type CodePoints, type Header, type PictureMetadata } from './header.ts';

/** PNG 3rd edition (W3C, 2025): chunk layout 5.3, IHDR 11.2.1. */
export interface PngLayout {
  readonly width: number;
  readonly height: number;
  readonly bits: 1 | 2 | 4 | 8 | 16;
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced: boolean;
  readonly palette: Uint8Array | null;
  readonly transparency: Uint8Array | null;
  /** The picture data's ranges in the file. */
  readonly data: readonly (readonly [start: number, end: number])[];
  /** The gamma that gAMA states (encoding exponent, e.g. 0.45455), or null. */
  readonly gamma: number | null;
  readonly stated: { readonly srgb: boolean };
}

export interface PngFile {
  readonly header: Header;
  readonly layout: PngLayout;
}

/** Whole inflated metadata larger than this is a bomb, not a profile. */
const LARGEST_METADATA = 16 * 1024 * 1024;

const BITS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Found {
  palette: Uint8Array | null;
  transparency: Uint8Array | null;
  data: [number, number][];
  frames: number;
  gamma: number | null;
  srgb: boolean;
  codePoints: CodePoints | null;
  metadata: { -readonly [key in keyof PictureMetadata]: PictureMetadata[key] };
}

/** Walks the chunks. Throws HeaderError for what no decoder could read; of the checksums only IHDR's is checked. */
export function readPng(bytes: Uint8Array<ArrayBuffer>): PngFile {
  if (ascii(bytes, 4, 4) !== '\r\n\x1a\n') {
    throw damaged('is a PNG whose first bytes were changed in transfer (line endings were converted).');
  }
  if (bytes.length < 33) throw cutOff();
  if (ascii(bytes, 12, 4) !== 'IHDR' || u32be(bytes, 8) !== 13)
    throw damaged('is a damaged PNG: its header is missing.');
  const shape = readShape(bytes);
  if (crc32(bytes, 12, 29) !== u32be(bytes, 29)) throw damaged('is a damaged PNG: its header fails its checksum.');
  const found = walk(bytes);
  if (found.data.length === 0) throw damaged('is a damaged PNG: it holds no picture data.');
  if (shape.colourType === 3 && found.palette === null) throw damaged('is a damaged PNG: its palette is missing.');
  const exif = found.metadata.exif;
  const header: Header = {
    kind: found.frames > 1 ? 'apng' : 'png',
    width: shape.width,
    height: shape.height,
    bits: shape.colourType === 3 ? 8 : shape.bits,
    mayHaveAlpha: shape.colourType >= 4 || found.transparency !== null,
    frames: found.frames,
    orientation: exif === null ? 1 : readExif(exif).orientation,
    metadata: found.metadata,
    codePoints: found.codePoints,
    forBrowser: () => null,
    notes: [],
  };
  const { palette, transparency, data, gamma, srgb } = found;
  return { header, layout: { ...shape, palette, transparency, data, gamma, stated: { srgb } } };
}

type Shape = Pick<PngLayout, 'width' | 'height' | 'bits' | 'colourType' | 'interlaced'>;

function readShape(bytes: Uint8Array): Shape {
  const bits = u8(bytes, 24);
  const colourType = u8(bytes, 25);
  if (BITS[colourType]?.includes(bits) !== true) {
    throw damaged(
      `is a damaged PNG: its header names colour type ${colourType} with ${bits} bits, which do not exist together.`,
    );
  }
  if (u8(bytes, 26) !== 0 || u8(bytes, 27) !== 0 || u8(bytes, 28) > 1) {
    throw unsupported('is a PNG that uses a compression, filter or interlace method outside the standard.');
  }
  return {
    width: u32be(bytes, 16),
    height: u32be(bytes, 20),
    bits: bits as PngLayout['bits'],
    colourType: colourType as PngLayout['colourType'],
    interlaced: u8(bytes, 28) === 1,
  };
}

function walk(bytes: Uint8Array<ArrayBuffer>): Found {
  const found: Found = {
    palette: null,
    transparency: null,
    data: [],
    frames: 1,
    gamma: null,
    srgb: false,
    codePoints: null,
    metadata: { exif: null, icc: null, xmp: null },
  };
  // IHDR, already read, ends at 33.
  for (let at = 33; ;) {
    if (at + 12 > bytes.length) throw cutOff();
    const length = u32be(bytes, at);
    const type = ascii(bytes, at + 4, 4);
    const start = at + 8;
    const end = start + length;
    if (!/^[A-Za-z]{4}$/.test(type)) throw damaged('is a damaged PNG: between its chunks stands something else.');
    if (end + 4 > bytes.length) throw cutOff();
    if (type === 'IEND') return found;
    if (type === 'IDAT') found.data.push([start, end]);
    else readChunk(found, type, bytes.subarray(start, end));
    at = end + 4;
  }
}

function readChunk(found: Found, type: string, body: Uint8Array<ArrayBuffer>): void {
  switch (type) {
    case 'PLTE':
      if (body.length === 0 || body.length > 768 || body.length % 3 !== 0) {
        throw damaged('is a damaged PNG: its palette has an impossible length.');
      }
      found.palette = body;
      return;
    case 'tRNS':
      found.transparency = body;
      return;
    case 'acTL':
      // More frames than the file has chunks for is a lie that costs nothing: only the first is read.
      found.frames = Math.max(1, u32be(body, 0));
      return;
    case 'eXIf':
      found.metadata.exif = body.slice();
      return;
    case 'iCCP':
      found.metadata.icc = inflateAfterKeyword(body);
      return;
    case 'cICP':
      found.codePoints = { primaries: u8(body, 0), transfer: u8(body, 1) };
      return;
    case 'sRGB':
      found.srgb = true;
      return;
    case 'gAMA':
      found.gamma = u32be(body, 0) / 100000;
      return;
    case 'iTXt':
      found.metadata.xmp ??= readXmp(body);
      return;
    default:
      if (type === 'IHDR') throw damaged('is a damaged PNG: it has a second header.');
      // An unknown critical chunk (capital first letter) may change what the pixels mean.
      if (/^[A-Z]/.test(type)) throw unsupported(`is a PNG with a part (${type}) that Limpid does not know.`);
  }
}

/** keyword, 0, method 0, zlib stream (iCCP, zTXt). A profile that does not inflate is ignored, as browsers do. */
function inflateAfterKeyword(body: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const gap = body.indexOf(0);
  if (gap < 0) return null;
  return inflateSmall(body.subarray(gap + 2));
}

/** Inflates to at most 64 times the stream's length and 4 kB, so that no bomb unfolds; null for damage. */
function inflateSmall(stream: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (stream.length > LARGEST_METADATA / 4) return null;
  try {
    const whole = unzlibSync(stream, { out: new Uint8Array(Math.min(LARGEST_METADATA, stream.length * 64 + 4096)) });
    return whole.slice();
  } catch {
    return null;
  }
}

const XMP_KEYWORD = 'XML:com.adobe.xmp';

/** iTXt (11.3.3.4): keyword, 0, compression flag, method, language, 0, translated keyword, 0, UTF-8 text. */
function readXmp(body: Uint8Array): string | null {
  if (ascii(body, 0, XMP_KEYWORD.length + 1) !== `${XMP_KEYWORD}\0`) return null;
  const flags = XMP_KEYWORD.length + 1;
  const language = body.indexOf(0, flags + 2);
  const translated = language < 0 ? -1 : body.indexOf(0, language + 1);
  if (translated < 0) return null;
  const rest = body.subarray(translated + 1);
  const text = u8(body, flags) === 1 ? inflateSmall(rest) : rest;
  return text === null ? null : fromUtf8(text);
}

/** One chunk with its length and CRC. */
export function pngChunk(type: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const named = concat([latin1(type), body]);
  return concat([be32(body.length), named, be32(crc32(named))]);
}

/** The XMP packet as an uncompressed iTXt chunk, as the XMP specification asks (part 3, 1.1.5). */
export function pngXmpChunk(packet: Uint8Array): Uint8Array<ArrayBuffer> {
  return pngChunk('iTXt', concat([latin1(`${XMP_KEYWORD}\0`), Uint8Array.of(0, 0, 0, 0), packet]));
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
