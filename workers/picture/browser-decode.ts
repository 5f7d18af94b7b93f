import type { ColorSpace } from '../../contract/picture.ts';
import { damaged } from './containers/header.ts';
import { checkSize } from './limits.ts';
import { canvasNotes } from './read-back.ts';
import { createStore, type PixelStore } from './store.ts';

/** Canvas side for reading a bitmap back, in pixels: 16 MB, far below every browser's canvas limit. */
const BAND = 2048;

/** Pixels that came through a canvas, and what happened to them there. */
export interface FromCanvas {
  readonly store: PixelStore;
  readonly notes: readonly string[];
}

const NARROWED = 'This browser gives pages colours in sRGB only; those of this picture that lie beyond it were cut.';

/**
 * Reads an opaque picture (or one whose transparent pixels have no colour worth keeping) through a canvas, band by band,
 * converted by the browser to `colorSpace`, or to sRGB where it knows no other. The bitmap is closed.
 * @throws HeaderError where the browser hides the pixels, or the bitmap is too large.
 */
export async function readBitmap(bitmap: ImageBitmap, colorSpace: ColorSpace): Promise<FromCanvas> {
  try {
    checkSize(bitmap);
    const notes = await canvasNotes();
    const side = { width: Math.min(BAND, bitmap.width), height: Math.min(BAND, bitmap.height) };
    const context = new OffscreenCanvas(side.width, side.height).getContext('2d', {
      colorSpace,
      willReadFrequently: true,
    });
    if (context === null) throw new Error('Canvas allocation failed');
    const given = spaceOf(context.getImageData(0, 0, 1, 1, { colorSpace }));
    const store = createStore(bitmap.width, bitmap.height, 8, given);
    // Pixels replace what an earlier band left.
    context.globalCompositeOperation = 'copy';
    context.imageSmoothingEnabled = false;
    for (let y = 0; y < store.height; y += side.height) {
      for (let x = 0; x < store.width; x += side.width) {
        const width = Math.min(side.width, store.width - x);
        const height = Math.min(side.height, store.height - y);
        context.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
        const { data } = context.getImageData(0, 0, width, height, { colorSpace });
        for (let row = 0; row < height; row += 1) {
          store.data.set(data.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * store.width + x) * 4);
        }
      }
    }
    return { store, notes: given === colorSpace ? notes : [...notes, NARROWED] };
  } finally {
    bitmap.close();
  }
}

/** Firefox knows no colour spaces of a canvas: it takes no notice of the one asked for and names none. */
const spaceOf = ({ colorSpace }: { readonly colorSpace?: ColorSpace }): ColorSpace => colorSpace ?? 'srgb';

/** Decodes with the browser; the caller has already neutralised an EXIF orientation, so none is applied here. */
export async function decodeWithCanvas(file: Blob, colorSpace: ColorSpace): Promise<FromCanvas> {
  let bitmap: ImageBitmap;
  try {
    // from-image also turns AVIF's own rotation (irot, imir), which is part of its picture and not EXIF.
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image', colorSpaceConversion: 'default' });
  } catch {
    throw damaged(`could not be decoded: its picture data is damaged or was cut off.`);
  }
  return readBitmap(bitmap, colorSpace);
}
