import { zlibSync } from 'fflate';
import { concat, latin1 } from './bytes.ts';
import { PNG_SIGNATURE, pngChunk } from './containers/png.ts';
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
  const filter = new RowFilter(rowBytes, bpp);
  let y = 0;
  return new ReadableStream({
    pull(controller) {
      const rows = Math.min(strip, store.height - y);
      const out = new Uint8Array(rows * (rowBytes + 1));
      for (let index = 0; index < rows; index += 1, y += 1) {
        pack(y, row);
        filter.best(row, above, out.subarray(index * (rowBytes + 1), (index + 1) * (rowBytes + 1)));
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
  const picks = grey ? [0, 3] : [0, 1, 2, 3];
  return (y, row) => {
    let to = 0;
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      for (let channel = 0; channel < channels; channel += 1) {
        const value = data[from + (picks[channel] as number)] as number;
        if (bits === 8) row[to++] = depth === 8 ? value : (value * 255 + 32895) >> 16;
        else {
          const wide = depth === 16 ? value : value * 257;
          row[to++] = wide >> 8;
          row[to++] = wide & 255;
        }
      }
    }
  };
}

/** Picks each row's filter by the least sum of absolute differences (PNG 3rd edition, 12.7). */
class RowFilter {
  private readonly tries: readonly Uint8Array<ArrayBuffer>[];

  constructor(
    rowBytes: number,
    private readonly bpp: number,
  ) {
    this.tries = [0, 1, 2].map(() => new Uint8Array(rowBytes));
  }

  /** Writes the filter byte and the filtered row into `out`. Sub, Up and Paeth are tried; the others seldom win. */
  best(row: Uint8Array, above: Uint8Array, out: Uint8Array): void {
    const { bpp } = this;
    const [sub, up, paeth] = this.tries as [Uint8Array, Uint8Array, Uint8Array];
    const n = row.length;
    let subSum = 0;
    let upSum = 0;
    let paethSum = 0;
    for (let i = 0; i < n; i += 1) {
      const value = row[i] as number;
      const b = above[i] as number;
      const a = i < bpp ? 0 : (row[i - bpp] as number);
      const c = i < bpp ? 0 : (above[i - bpp] as number);
      const pa = Math.abs(b - c);
      const pb = Math.abs(a - c);
      const pc = Math.abs(a + b - c - c);
      const s = (sub[i] = (value - a) & 255);
      const u = (up[i] = (value - b) & 255);
      const p = (paeth[i] = (value - (pa <= pb && pa <= pc ? a : pb <= pc ? b : c)) & 255);
      subSum += s < 128 ? s : 256 - s;
      upSum += u < 128 ? u : 256 - u;
      paethSum += p < 128 ? p : 256 - p;
    }
    const least = Math.min(subSum, upSum, paethSum);
    const [kind, chosen] = least === paethSum ? [4, paeth] : least === upSum ? [2, up] : [1, sub];
    out[0] = kind;
    out.set(chosen, 1);
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
