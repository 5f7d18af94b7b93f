import { unsupported } from './containers/header.ts';
import { maxValue, type PixelStore } from './store.ts';

export interface TiffShape {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bits: number;
  readonly float: boolean;
  readonly signed: boolean;
  /** TIFF 6.0's PhotometricInterpretation. */
  readonly photometric: number;
  readonly alpha: 'straight' | 'premultiplied' | null;
  /** 16-bit reds, then greens, then blues. */
  readonly palette: Uint16Array | null;
  readonly compression: number;
}

const WHITE_IS_ZERO = 0;
const BLACK_IS_ZERO = 1;
const RGB = 2;
const PALETTE = 3;
const CMYK = 5;
const YCBCR = 6;

/** Colour samples of each interpretation that is read. */
const COLOURS: Readonly<Record<number, number>> = {
  [WHITE_IS_ZERO]: 1,
  [BLACK_IS_ZERO]: 1,
  [RGB]: 3,
  [PALETTE]: 1,
  [CMYK]: 4,
  [YCBCR]: 3,
};

type Colour = (at: number, out: Float64Array) => void;

/** Interleaved samples into the store: RGB 0..1 by interpretation, alpha made straight, rounded once. */
export function tiffPixels(raster: ArrayLike<number>, shape: TiffShape, store: PixelStore): void {
  const colours = COLOURS[shape.photometric];
  if (colours === undefined) {
    throw unsupported(`is a TIFF whose colours are of a kind (number ${shape.photometric}) that Limpid does not read.`);
  }
  if (shape.samples < colours) throw unsupported('is a TIFF with fewer channels than its kind of colour needs.');
  const top = maxValue(store);
  const { data } = store;
  const scale = shape.float ? 1 : 1 / (2 ** shape.bits - 1);
  const lift = shape.signed ? 2 ** (shape.bits - 1) : 0;
  const value = (at: number): number => ((raster[at] ?? 0) + lift) * scale;
  const colour = colourReader(shape, raster, value);
  const alphaAt = shape.alpha !== null && shape.samples > colours ? colours : -1;
  const rgb = new Float64Array(3);
  for (let pixel = 0; pixel < shape.width * shape.height; pixel += 1) {
    const from = pixel * shape.samples;
    const to = pixel * 4;
    colour(from, rgb);
    const alpha = alphaAt < 0 ? 1 : clamp(value(from + alphaAt));
    const unmultiply = shape.alpha === 'premultiplied' && alpha > 0 ? 1 / alpha : 1;
    data[to] = Math.round(clamp((rgb[0] as number) * unmultiply) * top);
    data[to + 1] = Math.round(clamp((rgb[1] as number) * unmultiply) * top);
    data[to + 2] = Math.round(clamp((rgb[2] as number) * unmultiply) * top);
    data[to + 3] = Math.round(alpha * top);
  }
}

// NaN compares false and becomes 0.
const clamp = (value: number): number => (value >= 1 ? 1 : value > 0 ? value : 0);

function colourReader(
  { photometric, palette }: TiffShape,
  raster: ArrayLike<number>,
  value: (at: number) => number,
): Colour {
  switch (photometric) {
    case WHITE_IS_ZERO:
      return (at, out) => out.fill(1 - value(at));
    case BLACK_IS_ZERO:
      return (at, out) => out.fill(value(at));
    case PALETTE: {
      const entries = (palette?.length ?? 0) / 3;
      return (at, out) => {
        for (let channel = 0; channel < 3; channel += 1) {
          out[channel] = (palette?.[(raster[at] ?? 0) + channel * entries] ?? 0) / 65535;
        }
      };
    }
    case CMYK:
      return (at, out) => {
        const key = 1 - value(at + 3);
        for (let channel = 0; channel < 3; channel += 1) out[channel] = (1 - value(at + channel)) * key;
      };
    case YCBCR:
      // ITU-R BT.601, the default of TIFF 6.0, section 21.
      return (at, out) => {
        const [y, cb, cr] = [value(at), value(at + 1) - 128 / 255, value(at + 2) - 128 / 255];
        out[0] = y + 1.402 * cr;
        out[1] = y - 0.344136 * cb - 0.714136 * cr;
        out[2] = y + 1.772 * cb;
      };
    default:
      return (at, out) => {
        for (let channel = 0; channel < 3; channel += 1) out[channel] = value(at + channel);
      };
  }
}
