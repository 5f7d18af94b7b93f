import type { ColorSpace } from '../../contract/picture.ts';
import { ascii, concat, latin1, u16be, u32be } from './bytes.ts';

/** Encoded value 0..1 to linear light 0..1. */
export type Curve = (value: number) => number;
/** Row-major 3x3. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** A profile that is three curves and a matrix (ICC.1:2022, 8.3), or one curve for grey. */
export interface Profile {
  readonly name: string;
  /** `null`: neither sRGB nor Display P3. */
  readonly colorSpace: ColorSpace | null;
  readonly curves: readonly [Curve, Curve, Curve];
  /** Linear RGB to XYZ (D50). For grey profiles that of sRGB, so that grey stays grey. */
  readonly toXyz: Matrix;
}

/** Columns are the primaries adapted to D50 (Bradford), as sRGB and Display P3 profiles carry them. */
export const SRGB_TO_XYZ: Matrix = [0.43607, 0.38515, 0.14307, 0.22249, 0.71687, 0.06061, 0.01392, 0.09708, 0.7141];
export const P3_TO_XYZ: Matrix = [0.51512, 0.29198, 0.1571, 0.2412, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407];

/** IEC 61966-2-1: the curve that sRGB and Display P3 share, from linear light to encoded value. */
export const linearToSrgb: Curve = (value) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

const near = (a: Matrix, b: Matrix): boolean => a.every((value, index) => Math.abs(value - (b[index] ?? 0)) < 0.004);
const PROBES = [0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1];
const isSrgbCurve = (curve: Curve): boolean =>
  PROBES.every((probe) => Math.abs(linearToSrgb(curve(probe)) - probe) < 0.006);

/** Which working space primaries and curves stand for. */
function classify(toXyz: Matrix, curves: readonly Curve[]): ColorSpace | null {
  if (!curves.every(isSrgbCurve)) return null;
  if (near(toXyz, SRGB_TO_XYZ)) return 'srgb';
  return near(toXyz, P3_TO_XYZ) ? 'display-p3' : null;
}

/** A profile made of a gamma alone, on sRGB's primaries (PNG's gAMA chunk). */
export function gammaProfile(exponent: number): Profile {
  const curve: Curve = (value) => value ** exponent;
  return { name: `gamma ${exponent.toFixed(2)}`, colorSpace: null, curves: [curve, curve, curve], toXyz: SRGB_TO_XYZ };
}

const srgbToLinear: Curve = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

export const DISPLAY_P3: Profile = {
  name: 'Display P3',
  colorSpace: 'display-p3',
  curves: [srgbToLinear, srgbToLinear, srgbToLinear],
  toXyz: P3_TO_XYZ,
};

/** Reads a matrix or grey profile; null for what is neither (tables, CMYK, damaged). */
export function readProfile(icc: Uint8Array): Profile | null {
  if (icc.length < 132 || ascii(icc, 36, 4) !== 'acsp') return null;
  const tags = readTags(icc);
  const name = readName(icc, tags);
  const space = ascii(icc, 16, 4);
  if (space === 'GRAY') {
    const curve = readCurve(icc, tags.get('kTRC'));
    return (
      curve && {
        name,
        colorSpace: isSrgbCurve(curve) ? 'srgb' : null,
        curves: [curve, curve, curve],
        toXyz: SRGB_TO_XYZ,
      }
    );
  }
  if (space !== 'RGB ') return null;
  const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((tag) => readXyz(icc, tags.get(tag)));
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((tag) => readCurve(icc, tags.get(tag)));
  const [r, g, b] = columns;
  const [red, green, blue] = curves;
  if (!r || !g || !b || !red || !green || !blue) return null;
  const toXyz: Matrix = [r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]];
  return { name, colorSpace: classify(toXyz, [red, green, blue]), curves: [red, green, blue], toXyz };
}

function readTags(icc: Uint8Array): Map<string, number> {
  const tags = new Map<string, number>();
  const count = Math.min(u32be(icc, 128), 100);
  for (let index = 0; index < count; index += 1) {
    const at = 132 + index * 12;
    const offset = u32be(icc, at + 4);
    if (offset + 8 <= icc.length) tags.set(ascii(icc, at, 4), offset);
  }
  return tags;
}

const fixed = (icc: Uint8Array, at: number): number => (u32be(icc, at) | 0) / 65536;

function readXyz(icc: Uint8Array, at: number | undefined): readonly [number, number, number] | null {
  if (at === undefined || ascii(icc, at, 4) !== 'XYZ ' || at + 20 > icc.length) return null;
  return [fixed(icc, at + 8), fixed(icc, at + 12), fixed(icc, at + 16)];
}

/** `curv`: nothing (identity), one gamma, or a table. `para`: the five function types (10.18). */
function readCurve(icc: Uint8Array, at: number | undefined): Curve | null {
  if (at === undefined) return null;
  const type = ascii(icc, at, 4);
  if (type === 'para') return parametric(icc, at);
  if (type !== 'curv') return null;
  const count = u32be(icc, at + 8);
  if (at + 12 + count * 2 > icc.length) return null;
  if (count === 0) return (value) => value;
  if (count === 1) {
    const gamma = u16be(icc, at + 12) / 256;
    return (value) => value ** gamma;
  }
  const table = Float64Array.from({ length: count }, (_, index) => u16be(icc, at + 12 + index * 2) / 65535);
  return (value) => {
    const place = Math.min(Math.max(value, 0), 1) * (count - 1);
    const index = Math.min(Math.floor(place), count - 2);
    const low = table[index] ?? 0;
    return low + ((table[index + 1] ?? 0) - low) * (place - index);
  };
}

function parametric(icc: Uint8Array, at: number): Curve | null {
  const kind = u16be(icc, at + 8);
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: 7 }, (_, index) =>
    fixed(icc, at + 12 + index * 4),
  );
  switch (kind) {
    case 0:
      return (x) => x ** g;
    case 1:
      return (x) => (x >= -b / a ? (a * x + b) ** g : 0);
    case 2:
      return (x) => (x >= -b / a ? (a * x + b) ** g + c : c);
    case 3:
      return (x) => (x >= d ? (a * x + b) ** g : c * x);
    case 4:
      return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f);
    default:
      return null;
  }
}

/** The profile's description: `desc` in version 2, `mluc` (UTF-16) in version 4. */
function readName(icc: Uint8Array, tags: Map<string, number>): string {
  const at = tags.get('desc');
  if (at === undefined) return 'unnamed';
  const type = ascii(icc, at, 4);
  const text =
    type === 'mluc'
      ? new TextDecoder('utf-16be').decode(
          icc.subarray(at + u32be(icc, at + 24), at + u32be(icc, at + 24) + Math.min(200, u32be(icc, at + 20))),
        )
      : ascii(icc, at + 12, Math.min(100, u32be(icc, at + 8)));
  // Shown to a person: one line of printable characters.
  return text.replace(/[^\P{C}]/gu, '').trim() || 'unnamed';
}

const be = (value: number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, index) => (value >>> ((bytes - 1 - index) * 8)) & 255);
const s15 = (value: number): Uint8Array => be(Math.round(value * 65536), 4);
const padded = (data: Uint8Array): Uint8Array => concat([data, new Uint8Array((4 - (data.length % 4)) % 4)]);

/** A minimal ICC v4 display profile of sRGB or Display P3: primaries, D50 white and the shared parametric curve. */
export function makeProfile(colorSpace: ColorSpace): Uint8Array<ArrayBuffer> {
  const m = colorSpace === 'srgb' ? SRGB_TO_XYZ : P3_TO_XYZ;
  const text = (value: string): Uint8Array => {
    const utf16 = concat(Array.from(value, (character) => be(character.charCodeAt(0), 2)));
    return padded(
      concat([latin1('mluc'), be(0, 4), be(1, 4), be(12, 4), latin1('enUS'), be(utf16.length, 4), be(28, 4), utf16]),
    );
  };
  const xyz = (x: number, y: number, z: number): Uint8Array =>
    concat([latin1('XYZ '), be(0, 4), s15(x), s15(y), s15(z)]);
  const curve = concat([
    latin1('para'),
    be(0, 4),
    be(3, 2),
    be(0, 2),
    ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(s15),
  ]);
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', text(colorSpace === 'srgb' ? 'sRGB' : 'Display P3')],
    ['cprt', text('No copyright, use freely')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(m[0], m[3], m[6])],
    ['gXYZ', xyz(m[1], m[4], m[7])],
    ['bXYZ', xyz(m[2], m[5], m[8])],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  // Bradford adaptation from D65 to D50, required in version 4.
  const adaptation = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];
  const all = [...tags, ['chad', concat([latin1('sf32'), be(0, 4), ...adaptation.map(s15)])] as const];
  const table: Uint8Array[] = [be(all.length, 4)];
  const bodies: Uint8Array[] = [];
  let offset = 128 + 4 + all.length * 12;
  for (const [tag, body] of all) {
    table.push(latin1(tag), be(offset, 4), be(body.length, 4));
    bodies.push(body);
    offset += body.length;
  }
  const header = new Uint8Array(128);
  header.set(be(offset, 4), 0);
  header.set(be(0x04300000, 4), 8);
  header.set(latin1('mntrRGB XYZ '), 12);
  header.set(concat([2026, 1, 1, 0, 0, 0].map((part) => be(part, 2))), 24);
  header.set(latin1('acsp'), 36);
  header.set(concat([s15(0.9642), s15(1), s15(0.8249)]), 68);
  return concat([header, ...table, ...bodies]);
}
