import { u16be, u8 } from './bytes.ts';
import type { PngLayout } from './containers/png.ts';
import type { RowPlace } from './png-decode.ts';
import { maxValue, type PixelStore } from './store.ts';

/** Reads sample `index` of an unfiltered row (which begins with its filter byte). */
type Sample = (row: Uint8Array, index: number) => number;

function sampleReader(bits: PngLayout['bits']): Sample {
  if (bits === 16) return (row, index) => ((row[1 + index * 2] as number) << 8) | (row[2 + index * 2] as number);
  if (bits === 8) return (row, index) => row[1 + index] as number;
  const mask = (1 << bits) - 1;
  return (row, index) => {
    const bit = index * bits;
    return ((row[1 + (bit >> 3)] as number) >> (8 - bits - (bit & 7))) & mask;
  };
}

/** From the file's range to the store's: exact where bits are repeated, rounded from 16 to 8 (PNG 3rd edition, 13.12). */
function scaler(bits: number, depth: 8 | 16): (value: number) => number {
  if (bits === 16) return depth === 16 ? (value) => value : (value) => (value * 255 + 32895) >> 16;
  const factor = maxValue({ depth }) / (2 ** bits - 1);
  return (value) => Math.round(value * factor);
}

/** Writes one row into the store as RGBA, for the layout's colour type. Palette entries that do not exist are black. */
export function rowExpander(layout: PngLayout, store: PixelStore): (row: Uint8Array, place: RowPlace) => void {
  const { data, depth } = store;
  const sample = sampleReader(layout.bits);
  const scale = scaler(layout.bits, depth);
  const opaque = maxValue(store);
  const put = (to: number, r: number, g: number, b: number, a: number): void => {
    data[to] = r;
    data[to + 1] = g;
    data[to + 2] = b;
    data[to + 3] = a;
  };
  const pixel = pixelWriter(layout, { sample, scale, opaque, put });
  return (row, place) => {
    let to = (place.y * store.width + place.x) * 4;
    for (let index = 0; index < place.pixels; index += 1, to += place.stepX * 4) pixel(row, index, to);
  };
}

interface Tools {
  readonly sample: Sample;
  readonly scale: (value: number) => number;
  readonly opaque: number;
  readonly put: (to: number, r: number, g: number, b: number, a: number) => void;
}

type PixelWriter = (row: Uint8Array, index: number, to: number) => void;

function pixelWriter(layout: PngLayout, { sample, scale, opaque, put }: Tools): PixelWriter {
  const key = layout.transparency;
  switch (layout.colourType) {
    case 0: {
      // tRNS names one grey value that is transparent; it is compared before scaling.
      const clear = key !== null && key.length >= 2 ? u16be(key, 0) : -1;
      return (row, index, to) => {
        const value = sample(row, index);
        const grey = scale(value);
        put(to, grey, grey, grey, value === clear ? 0 : opaque);
      };
    }
    case 2: {
      const clear = key !== null && key.length >= 6 ? [u16be(key, 0), u16be(key, 2), u16be(key, 4)] : [-1, -1, -1];
      return (row, index, to) => {
        const r = sample(row, index * 3);
        const g = sample(row, index * 3 + 1);
        const b = sample(row, index * 3 + 2);
        const hidden = r === clear[0] && g === clear[1] && b === clear[2];
        put(to, scale(r), scale(g), scale(b), hidden ? 0 : opaque);
      };
    }
    case 3: {
      const palette = layout.palette ?? new Uint8Array(0);
      const lift = opaque / 255;
      return (row, index, to) => {
        const at = sample(row, index);
        const alpha = key !== null && at < key.length ? u8(key, at) : 255;
        put(
          to,
          u8(palette, at * 3) * lift,
          u8(palette, at * 3 + 1) * lift,
          u8(palette, at * 3 + 2) * lift,
          alpha * lift,
        );
      };
    }
    case 4:
      return (row, index, to) => {
        const grey = scale(sample(row, index * 2));
        put(to, grey, grey, grey, scale(sample(row, index * 2 + 1)));
      };
    case 6:
      return (row, index, to) =>
        put(
          to,
          scale(sample(row, index * 4)),
          scale(sample(row, index * 4 + 1)),
          scale(sample(row, index * 4 + 2)),
          scale(sample(row, index * 4 + 3)),
        );
  }
}
