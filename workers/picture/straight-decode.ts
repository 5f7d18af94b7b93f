import { damaged } from './containers/header.ts';
import { checkSize } from './limits.ts';
import { createStore, type PixelStore } from './store.ts';

/** Rotation by 0, 90, 180, 270 degrees clockwise, then a horizontal flip, as the EXIF orientation that does the same. */
const TURNED: Readonly<Record<number, number>> = { 0: 1, 90: 6, 180: 3, 270: 8 };
const FLIPPED: Readonly<Record<number, number>> = { 0: 2, 90: 5, 180: 4, 270: 7 };

interface Transformed {
  readonly rotation?: number;
  readonly flip?: boolean;
}

/**
 * One pixel of red 200, green 100, blue 40 and alpha 128 as lossless WebP, written by
 * `sharp(Buffer.from([200, 100, 40, 128]), { raw: { width: 1, height: 1, channels: 4 } }).webp({ lossless: true, exact: true })`.
 */
const HALF_TRANSPARENT = 'UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAEAdQsiIXpYCBiOh/AAA=';

let straight: Promise<boolean> | undefined;

/** Whether frames keep their colours straight, as Chromium's do; Firefox may hand them over multiplied by alpha. Asked once. */
function framesAreStraight(): Promise<boolean> {
  straight ??= (async () => {
    const file = new Blob([Uint8Array.from(atob(HALF_TRANSPARENT), (character) => character.charCodeAt(0))]);
    const pixel = await readFrame(file, 'image/webp').catch(() => null);
    return pixel !== null && Math.abs((pixel.store.data[0] ?? 0) - 200) <= 1;
  })();
  return straight;
}

/**
 * Decodes the first frame with straight alpha through WebCodecs: a canvas multiplies colours by alpha and loses them where
 * alpha is 0, a VideoFrame's own bytes do not. The numbers are in the file's colour space, not converted. Null when this
 * browser has no ImageDecoder for the type, or hands the frame over multiplied or in a form other than 8-bit RGB.
 */
export async function decodeStraight(file: Blob, type: string): Promise<Frame | null> {
  if (!('ImageDecoder' in globalThis) || !(await ImageDecoder.isTypeSupported(type))) return null;
  return (await framesAreStraight()) ? readFrame(file, type) : null;
}

interface Frame {
  readonly store: PixelStore;
  /** EXIF's number for the turn that is still to be applied. */
  readonly orientation: number;
}

async function readFrame(file: Blob, type: string): Promise<Frame | null> {
  const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type, colorSpaceConversion: 'none' });
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
