import { u32be } from './bytes.ts';
import type { PngLayout } from './containers/png.ts';
import { damaged, HeaderError } from './containers/header.ts';
import { crc32 } from '../crc32.ts';
import { inflate } from './inflate.ts';
import { createPace } from './pace.ts';
import { unfilter } from './png-filter.ts';
import { rowExpander } from './png-rows.ts';
import { createStore, type PixelStore } from './store.ts';

/**
 * PNG pixels as stored in the file: every colour type, 1 to 16 bits, interlaced or not, transparency applied, colours
 * under transparent pixels untouched. Written here because the browser's canvas multiplies by alpha and cuts to 8 bits, and
 * fast-png keeps the whole inflated file in memory, unpacks no interlaced picture below 8 bits, leaves transparency to the
 * caller and takes missing rows for zeros. Memory is the store, two rows and what is being inflated. Yields to the event loop.
 */
export async function decodePng(
  bytes: Uint8Array<ArrayBuffer>,
  layout: PngLayout,
  depth: 8 | 16,
): Promise<{ store: PixelStore; notes: string[] }> {
  const store = createStore(layout.width, layout.height, depth, 'srgb');
  const rows = new RowReader(layout, rowExpander(layout, store));
  const checks = { failed: false };
  const pace = createPace();
  try {
    for (const part of inflate(compressed(bytes, layout, checks))) {
      for (let at = 0; at < part.length; at += STRIP) {
        rows.push(part.subarray(at, at + STRIP));
        await pace();
      }
      // What follows the last row (a checksum, or junk) is of no use.
      if (rows.complete) break;
    }
  } catch (error) {
    // The unpacking's own errors: no zlib data, or its end within a block. Cut files were told by their chunks before.
    throw error instanceof HeaderError
      ? error
      : damaged('is a damaged PNG: its compressed picture data is broken.', String(error));
  }
  if (!rows.complete) throw damaged('is a damaged PNG: some of its rows are missing.');
  return {
    store,
    notes: checks.failed ? ['Part of this PNG fails its checksum, so some of its pixels may be wrong.'] : [],
  };
}

/** Bytes of the file that are checked, and of the inflated ones that are unfiltered, at a time. */
const CHECKED = 1 << 20;
const STRIP = 1 << 18;

/** The picture data's chunks piece by piece; their checksums are verified on the way. */
function* compressed(bytes: Uint8Array, layout: PngLayout, checks: { failed: boolean }): Generator<Uint8Array> {
  for (const [start, end] of layout.data) {
    let sum = 0;
    for (let at = start; at < end || at === start; at += CHECKED) {
      const stop = Math.min(end, at + CHECKED);
      // A chunk's checksum begins with its name.
      sum = at === start ? crc32(bytes, start - 4, stop) : crc32(bytes, at, stop, sum);
      if (stop === end && sum !== u32be(bytes, end)) checks.failed = true;
      yield bytes.subarray(at, stop);
    }
  }
}

/** Adam7 (PNG 3rd edition, 8.1): start and step of each pass in columns and rows. */
const ADAM7 = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

export interface RowPlace {
  readonly y: number;
  readonly x: number;
  readonly stepX: number;
  readonly pixels: number;
}

type Expand = (row: Uint8Array, place: RowPlace) => void;

/** Cuts the inflated stream into rows, undoes their filters and hands each on. */
class RowReader {
  complete = false;
  private readonly passes: { x: number; stepX: number; y: number; stepY: number; columns: number; rows: number }[];
  private readonly pixelBits: number;
  private pass = 0;
  private row = 0;
  private filled = 0;
  private current = new Uint8Array(0);
  private previous = new Uint8Array(0);

  constructor(
    layout: PngLayout,
    private readonly expand: Expand,
  ) {
    const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[layout.colourType];
    this.pixelBits = channels * layout.bits;
    const plan = layout.interlaced ? ADAM7 : ([[0, 1, 0, 1]] as const);
    this.passes = plan
      .map(([x, stepX, y, stepY]) => ({
        x,
        stepX,
        y,
        stepY,
        columns: Math.ceil((layout.width - x) / stepX),
        rows: Math.ceil((layout.height - y) / stepY),
      }))
      .filter((pass) => pass.columns > 0 && pass.rows > 0);
    this.startPass();
  }

  private startPass(): void {
    const pass = this.passes[this.pass];
    if (pass === undefined) {
      this.complete = true;
      return;
    }
    const bytes = 1 + Math.ceil((pass.columns * this.pixelBits) / 8);
    this.current = new Uint8Array(bytes);
    this.previous = new Uint8Array(bytes);
    this.row = 0;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.complete;) {
      const take = Math.min(this.current.length - this.filled, bytes.length - at);
      this.current.set(bytes.subarray(at, at + take), this.filled);
      this.filled += take;
      at += take;
      if (this.filled === this.current.length) this.finishRow();
    }
  }

  private finishRow(): void {
    const pass = this.passes[this.pass];
    if (pass === undefined) return;
    unfilter(this.current, this.previous, Math.max(1, this.pixelBits >> 3));
    this.expand(this.current, {
      y: pass.y + this.row * pass.stepY,
      x: pass.x,
      stepX: pass.stepX,
      pixels: pass.columns,
    });
    [this.current, this.previous] = [this.previous, this.current];
    this.filled = 0;
    this.row += 1;
    if (this.row === pass.rows) {
      this.pass += 1;
      this.startPass();
    }
  }
}
