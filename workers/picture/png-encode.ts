import { zlibSync } from 'fflate';
import { concat, latin1 } from './bytes.ts';
import { PNG_SIGNATURE, pngChunk } from './containers/png.ts';
import { paeth } from './png-filter.ts';
import type { PixelStore } from './store.ts';

/** How samples are written: only what the picture needs (grey, alpha), at the depth that was asked for. */
export interface PngShape {
  readonly bits: 8 | 16;
  readonly grey: boolean;
  readonly alpha: boolean;
}

/**
 * A PNG of any size with straight alpha exactly as in the store: rows are filtered here, deflated by the browser as a
 * stream and collected as IDAT chunks. A canvas could not do it: it multiplies by alpha, cuts to 8 bits and ends at 16,384
 * pixels a side. Memory: the store, a few rows and the compressed result. Yields to the event loop between strips.
 */
export async function encodePng(
  store: PixelStore,
  shape: PngShape,
  ancillary: readonly Uint8Array<ArrayBuffer>[],
): Promise<Blob> {
  const channels = (shape.grey ? 1 : 3) + (shape.alpha ? 1 : 0);
  const parts: Uint8Array<ArrayBuffer>[] = [PNG_SIGNATURE, pngChunk('IHDR', headerOf(store, shape)), ...ancillary];
  const stream = filteredRows(store, shape, channels).pipeThrough(new CompressionStream('deflate'));
  const reader = stream.getReader();
  let pending: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (value !== undefined) {
      pending.push(value);
      size += value.length;
    }
    if (size >= CHUNK || (done && size > 0)) {
      parts.push(pngChunk('IDAT', concat(pending)));
      pending = [];
      size = 0;
    }
    if (done) break;
  }
  parts.push(pngChunk('IEND', new Uint8Array(0)));
  return new Blob(parts, { type: 'image/png' });
}

const CHUNK = 1 << 20;

/** IHDR (PNG 3rd edition, 11.2.1). */
function headerOf({ width, height }: PixelStore, { bits, grey, alpha }: PngShape): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = bits;
  header[9] = (grey ? 0 : 2) + (alpha ? 4 : 0);
  return header;
}

/** About 1 MB of filtered rows at a time. */
function filteredRows(store: PixelStore, shape: PngShape, channels: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bpp = channels * (shape.bits / 8);
  const rowBytes = store.width * bpp;
  const strip = Math.max(1, Math.floor(CHUNK / (rowBytes + 1)));
  const pack = rowPacker(store, shape, channels);
  let above = new Uint8Array(rowBytes);
  let row = new Uint8Array(rowBytes);
  let y = 0;
  return new ReadableStream({
    pull(controller) {
      const rows = Math.min(strip, store.height - y);
      const out = new Uint8Array(rows * (rowBytes + 1));
      for (let index = 0; index < rows; index += 1, y += 1) {
        pack(y, row);
        filterRow(row, above, bpp, out.subarray(index * (rowBytes + 1), (index + 1) * (rowBytes + 1)));
        [row, above] = [above, row];
      }
      controller.enqueue(out);
      if (y >= store.height) controller.close();
      // A stream alone lets only microtasks run: this lets messages in.
      return new Promise((resolve) => {
        setTimeout(resolve);
      });
    },
  });
}

/** Copies one row of the store as big-endian samples of the shape. */
function rowPacker(
  store: PixelStore,
  { bits, grey }: PngShape,
  channels: number,
): (y: number, row: Uint8Array) => void {
  const { data, width, depth } = store;
  // Of R, G, B, A: grey takes R; alpha, where wanted, is the last.
  const step = grey ? 3 : 1;
  const narrow: (value: number) => number = depth === 8 ? (value) => value : (value) => (value * 255 + 32895) >> 16;
  const wide: (value: number) => number = depth === 16 ? (value) => value : (value) => value * 257;
  return (y, row) => {
    let to = 0;
    let from = y * width * 4;
    for (let x = 0; x < width; x += 1, from += 4) {
      for (let channel = 0, at = from; channel < channels; channel += 1, at += step) {
        if (bits === 8) row[to++] = narrow(data[at] as number);
        else {
          const value = wide(data[at] as number);
          row[to++] = value >> 8;
          row[to++] = value & 255;
        }
      }
    }
  };
}

/** Every how many pixels the filters are compared: the choice differs little and costs an eighth. */
const PROBE = 8;

/** Size of a filtered byte as a signed number: small ones compress well. */
const size = (value: number): number => (value & 128 ? 256 - (value & 255) : value & 255);

/**
 * Filters a row by the least sum of absolute differences (PNG 3rd edition, 12.7), judged on every eighth pixel: Sub, Up
 * or Paeth; the others seldom win. Writes the filter byte and the filtered bytes into `out`.
 */
export function filterRow(row: Uint8Array, above: Uint8Array, bpp: number, out: Uint8Array): void {
  const n = row.length;
  let subSum = 0;
  let upSum = 0;
  let paethSum = 0;
  for (let start = bpp; start < n; start += bpp * PROBE) {
    for (let i = start; i < start + bpp; i += 1) {
      const value = row[i] as number;
      const a = row[i - bpp] as number;
      const b = above[i] as number;
      subSum += size(value - a);
      upSum += size(value - b);
      paethSum += size(value - paeth(a, b, above[i - bpp] as number));
    }
  }
  const least = Math.min(subSum, upSum, paethSum);
  if (least === upSum) {
    out[0] = 2;
    for (let i = 0; i < n; i += 1) out[i + 1] = (row[i] as number) - (above[i] as number);
  } else if (least === subSum) {
    out[0] = 1;
    for (let i = 0; i < bpp; i += 1) out[i + 1] = row[i] as number;
    for (let i = bpp; i < n; i += 1) out[i + 1] = (row[i] as number) - (row[i - bpp] as number);
  } else {
    out[0] = 4;
    for (let i = 0; i < bpp; i += 1) out[i + 1] = (row[i] as number) - (above[i] as number);
    for (let i = bpp; i < n; i += 1) {
      out[i + 1] = (row[i] as number) - paeth(row[i - bpp] as number, above[i] as number, above[i - bpp] as number);
    }
  }
}

/** The profile as an iCCP chunk (11.3.2.3): name, 0, method 0, zlib stream. */
export function pngProfileChunk(icc: Uint8Array): Uint8Array<ArrayBuffer> {
  return pngChunk('iCCP', concat([latin1('ICC profile\0\0'), zlibSync(icc)]));
}

/** sRGB chunk with perceptual intent: says that the numbers are sRGB (11.3.2.5). */
export const pngSrgbChunk = (): Uint8Array<ArrayBuffer> => pngChunk('sRGB', Uint8Array.of(0));

/** cICP: Display P3 primaries, sRGB curve, RGB, full range (11.3.2.6). Newer readers put it before iCCP. */
export const pngDisplayP3Chunk = (): Uint8Array<ArrayBuffer> => pngChunk('cICP', Uint8Array.of(12, 13, 0, 1));
