import type { FileKind } from '../../contract/picture.ts';
import { ascii, startsWith, u32be } from './bytes.ts';

/** What a file is, told by its first bytes. `other` pictures carry a MIME type that some browsers decode. */
export type Sniffed =
  | { readonly picture: true; readonly kind: FileKind; readonly mime: string }
  | { readonly picture: false; readonly what: string };

const picture = (kind: FileKind, mime: string): Sniffed => ({ picture: true, kind, mime });
const foreign = (what: string): Sniffed => ({ picture: false, what });

const HEVC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];
const VIDEO_BRANDS = [
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'M4A ',
  'qt  ',
  '3gp4',
  '3gp5',
  'dash',
];

/** ISO base media: the `ftyp` box lists a major brand and compatible ones (ISO/IEC 23008-12, 10.2; AVIF 1.1, 8). */
function sniffIsoMedia(bytes: Uint8Array): Sniffed {
  const end = Math.min(Math.max(16, u32be(bytes, 0)), 256, bytes.length);
  const brands = [ascii(bytes, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(bytes, at, 4));
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return picture('avif', 'image/avif');
  if (brands.some((brand) => HEVC_BRANDS.includes(brand))) return picture('heic', 'image/heic');
  if (brands.some((brand) => brand === 'mif1' || brand === 'msf1')) return picture('heic', 'image/heif');
  if (brands.some((brand) => VIDEO_BRANDS.includes(brand))) return foreign('a video or sound file');
  return foreign('a media file of a kind that holds no still picture');
}

const SIGNATURES: readonly (readonly [signature: readonly number[], what: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or an Office document'],
  [[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive'],
  [[0x38, 0x42, 0x50, 0x53], 'a Photoshop document'],
  [[0x76, 0x2f, 0x31, 0x01], 'an OpenEXR picture, which Limpid does not read'],
  [[0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20], 'a JPEG 2000 picture, which Limpid does not read'],
  [[0xff, 0x4f, 0xff, 0x51], 'a JPEG 2000 picture, which Limpid does not read'],
  [[0x1a, 0x45, 0xdf, 0xa3], 'a video'],
  [[0x4f, 0x67, 0x67, 0x53], 'a sound or video file'],
  [[0x49, 0x44, 0x33], 'a sound file'],
  [[0x4d, 0x5a], 'a program'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an Office document'],
];

/** Told by content, never by name. Needs the first few kilobytes (all of them for SVG with a long preamble). */
export function sniff(bytes: Uint8Array): Sniffed {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return picture('png', 'image/png');
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return picture('jpeg', 'image/jpeg');
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return picture('gif', 'image/gif');
  if (ascii(bytes, 0, 4) === 'RIFF') {
    return ascii(bytes, 8, 4) === 'WEBP' ? picture('webp', 'image/webp') : foreign('a sound or video file');
  }
  if (ascii(bytes, 4, 4) === 'ftyp') return sniffIsoMedia(bytes);
  if (startsWith(bytes, [0x49, 0x49, 42, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 42]))
    return picture('tiff', 'image/tiff');
  if (startsWith(bytes, [0x49, 0x49, 43, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 43]))
    return picture('tiff', 'image/tiff');
  if (startsWith(bytes, [0xff, 0x0a]) || startsWith(bytes, [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20])) {
    return picture('other', 'image/jxl');
  }
  if (startsWith(bytes, [0, 0, 1, 0]) && (bytes[4] ?? 0) > 0) return picture('other', 'image/x-icon');
  for (const [signature, what] of SIGNATURES) if (startsWith(bytes, signature)) return foreign(what);
  const text = sniffText(bytes);
  // "BM" alone is too little to trust: text may begin with it.
  if (ascii(bytes, 0, 2) === 'BM' && text === null) return picture('bmp', 'image/bmp');
  return text ?? foreign('in no picture format that Limpid knows');
}

/** SVG, HTML or other text; null for binary data. */
function sniffText(bytes: Uint8Array): Sniffed | null {
  const sample = bytes.subarray(0, 65536);
  const utf16 = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  const text = new TextDecoder(utf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(sample);
  if (!utf16 && sample.subarray(0, 4096).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)))
    return null;
  const body = text
    .replace(/^\uFEFF/, '')
    .replace(/^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE\s+svg[^>[]*(?:\[[\s\S]*?\])?[^>]*>)+/i, '');
  if (/^<(?:[\w-]+:)?svg[\s>/]/i.test(body)) return picture('svg', 'image/svg+xml');
  if (/^<(?:!doctype html|html|head|body)\b/i.test(body)) return foreign('an HTML page');
  if (body.startsWith('<')) return foreign('an XML or HTML document');
  const broken = text.slice(0, 4096).split('\uFFFD').length - 1;
  return broken > 8 ? null : foreign('a text file');
}
