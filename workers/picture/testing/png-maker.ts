import { zlibSync } from 'fflate';
import { concat } from '../bytes.ts';
import { PNG_SIGNATURE, pngChunk } from '../containers/png.ts';

/** Makes any PNG that the standard allows, for tests: every colour type, depth, interlacing, filter and extra chunk. */
export interface PngRecipe {
  readonly width: number;
  readonly height: number;
  readonly bits: 1 | 2 | 4 | 8 | 16;
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced?: boolean;
  /** Sample 0..2^bits-1 of a channel. */
  readonly sample: (x: number, y: number, channel: number) => number;
  /** Chunks between IHDR and IDAT (PLTE, tRNS, iCCP, ...), ready-made. */
  readonly before?: readonly Uint8Array[];
  readonly after?: readonly Uint8Array[];
  /** Filter of each row, by its number within its pass; 0 when absent. */
  readonly filter?: (row: number) => 0 | 1 | 2 | 3 | 4;
  /** Splits the picture data into chunks of this many bytes. */
  readonly split?: number;
  /** What becomes of the picture data when it is compressed: damage, say. */
  readonly packed?: (zlib: Uint8Array) => Uint8Array;
}

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const ADAM7 = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

export function makePng(recipe: PngRecipe): Uint8Array<ArrayBuffer> {
  const { width, height, bits, colourType, interlaced = false, split = Infinity, packed = (zlib) => zlib } = recipe;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([bits, colourType, 0, 0, interlaced ? 1 : 0], 8);
  const passes = interlaced ? ADAM7 : ([[0, 1, 0, 1]] as const);
  const rows = passes.flatMap(([x, stepX, y, stepY]) => passRows(recipe, { x, stepX, y, stepY }));
  const data = packed(zlibSync(concat(rows)));
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += split) chunks.push(pngChunk('IDAT', data.subarray(at, at + split)));
  return concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    ...(recipe.before ?? []),
    ...chunks,
    ...(recipe.after ?? []),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

interface Pass {
  readonly x: number;
  readonly stepX: number;
  readonly y: number;
  readonly stepY: number;
}

function passRows(recipe: PngRecipe, pass: Pass): Uint8Array[] {
  const { width, height, bits, colourType, sample, filter = () => 0 } = recipe;
  const channels = CHANNELS[colourType];
  const columns = Math.ceil((width - pass.x) / pass.stepX);
  const count = Math.ceil((height - pass.y) / pass.stepY);
  if (columns <= 0 || count <= 0) return [];
  const rowBytes = Math.ceil((columns * channels * bits) / 8);
  const bpp = Math.max(1, (channels * bits) >> 3);
  let above = new Uint8Array(rowBytes);
  return Array.from({ length: count }, (_, index) => {
    const row = new Uint8Array(rowBytes);
    for (let i = 0; i < columns * channels; i += 1) {
      const x = pass.x + Math.floor(i / channels) * pass.stepX;
      const value = sample(x, pass.y + index * pass.stepY, i % channels);
      if (bits === 16) row.set([value >> 8, value & 255], i * 2);
      else if (bits === 8) row[i] = value;
      else row[(i * bits) >> 3] = (row[(i * bits) >> 3] ?? 0) | (value << (8 - bits - ((i * bits) & 7)));
    }
    const kind = filter(index);
    const filtered = row.map(
      (value, i) => value - predict(kind, row[i - bpp] ?? 0, above[i] ?? 0, above[i - bpp] ?? 0),
    );
    above = row;
    return concat([Uint8Array.of(kind), filtered]);
  });
}

/** PNG 3rd edition, table 8, written as the text has it. */
function predict(kind: 0 | 1 | 2 | 3 | 4, a: number, b: number, c: number): number {
  if (kind === 0) return 0;
  if (kind === 1) return a;
  if (kind === 2) return b;
  if (kind === 3) return Math.floor((a + b) / 2);
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
