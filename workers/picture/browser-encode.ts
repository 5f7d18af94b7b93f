import { OUTPUT_FORMATS, type OutputFormat } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import { NOISE, probeReadBack } from './read-back.ts';
import type { PixelStore } from './store.ts';

type CanvasFormat = 'jpeg' | 'webp' | 'avif';

/** Longest sides: WebP's format has 14 bits, libjpeg 65,500; Chromium's canvas ends at 65,535 and 2^28 pixels. */
const LARGEST_SIDE: Readonly<Record<CanvasFormat, number>> = { webp: 16383, jpeg: 65500, avif: 65535 };
const LARGEST_CANVAS_AREA = 2 ** 28;

const TITLE: Readonly<Record<CanvasFormat, string>> = { jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF' };

let known: Promise<readonly OutputFormat[]> | undefined;

/** Formats that this browser can write; asked once, by writing one pixel. PNG needs no browser encoder. */
export function listFormats(): Promise<readonly OutputFormat[]> {
  known ??= (async () => {
    const able = await Promise.all(
      OUTPUT_FORMATS.map(async (format) => {
        if (format === 'png' || format === 'png16') return true;
        const canvas = new OffscreenCanvas(1, 1);
        canvas.getContext('2d');
        // A type that cannot be written silently becomes PNG (HTML, 4.12.5.5).
        const blob = await canvas.convertToBlob({ type: `image/${format}` }).catch(() => null);
        return blob?.type === `image/${format}`;
      }),
    );
    return OUTPUT_FORMATS.filter((_, index) => able[index] === true);
  })();
  return known;
}

const MADE_UP =
  'This browser gives pages made-up pixels in place of a picture’s own, as a guard against tracking, so it cannot write';

const fail = (message: string, detail?: string): LimpidError => new LimpidError('encode-failed', message, detail);

/**
 * Encodes through an OffscreenCanvas in the store's colour space (Chromium embeds the profile). With transparency the
 * pixels reach the encoder through a bitmap that was never multiplied by alpha, so their colours stay exact.
 * @throws LimpidError `encode-failed`, also where the browser would write made-up pixels.
 */
export async function encodeByBrowser(
  store: PixelStore,
  format: CanvasFormat,
  quality: number,
  alpha: boolean,
): Promise<{ readonly blob: Blob; readonly notes: readonly string[] }> {
  const title = TITLE[format];
  const formats = await listFormats();
  if (!formats.includes(format)) {
    const others = formats
      .filter((other) => other !== 'png16')
      .map((other) => (other === 'png' ? 'PNG' : TITLE[other as CanvasFormat]));
    throw fail(`This browser cannot write ${title}; it can write ${others.join(', ')}.`);
  }
  const { width, height } = store;
  const side = LARGEST_SIDE[format];
  if (Math.max(width, height) > side || width * height > LARGEST_CANVAS_AREA) {
    const limit = Math.max(width, height) > side ? `${side.toLocaleString('en')} pixels a side` : '268 megapixels';
    throw fail(`${title} ends at ${limit} and this picture is ${width} × ${height}; PNG can hold it.`);
  }
  try {
    const readBack = await probeReadBack();
    if (readBack === 'hidden') throw fail(`${MADE_UP} ${title}; PNG works without its encoder.`);
    const canvas = new OffscreenCanvas(width, height);
    if (alpha && format !== 'jpeg') await showStraight(canvas, store);
    else paint(canvas, store);
    const blob = await canvas.convertToBlob({ type: `image/${format}`, quality });
    // The memory of a large canvas is not waited for by the garbage collector.
    canvas.width = canvas.height = 1;
    if (blob.type !== `image/${format}` || blob.size === 0) throw new Error(`wrote ${blob.type}, ${blob.size} bytes`);
    return { blob, notes: readBack === 'noisy' ? [NOISE] : [] };
  } catch (error) {
    if (error instanceof LimpidError) throw error;
    throw fail(`The browser could not write this picture as ${title}; PNG works without its encoder.`, String(error));
  }
}

async function showStraight(canvas: OffscreenCanvas, store: PixelStore): Promise<void> {
  const image = new ImageData(eightBit(store, 0, store.height, false), store.width, store.height, {
    colorSpace: store.colorSpace,
  });
  const bitmap = await createImageBitmap(image, { premultiplyAlpha: 'none' });
  const context = canvas.getContext('bitmaprenderer');
  if (context === null) throw new Error('no bitmaprenderer');
  context.transferFromImageBitmap(bitmap);
}

/** Rows at a time, so that no second full copy exists beside the canvas. */
const BAND = 512;

function paint(canvas: OffscreenCanvas, store: PixelStore): void {
  const context = canvas.getContext('2d', { colorSpace: store.colorSpace, alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('no 2d context');
  for (let y = 0; y < store.height; y += BAND) {
    const rows = Math.min(BAND, store.height - y);
    const image = new ImageData(eightBit(store, y, rows, true), store.width, rows, { colorSpace: store.colorSpace });
    context.putImageData(image, 0, y);
  }
}

/** Rows with 8 bits a channel; `onWhite` composites them on white and makes them opaque. */
function eightBit(store: PixelStore, y: number, rows: number, onWhite: boolean): Uint8ClampedArray<ArrayBuffer> {
  const { data, depth, width } = store;
  const from = y * width * 4;
  const out = new Uint8ClampedArray(rows * width * 4);
  if (depth === 8) out.set(data.subarray(from, from + out.length));
  else for (let at = 0; at < out.length; at += 1) out[at] = ((data[from + at] as number) * 255 + 32895) >> 16;
  if (!onWhite) return out;
  for (let at = 0; at < out.length; at += 4) {
    const alpha = out[at + 3] as number;
    if (alpha === 255) continue;
    for (let channel = at; channel < at + 3; channel += 1) {
      out[channel] = Math.round(((out[channel] as number) * alpha + 255 * (255 - alpha)) / 255);
    }
    out[at + 3] = 255;
  }
  return out;
}
