import type { Size } from '../../contract/picture.ts';
import { HeaderError } from './containers/header.ts';

/** Longest side that Chromium's and Safari's image decoders accept (Skia: 2^15 - 1). */
export const LARGEST_SIDE = 32767;
/** 8 bits: 480 MB as RGBA, and the browser's decoder holds as much again while it works. */
export const LARGEST_AREA = 120_000_000;
/** Above this a 16-bit picture (8 bytes a pixel) is kept with 8 bits, so that it takes no more memory than that. */
const LARGEST_AREA_16 = LARGEST_AREA / 2;
/** Longest side of a canvas that every browser with a GPU draws (textures of 2^14). */
export const LARGEST_CANVAS_SIDE = 16384;
/** Said of such a picture. */
const CUT = 'This 16-bit picture is so large that it is restored with 8 bits a channel.';
/** Files are read whole: their metadata may stand anywhere. */
export const LARGEST_FILE = 1024 ** 3;

/** "120 megapixels", "2.5 megapixels". */
export const megapixels = (pixels: number): string =>
  `${Number((pixels / 1e6).toFixed(pixels < 1e7 ? 1 : 0)).toLocaleString('en')} megapixels`;

/** Refuses, from the header alone, what the browser could not hold. */
export function checkSize({ width, height }: Size): void {
  if (width <= 0 || height <= 0) {
    throw new HeaderError(
      'picture-empty',
      `says that it is ${width} × ${height} pixels: there is nothing in it to restore.`,
    );
  }
  const says = `says that it is ${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels`;
  if (width * height > LARGEST_AREA) {
    const limit = `browsers can hold up to ${megapixels(LARGEST_AREA)}`;
    throw new HeaderError(
      'picture-too-large',
      `${says} (${megapixels(width * height)}); ${limit}. Make it smaller or cut it first.`,
    );
  }
  if (Math.max(width, height) > LARGEST_SIDE) {
    const limit = `browsers can hold up to ${LARGEST_SIDE.toLocaleString('en')} pixels a side`;
    throw new HeaderError('picture-too-large', `${says}; ${limit}. Make it smaller or cut it first.`);
  }
}

/** Bits a channel that a decoded picture keeps, and what to tell when they are fewer than the file's. */
export function keptDepth(bits: number, { width, height }: Size): { readonly depth: 8 | 16; readonly notes: string[] } {
  if (bits <= 8) return { depth: 8, notes: [] };
  return width * height <= LARGEST_AREA_16 ? { depth: 16, notes: [] } : { depth: 8, notes: [CUT] };
}
