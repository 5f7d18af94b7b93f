import type { ColorSpace } from '../../contract/picture.ts';
import { damaged } from './containers/header.ts';
import { checkSize } from './limits.ts';
import { createStore, type PixelStore } from './store.ts';

/** Canvas side for reading a bitmap back, in pixels: 16 MB, far below every browser's canvas limit. */
const BAND = 2048;

/**
 * Reads an opaque picture (or one whose transparent pixels have no colour worth keeping) through a canvas, band by band,
 * converted by the browser to `colorSpace`. The bitmap is closed.
 */
export function readBitmap(bitmap: ImageBitmap, colorSpace: ColorSpace): PixelStore {
  try {
    checkSize(bitmap);
    const store = createStore(bitmap.width, bitmap.height, 8, colorSpace);
    const side = { width: Math.min(BAND, store.width), height: Math.min(BAND, store.height) };
    const context = new OffscreenCanvas(side.width, side.height).getContext('2d', {
      colorSpace,
      willReadFrequently: true,
    });
    if (context === null) throw new Error('Canvas allocation failed');
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
    return store;
  } finally {
    bitmap.close();
  }
}

/** Decodes with the browser; the caller has already neutralised an EXIF orientation, so none is applied here. */
export async function decodeWithCanvas(file: Blob, colorSpace: ColorSpace): Promise<PixelStore> {
  let bitmap: ImageBitmap;
  try {
    // from-image also turns AVIF's own rotation (irot, imir), which is part of its picture and not EXIF.
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image', colorSpaceConversion: 'default' });
  } catch {
    throw damaged(`could not be decoded: its picture data is damaged or was cut off.`);
  }
  return readBitmap(bitmap, colorSpace);
}

/** Rotation by 0, 90, 180, 270 degrees clockwise, then a horizontal flip, as the EXIF orientation that does the same. */
const TURNED: Readonly<Record<number, number>> = { 0: 1, 90: 6, 180: 3, 270: 8 };
const FLIPPED: Readonly<Record<number, number>> = { 0: 2, 90: 5, 180: 4, 270: 7 };

interface Transformed {
  readonly rotation?: number;
  readonly flip?: boolean;
}

/**
 * Decodes the first frame with straight alpha through WebCodecs: a canvas multiplies colours by alpha and loses them where
 * alpha is 0, a VideoFrame's own bytes do not. The numbers are in the file's colour space, not converted. Null when this
 * browser has no ImageDecoder for the type, or hands the frame over in a form other than 8-bit RGB.
 */
export async function decodeStraight(
  file: Blob,
  type: string,
): Promise<{ store: PixelStore; orientation: number } | null> {
  if (!('ImageDecoder' in globalThis) || !(await ImageDecoder.isTypeSupported(type))) return null;
  const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type });
  try {
    const frame = await firstFrame(decoder);
    try {
      const format = frame.format;
      if (format !== 'BGRA' && format !== 'RGBA' && format !== 'BGRX' && format !== 'RGBX') return null;
      checkSize({ width: frame.codedWidth, height: frame.codedHeight });
      const store = createStore(frame.codedWidth, frame.codedHeight, 8, 'srgb');
      const layout = [{ offset: 0, stride: store.width * 4 }];
      await frame.copyTo(store.data, { layout, rect: { x: 0, y: 0, width: store.width, height: store.height } });
      arrange(store.data, format);
      const { rotation = 0, flip = false } = frame as Transformed;
      return { store, orientation: (flip ? FLIPPED : TURNED)[rotation] ?? 1 };
    } finally {
      frame.close();
    }
  } finally {
    decoder.close();
  }
}

async function firstFrame(decoder: ImageDecoder): Promise<VideoFrame> {
  try {
    return (await decoder.decode({ frameIndex: 0 })).image;
  } catch {
    throw damaged('could not be decoded: its picture data is damaged or was cut off.');
  }
}

/** BGRA to RGBA in place; X is no alpha and becomes opaque. */
function arrange(data: Uint8ClampedArray | Uint16Array, format: 'BGRA' | 'RGBA' | 'BGRX' | 'RGBX'): void {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const swap = format.startsWith('B');
  const opaque = format.endsWith('X') ? 0xff000000 : 0;
  if (!swap && opaque === 0) return;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as number;
    const turned = swap ? (word & 0xff00ff00) | ((word & 0xff) << 16) | ((word >>> 16) & 0xff) : word;
    words[at] = turned | opaque;
  }
}
