import type { FileKind } from '../../contract/picture.ts';
import { readBmp } from './containers/bmp.ts';
import { readGif } from './containers/gif.ts';
import type { Header, PictureMetadata } from './containers/header.ts';
import { readIsoMedia } from './containers/isobmff.ts';
import { readJpeg } from './containers/jpeg.ts';
import { readIcon, readJpegXl } from './containers/other.ts';
import { readWebp } from './containers/webp.ts';
import { readExif } from './exif.ts';
import type { Sniffed } from './sniff.ts';
import { xmpHasLocation } from './xmp.ts';

export type { PictureMetadata } from './containers/header.ts';

/** Kinds whose header needs nothing but their bytes; PNG, SVG and TIFF come with more (palette, markup, directories). */
type PlainKind = Exclude<FileKind, 'png' | 'apng' | 'svg' | 'tiff'>;

/** Size, orientation, frames and metadata (EXIF, ICC, XMP as raw blocks) of a file, before anything is decoded. */
export function readHeader(bytes: Uint8Array<ArrayBuffer>, kind: PlainKind, mime: string): Header {
  switch (kind) {
    case 'jpeg':
      return readJpeg(bytes);
    case 'webp':
      return readWebp(bytes);
    case 'gif':
      return readGif(bytes);
    case 'bmp':
      return readBmp(bytes);
    case 'avif':
    case 'heic':
      return readIsoMedia(bytes, kind);
    case 'other':
      return mime === 'image/jxl' ? readJpegXl(bytes) : readIcon(bytes);
  }
}

/** Whether the file says where it was taken, in EXIF or in XMP. */
export const hasLocation = ({ exif, xmp }: PictureMetadata): boolean =>
  (exif !== null && readExif(exif).hasLocation) || (xmp !== null && xmpHasLocation(xmp));

/** File name endings that promise a kind; used to tell a person that a name and its content differ. */
const ENDINGS: Readonly<Record<string, FileKind>> = {
  png: 'png',
  apng: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jfif: 'jpeg',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  bmp: 'bmp',
  svg: 'svg',
  heic: 'heic',
  heif: 'heic',
  tif: 'tiff',
  tiff: 'tiff',
};

const TITLES: Readonly<Record<FileKind, string>> = {
  png: 'PNG',
  apng: 'animated PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  bmp: 'BMP',
  svg: 'SVG',
  heic: 'HEIC',
  tiff: 'TIFF',
  other: 'of another kind',
};

/** A note when the name's ending promises another kind than the content is; the content is what counts. */
export function misnamed(name: string, sniffed: Sniffed & { picture: true }): string[] {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const promised = ENDINGS[ending];
  if (promised === undefined || promised === sniffed.kind) return [];
  return [`The name ends in .${ending}, but the file is ${TITLES[sniffed.kind]}; it was read as such.`];
}
