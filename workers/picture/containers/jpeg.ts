import { ascii, concat, fromUtf8, latin1, u16be, u8, utf8 } from '../bytes.ts';
import { readExif, withoutOrientation } from '../exif.ts';
import { cutOff, damaged, unsupported, type Header, type PictureMetadata } from './header.ts';

/** JPEG (ITU-T T.81, annex B): marker segments up to the first scan. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const APP2 = 0xe2;

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const ICC = 'ICC_PROFILE\0';

/** Frame headers that browsers decode: baseline, extended, progressive (Huffman). The rest is lossless or arithmetic. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const DECODED_FRAMES = [0xc0, 0xc1, 0xc2];

interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/** Segments before the first scan, then the scan itself. Throws HeaderError when the chain breaks. */
function segments(bytes: Uint8Array): Segment[] {
  const list: Segment[] = [];
  let at = 2;
  for (;;) {
    if (at + 4 > bytes.length) throw cutOff();
    if (u8(bytes, at) !== 0xff) {
      // Some cameras and editors leave bytes between segments; libjpeg, and so every browser, looks for the next marker.
      at = bytes.indexOf(0xff, at);
      if (at < 0) throw damaged('is a damaged JPEG: its header breaks off into something else.');
      continue;
    }
    const marker = u8(bytes, at + 1);
    if (marker === 0) {
      at += 2; // no marker but a byte 0xff among the stray ones
      continue;
    }
    if (marker === 0xff) {
      at += 1; // fill byte (B.1.1.2)
      continue;
    }
    if (marker === EOI) throw damaged('is a damaged JPEG: it holds no picture data.');
    if (marker === 0x01 || (marker >= 0xd0 && marker <= SOI)) {
      at += 2;
      continue;
    }
    const length = u16be(bytes, at + 2);
    if (length < 2) throw damaged('is a damaged JPEG: its header breaks off into something else.');
    if (at + 2 + length > bytes.length) throw cutOff();
    list.push({ marker, start: at + 4, end: at + 2 + length });
    if (marker === SOS) return list;
    at += 2 + length;
  }
}

/** Reads size, components and metadata; nothing is decoded. */
export function readJpeg(bytes: Uint8Array<ArrayBuffer>): Header {
  const list = segments(bytes);
  const frame = list.find((segment) => isFrame(segment.marker));
  if (frame === undefined) throw damaged('is a damaged JPEG: its size is missing.');
  if (!DECODED_FRAMES.includes(frame.marker)) {
    throw unsupported('is a JPEG of a rare kind (lossless or arithmetic coding) that browsers do not decode.');
  }
  const bits = u8(bytes, frame.start);
  if (bits !== 8) throw unsupported(`is a JPEG with ${bits} bits a channel, which browsers do not decode.`);
  const metadata = readMetadata(bytes, list);
  const orientation = metadata.exif === null ? 1 : readExif(metadata.exif).orientation;
  const components = u8(bytes, frame.start + 5);
  return {
    kind: 'jpeg',
    width: u16be(bytes, frame.start + 3),
    height: u16be(bytes, frame.start + 1),
    bits,
    mayHaveAlpha: false,
    frames: 1,
    orientation,
    metadata: components === 4 ? { ...metadata, icc: null } : metadata,
    codePoints: null,
    forBrowser: () => (orientation === 1 ? null : uprightJpeg(bytes, list)),
    notes:
      components === 4 ? ['This is a CMYK picture made for print; it was converted to screen colours (sRGB).'] : [],
  };
}

const holds = (bytes: Uint8Array, segment: Segment, marker: number, prefix: string): boolean =>
  segment.marker === marker && ascii(bytes, segment.start, prefix.length) === prefix;

function readMetadata(bytes: Uint8Array<ArrayBuffer>, list: readonly Segment[]): PictureMetadata {
  const exif = list.find((segment) => holds(bytes, segment, APP1, EXIF));
  const xmp = list.find((segment) => holds(bytes, segment, APP1, XMP));
  return {
    exif: exif === undefined ? null : bytes.slice(exif.start + EXIF.length, exif.end),
    icc: readIcc(bytes, list),
    xmp: xmp === undefined ? null : fromUtf8(bytes.subarray(xmp.start + XMP.length, xmp.end)),
  };
}

/** A profile may be split over segments numbered from 1 (ICC.1:2022, B.4). A missing part voids it. */
function readIcc(bytes: Uint8Array, list: readonly Segment[]): Uint8Array<ArrayBuffer> | null {
  const parts = list
    .filter((segment) => holds(bytes, segment, APP2, ICC))
    .map((segment) => ({
      number: u8(bytes, segment.start + ICC.length),
      of: u8(bytes, segment.start + ICC.length + 1),
      data: bytes.subarray(segment.start + ICC.length + 2, segment.end),
    }))
    .sort((a, b) => a.number - b.number);
  const whole = parts.length > 0 && parts.every((part, index) => part.number === index + 1 && part.of === parts.length);
  return whole ? concat(parts.map((part) => part.data)) : null;
}

/** The file with its EXIF orientation set to 1, sharing every other byte. */
function uprightJpeg(bytes: Uint8Array<ArrayBuffer>, list: readonly Segment[]): Blob | null {
  const exif = list.find((segment) => holds(bytes, segment, APP1, EXIF));
  if (exif === undefined) return null;
  const start = exif.start + EXIF.length;
  const patched = withoutOrientation(bytes.subarray(start, exif.end));
  return new Blob([bytes.subarray(0, start), patched, bytes.subarray(exif.end)], { type: 'image/jpeg' });
}

function makeSegment(marker: number, prefix: string, body: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const length = 2 + prefix.length + body.length;
  if (length > 0xffff) return null;
  return concat([Uint8Array.of(0xff, marker, length >> 8, length & 255), latin1(prefix), body]);
}

/**
 * Puts EXIF and XMP into a fresh JPEG from the browser's encoder, after its JFIF and before all else (EXIF 3.0, 4.7.2,
 * wants APP1 first; readers accept it after APP0). What does not fit into one segment (64 kB) is left out and named.
 */
export function insertJpegMetadata(
  jpeg: Uint8Array<ArrayBuffer>,
  exif: Uint8Array | null,
  packet: string | null,
  icc: Uint8Array | null,
): { parts: Uint8Array<ArrayBuffer>[]; left: string[] } {
  const left: string[] = [];
  const added: Uint8Array<ArrayBuffer>[] = [];
  const add = (made: Uint8Array<ArrayBuffer> | null, name: string): void => {
    if (made === null) left.push(name);
    else added.push(made);
  };
  if (exif !== null) add(makeSegment(APP1, EXIF, exif), 'EXIF');
  if (packet !== null) add(makeSegment(APP1, XMP, utf8(packet)), 'XMP');
  const list = segments(jpeg);
  const hasIcc = list.some((part) => holds(jpeg, part, APP2, ICC));
  if (icc !== null && !hasIcc) add(makeSegment(APP2, `${ICC}\x01\x01`, icc), 'ICC profile');
  const jfif = list[0];
  const at = jfif !== undefined && jfif.marker === 0xe0 ? jfif.end : 2;
  return { parts: [jpeg.subarray(0, at), ...added, jpeg.subarray(at)], left };
}
