import type { Rect, Size } from '../../contract/picture.ts';

export type Samples = Uint8ClampedArray<ArrayBuffer>;

/** Level 0 of a pyramid: 8-bit samples, interleaved, read region by region and never kept here. */
export interface Base extends Size {
  readonly channels: number;
  readonly read: (region: Rect) => Samples;
}

/** Combines the four pixels at offsets a, b, c, d of `from` into one at offset `to` of `target`. */
export type Reduce = (from: Samples, a: number, b: number, c: number, d: number, target: Samples, to: number) => void;

interface Level extends Size {
  readonly samples: Samples;
  readonly blocksAcross: number;
  /** Version that each block should have and the one that it was computed from. */
  readonly wanted: Uint32Array;
  readonly computed: Uint32Array;
}

const BLOCK = 128;

/**
 * Reductions of a large picture, each level half the one below (sides rounded up), computed block by block when first
 * asked for and again after `invalidate`. So the overview of 64 megapixels costs one pass, and a finished tile of a run
 * costs only its own blocks. All levels together take a third of level 0.
 */
export class Pyramid {
  readonly #base: Base;
  readonly #reduce: Reduce;
  readonly #levels = new Map<number, Level>();

  constructor(base: Base, reduce: Reduce) {
    this.#base = base;
    this.#reduce = reduce;
  }

  size(level: number): Size {
    const factor = 2 ** level;
    return { width: Math.ceil(this.#base.width / factor), height: Math.ceil(this.#base.height / factor) };
  }

  /** Samples of level 0 inside `rect` have changed. */
  invalidate(rect: Rect): void {
    for (const [number, level] of this.#levels) {
      for (const block of blocksOf(level, coarser(rect, number))) level.wanted[block] = (level.wanted[block] ?? 0) + 1;
    }
  }

  /** A region of a level. `pace` is awaited between blocks (pace.ts). */
  async read(level: number, region: Rect, pace: () => Promise<void>): Promise<Samples> {
    await this.prepare(level, region, pace);
    return this.#copy(level, region);
  }

  /** Brings a region of a level up to date. */
  async prepare(number: number, region: Rect, pace: () => Promise<void>): Promise<void> {
    if (number === 0) return;
    const level = this.#level(number);
    for (const block of blocksOf(level, region)) {
      const version = level.wanted[block] ?? 0;
      if (level.computed[block] === version) continue;
      const target = blockRect(level, block);
      const below = this.size(number - 1);
      const source = clip(
        { x: target.x * 2, y: target.y * 2, width: target.width * 2, height: target.height * 2 },
        below,
      );
      await this.prepare(number - 1, source, pace);
      this.#reduceBlock(level, target, this.#copy(number - 1, source), source);
      // an invalidation that came in while we waited has moved `wanted` on: the block stays out of date
      level.computed[block] = version;
      await pace();
    }
  }

  /** All samples of a level above 0, of which only prepared regions are meaningful. */
  samples(level: number): Samples {
    return this.#level(level).samples;
  }

  #level(number: number): Level {
    const known = this.#levels.get(number);
    if (known) return known;
    const { width, height } = this.size(number);
    const blocksAcross = Math.ceil(width / BLOCK);
    const blocks = blocksAcross * Math.ceil(height / BLOCK);
    const level: Level = {
      width,
      height,
      samples: new Uint8ClampedArray(width * height * this.#base.channels),
      blocksAcross,
      wanted: new Uint32Array(blocks).fill(1),
      computed: new Uint32Array(blocks),
    };
    this.#levels.set(number, level);
    return level;
  }

  #copy(number: number, region: Rect): Samples {
    if (number === 0) return this.#base.read(region);
    const { channels } = this.#base;
    const { samples, width } = this.#level(number);
    const output = new Uint8ClampedArray(region.width * region.height * channels);
    for (let y = 0; y < region.height; y += 1) {
      const from = ((region.y + y) * width + region.x) * channels;
      output.set(samples.subarray(from, from + region.width * channels), y * region.width * channels);
    }
    return output;
  }

  #reduceBlock(level: Level, target: Rect, from: Samples, source: Rect): void {
    const { channels } = this.#base;
    const row = source.width * channels;
    for (let y = 0; y < target.height; y += 1) {
      const upper = y * 2 * row;
      const lower = y * 2 + 1 < source.height ? upper + row : upper;
      let to = ((target.y + y) * level.width + target.x) * channels;
      for (let x = 0; x < target.width; x += 1) {
        const left = x * 2 * channels;
        // the last column or row of an odd side counts twice, which is the average of what is there
        const right = x * 2 + 1 < source.width ? left + channels : left;
        this.#reduce(from, upper + left, upper + right, lower + left, lower + right, level.samples, to);
        to += channels;
      }
    }
  }
}

function coarser(rect: Rect, level: number): Rect {
  const factor = 2 ** level;
  const x = Math.floor(rect.x / factor);
  const y = Math.floor(rect.y / factor);
  return {
    x,
    y,
    width: Math.ceil((rect.x + rect.width) / factor) - x,
    height: Math.ceil((rect.y + rect.height) / factor) - y,
  };
}

/** The part of `rect` inside a picture. */
export function clip(rect: Rect, size: Size): Rect {
  const x = Math.max(0, rect.x);
  const y = Math.max(0, rect.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(rect.x + rect.width, size.width) - x),
    height: Math.max(0, Math.min(rect.y + rect.height, size.height) - y),
  };
}

function* blocksOf(level: Level, region: Rect): Generator<number> {
  const { x, y, width, height } = clip(region, level);
  if (width === 0 || height === 0) return;
  for (let row = Math.floor(y / BLOCK); row * BLOCK < y + height; row += 1) {
    for (let column = Math.floor(x / BLOCK); column * BLOCK < x + width; column += 1) {
      yield row * level.blocksAcross + column;
    }
  }
}

function blockRect(level: Level, block: number): Rect {
  const x = (block % level.blocksAcross) * BLOCK;
  const y = Math.floor(block / level.blocksAcross) * BLOCK;
  return clip({ x, y, width: BLOCK, height: BLOCK }, level);
}

/** Box average of RGBA in premultiplied terms: hidden colour has no say. */
export const averageRgba: Reduce = (from, a, b, c, d, target, to) => {
  const alphaA = from[a + 3] ?? 0;
  const alphaB = from[b + 3] ?? 0;
  const alphaC = from[c + 3] ?? 0;
  const alphaD = from[d + 3] ?? 0;
  const sum = alphaA + alphaB + alphaC + alphaD;
  if (sum === 0) {
    target.fill(0, to, to + 4);
    return;
  }
  for (let i = 0; i < 3; i += 1) {
    target[to + i] =
      ((from[a + i] ?? 0) * alphaA +
        (from[b + i] ?? 0) * alphaB +
        (from[c + i] ?? 0) * alphaC +
        (from[d + i] ?? 0) * alphaD) /
      sum;
  }
  target[to + 3] = sum / 4;
};

/** Root mean square of one channel: a thin changed edge stays visible in an overview, and noise does not fill it. */
export const rootMeanSquare: Reduce = (from, a, b, c, d, target, to) => {
  const square = (from[a] ?? 0) ** 2 + (from[b] ?? 0) ** 2 + (from[c] ?? 0) ** 2 + (from[d] ?? 0) ** 2;
  target[to] = Math.sqrt(square / 4);
};
