import type { ColorSpace } from '../../contract/picture.ts';
import type { Header } from './containers/header.ts';
import { gammaProfile, linearToSrgb, readProfile, SRGB_TO_XYZ, type Matrix, type Profile } from './icc.ts';
import { maxValue, type PixelStore } from './store.ts';

/** How a file's numbers become those of the working space: sRGB, or Display P3 for pictures made in it. */
export interface ColourPlan {
  readonly colorSpace: ColorSpace;
  /** Profile to convert from when Limpid decodes the numbers itself; null when they already are in `colorSpace`. */
  readonly convert: Profile | null;
  /** Only the browser understands this encoding (tables, PQ, HLG): it must decode the picture. */
  readonly browserOnly: boolean;
  readonly notes: readonly string[];
}

/** For kinds that no browser decodes, when only a browser could apply their profile. */
export const PROFILE_IGNORED = 'Its colour profile could not be applied; the colours were taken as sRGB.';

/** H.273 code points. Transfer 1, 6, 14 and 15 are BT.709's curve, which pictures are shown with as sRGB's. */
const SDR_TRANSFERS = [1, 2, 6, 13, 14, 15];
const BT709 = 1;
const UNSPECIFIED = 2;
const P3_D65 = 12;

const plan = (colorSpace: ColorSpace, rest: Partial<ColourPlan> = {}): ColourPlan => ({
  colorSpace,
  convert: null,
  browserOnly: false,
  notes: [],
  ...rest,
});

/**
 * Code points come before a profile, a profile before a gamma (PNG 3rd edition, 4.3), with one exception: code points of the
 * standard range other than P3 give way to a profile, which says the same in more detail and is converted here.
 */
export function planColour(header: Header, gamma: number | null = null): ColourPlan {
  const points = header.codePoints;
  if (points !== null && !(points.primaries === UNSPECIFIED && points.transfer === UNSPECIFIED)) {
    const sdr = SDR_TRANSFERS.includes(points.transfer);
    if (sdr && points.primaries === P3_D65) return plan('display-p3');
    if (sdr && [BT709, UNSPECIFIED].includes(points.primaries) && header.metadata.icc === null) return plan('srgb');
    if (!sdr || header.metadata.icc === null) {
      const notes = sdr
        ? ['Its colours were converted to sRGB.']
        : ['This is a high-dynamic-range picture; it was converted to the standard range.'];
      return plan('srgb', { browserOnly: true, notes });
    }
  }
  const { icc } = header.metadata;
  if (icc !== null) return planProfile(icc);
  const exponent = gamma === null || gamma <= 0 ? 2.2 : 1 / gamma;
  // 1/2.2 is how PNG writers have always said "sRGB".
  return Math.abs(exponent - 2.2) < 0.1 ? plan('srgb') : plan('srgb', { convert: gammaProfile(exponent) });
}

function planProfile(icc: Uint8Array): ColourPlan {
  const profile = readProfile(icc);
  if (profile === null) return plan('srgb', { browserOnly: true });
  if (profile.colorSpace !== null) return plan(profile.colorSpace);
  return plan('srgb', { convert: profile, notes: [`Its colours were converted from “${profile.name}” to sRGB.`] });
}

function invert(m: Matrix): Matrix {
  const [a, b, c, d, e, f, g, h, i] = m;
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  const s = 1 / (a * A + b * B + c * C);
  return [
    A * s,
    (c * h - b * i) * s,
    (b * f - c * e) * s,
    B * s,
    (a * i - c * g) * s,
    (c * d - a * f) * s,
    C * s,
    (b * g - a * h) * s,
    (a * e - b * d) * s,
  ];
}

function multiply(m: Matrix, n: Matrix): Matrix {
  const at = (row: number, column: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (m[row * 3 + k] ?? 0) * (n[k * 3 + column] ?? 0), 0);
  return [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1), at(1, 2), at(2, 0), at(2, 1), at(2, 2)];
}

/**
 * Rows that sum to almost 1 made to sum to 1: profiles state their primaries in few digits, and white would be off by 1e-4,
 * enough to tint one grey of eight bits in twelve. A profile whose white is another on purpose stays as it is.
 */
function withWhite(m: Matrix): Matrix {
  const row = (at: 0 | 3 | 6): [number, number, number] => {
    const [a, b, c] = [m[at], m[at + 1] as number, m[at + 2] as number];
    const sum = a + b + c;
    return Math.abs(sum - 1) < 0.01 ? [a / sum, b / sum, c / sum] : [a, b, c];
  };
  return [...row(0), ...row(3), ...row(6)];
}

const FINE = 65535;

/**
 * Converts a store from `profile` to sRGB in place, relative colorimetric, clipped to the gamut; alpha stays. Curves are
 * tabulated: the input's at its own depth, sRGB's at 16 bits for 8-bit stores and computed for 16-bit ones.
 */
export function convertToSrgb(store: PixelStore, profile: Profile): void {
  const top = maxValue(store);
  const { data } = store;
  const [red, green, blue] = profile.curves.map((curve) =>
    Float64Array.from({ length: top + 1 }, (_, value) => curve(value / top)),
  );
  if (red === undefined || green === undefined || blue === undefined) return;
  const m = withWhite(multiply(invert(SRGB_TO_XYZ), profile.toXyz));
  const table =
    top === 255 ? Float64Array.from({ length: FINE + 1 }, (_, value) => linearToSrgb(value / FINE) * top) : null;
  const encode = (value: number): number => {
    const light = value <= 0 ? 0 : value >= 1 ? 1 : value;
    return Math.round(table === null ? linearToSrgb(light) * top : (table[Math.round(light * FINE)] ?? 0));
  };
  for (let at = 0; at < data.length; at += 4) {
    const r = red[data[at] as number] as number;
    const g = green[data[at + 1] as number] as number;
    const b = blue[data[at + 2] as number] as number;
    data[at] = encode(m[0] * r + m[1] * g + m[2] * b);
    data[at + 1] = encode(m[3] * r + m[4] * g + m[5] * b);
    data[at + 2] = encode(m[6] * r + m[7] * g + m[8] * b);
  }
}
