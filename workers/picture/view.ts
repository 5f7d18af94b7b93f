import { CHANGE_COLOURS, CHANGE_SCALE } from '../../contract/change-map.ts';
import type { ColorSpace, Rect, Size } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import { VIEW_TILE, type ViewTileRequest } from '../../contract/worker-api.ts';
import { convertToSrgb } from './colour.ts';
import { changeOf, isChanged } from './difference.ts';
import { DISPLAY_P3 } from './icc.ts';
import { createPace } from './pace.ts';
import { averageRgba, clip, Pyramid, rootMeanSquare, type Samples } from './pyramid.ts';
import { resampleRegion, sourceRegion, type FloatRegion } from './resample.ts';
import type { PixelStore } from './store.ts';

/** Straight RGBA, 8 bits, in the picture's colour space. */
export interface ViewPixels extends Size {
  readonly data: Samples;
  readonly colorSpace: ColorSpace;
}

/**
 * The display side of one picture: tiles of the input ('before'), the result ('after') and their difference ('change') at
 * any level of detail. Reductions are kept; `setResult` and `invalidate` say when they are out of date.
 */
export class PictureView {
  readonly #input: PixelStore;
  readonly #before: Pyramid;
  #result: PixelStore | null = null;
  #after: Pyramid | null = null;
  #change: Pyramid | null = null;

  constructor(input: PixelStore) {
    this.#input = input;
    this.#before = new Pyramid(rgbaBase(input), averageRgba);
  }

  /** A new result (or none); it may still be incomplete. */
  setResult(result: PixelStore | null): void {
    this.#result = result;
    this.#after = result && new Pyramid(rgbaBase(result), averageRgba);
    this.#change = result && new Pyramid(changeBase(this.#input, result), rootMeanSquare);
  }

  /** New pixels have arrived in a part of the result. */
  invalidate(rect: Rect): void {
    this.#after?.invalidate(rect);
    this.#change?.invalidate(rect);
  }

  /** One display tile. Throws LimpidError 'bad-request' for a tile that does not exist. */
  async tile(request: ViewTileRequest): Promise<ViewPixels> {
    const region = tileRegion(request);
    const pace = createPace();
    const { colorSpace } = this.#input;
    const { level } = request;
    if (request.layer === 'before') {
      return { ...region, colorSpace, data: await this.#readBefore(request, region, pace) };
    }
    const result = this.#result;
    if (!result || !this.#after || !this.#change) throw badRequest('There is no result to show yet.');
    if (result.width !== request.width || result.height !== request.height) {
      throw badRequest('The result has another size.', `${String(result.width)}x${String(result.height)}`);
    }
    if (request.layer === 'after') {
      return { ...region, colorSpace: result.colorSpace, data: await this.#after.read(level, region, pace) };
    }
    // the colour map is defined in sRGB, whatever the picture's space
    return { ...region, colorSpace: 'srgb', data: heat(await this.#change.read(level, region, pace)) };
  }

  /** The input resized to the request's grid, from the smallest reduction that still has every detail of that grid. */
  async #readBefore(request: ViewTileRequest, region: Rect, pace: () => Promise<void>): Promise<Samples> {
    const input = this.#input;
    if (request.width === input.width && request.height === input.height) {
      return this.#before.read(request.level, region, pace);
    }
    const factor = 2 ** request.level;
    const step = { x: (input.width / request.width) * factor, y: (input.height / request.height) * factor };
    const level = Math.max(0, Math.floor(Math.log2(Math.min(step.x, step.y))));
    const within = { x: step.x / 2 ** level, y: step.y / 2 ** level };
    if (level === 0) return toStraight(resampleRegion(input, within, region));
    const size = this.#before.size(level);
    await this.#before.prepare(level, sourceRegion(size, within, region), pace);
    const data = this.#before.samples(level);
    return toStraight(resampleRegion({ ...size, data, depth: 8, colorSpace: input.colorSpace }, within, region));
  }
}

/** As an ImageBitmap, which can be transferred to the page; keeps the colour space where the browser does. */
export function toBitmap(pixels: ViewPixels): Promise<ImageBitmap> {
  const { data, width, height, colorSpace } = pixels;
  const image: { readonly colorSpace?: ColorSpace } & ImageData = new ImageData(data, width, height, { colorSpace });
  // Firefox takes every ImageData for sRGB: P3's numbers would be shown duller than they are saved.
  if (colorSpace === 'display-p3' && image.colorSpace !== colorSpace)
    convertToSrgb({ ...pixels, data: image.data, depth: 8 }, DISPLAY_P3);
  return createImageBitmap(image);
}

/** A tile's rectangle in its level; edge tiles are smaller than VIEW_TILE. */
export function tileRegion({ level, column, row, width, height }: ViewTileRequest): Rect {
  const whole = [level, column, row].every((value) => Number.isInteger(value) && value >= 0);
  const sides = [width, height].every((value) => Number.isInteger(value) && value >= 1);
  const factor = 2 ** level;
  const size = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
  const square = { x: column * VIEW_TILE, y: row * VIEW_TILE, width: VIEW_TILE, height: VIEW_TILE };
  const region = clip(square, size);
  if (!whole || !sides || level > 30 || region.width === 0 || region.height === 0) {
    throw badRequest('There is no such part of the picture.', JSON.stringify({ level, column, row, width, height }));
  }
  return region;
}

const badRequest = (message: string, detail?: string): LimpidError => new LimpidError('bad-request', message, detail);

const rgbaBase = (store: PixelStore) => ({
  width: store.width,
  height: store.height,
  channels: 4,
  read: (region: Rect) => readBytes(store, region),
});

/** 0 is no change, 255 is CHANGE_SCALE or more. */
const changeBase = (input: PixelStore, result: PixelStore) => ({
  width: result.width,
  height: result.height,
  channels: 1,
  read: (region: Rect) => {
    const change = changeOf(input, result, region);
    const output = new Uint8ClampedArray(change.length);
    for (let i = 0; i < change.length; i += 1) {
      const value = change[i] ?? 0;
      if (isChanged(value)) output[i] = (value / CHANGE_SCALE) * 255;
    }
    return output;
  },
});

function readBytes(store: PixelStore, region: Rect): Samples {
  const output = new Uint8ClampedArray(region.width * region.height * 4);
  for (let y = 0; y < region.height; y += 1) {
    const from = ((region.y + y) * store.width + region.x) * 4;
    const row = store.data.subarray(from, from + region.width * 4);
    const to = y * region.width * 4;
    if (store.depth === 8) output.set(row, to);
    else for (let i = 0; i < row.length; i += 1) output[to + i] = (row[i] ?? 0) / 257;
  }
  return output;
}

function toStraight({ data, width, height }: FloatRegion): Samples {
  const output = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = Math.min(1, data[at + 3] ?? 0);
    if (alpha * 255 < 0.5) continue;
    for (let c = 0; c < 3; c += 1) output[at + c] = ((data[at + c] ?? 0) / alpha) * 255;
    output[at + 3] = alpha * 255;
  }
  return output;
}

/** Differences (0..255 for 0..CHANGE_SCALE) as colours; transparent where nothing changed, firmer the more it did. */
function heat(change: Samples): Samples {
  const output = new Uint8ClampedArray(change.length * 4);
  for (let i = 0; i < change.length; i += 1) {
    const value = change[i] ?? 0;
    const colour = CHANGE_COLOURS[value];
    if (value === 0 || colour === undefined) continue;
    output.set(colour, i * 4);
    output[i * 4 + 3] = 150 + (105 * value) / 255;
  }
  return output;
}
