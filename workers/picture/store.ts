import type { Planar } from '../../contract/inference-api.ts';
import type { ColorSpace, Rect } from '../../contract/picture.ts';

/**
 * Pixels of one picture as the worker keeps them: interleaved RGBA, straight (not premultiplied) alpha, gamma-encoded in
 * `colorSpace`, 0..255 or 0..65535. A 64-megapixel result takes 256 MB at 8 bits, 512 MB at 16.
 */
export interface PixelStore {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  readonly data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  readonly colorSpace: ColorSpace;
}

/** The value of full light and of full opacity. */
export const maxValue = ({ depth }: Pick<PixelStore, 'depth'>): 255 | 65535 => (depth === 16 ? 65535 : 255);

/** A transparent black store. Throws RangeError when the browser cannot allocate it. */
export function createStore(width: number, height: number, depth: 8 | 16, colorSpace: ColorSpace): PixelStore {
  const samples = width * height * 4;
  const data = depth === 16 ? new Uint16Array(samples) : new Uint8ClampedArray(samples);
  return { width, height, depth, data, colorSpace };
}

const clampIndex = (value: number, length: number): number => (value < 0 ? 0 : value >= length ? length - 1 : value);

/** A window as RGB planes in 0..1; what lies outside the picture repeats its edge. */
export function readColour(store: PixelStore, window: Rect): Planar {
  const { width, height } = window;
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  const scale = 1 / maxValue(store);
  for (let y = 0; y < height; y += 1) {
    const row = clampIndex(window.y + y, store.height) * store.width;
    for (let x = 0; x < width; x += 1) {
      const from = (row + clampIndex(window.x + x, store.width)) * 4;
      const to = y * width + x;
      data[to] = (store.data[from] ?? 0) * scale;
      data[to + plane] = (store.data[from + 1] ?? 0) * scale;
      data[to + 2 * plane] = (store.data[from + 2] ?? 0) * scale;
    }
  }
  return { data, channels: 3, width, height };
}

/** The alpha of a window, 0..1, three equal planes so that a colour network can enlarge it; null when it is constant. */
export function readAlpha(store: PixelStore, window: Rect): { planes: Planar | null; constant: number } {
  const { width, height } = window;
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  const scale = 1 / maxValue(store);
  const first =
    (store.data[(clampIndex(window.y, store.height) * store.width + clampIndex(window.x, store.width)) * 4 + 3] ?? 0) *
    scale;
  let constant = true;
  for (let y = 0; y < height; y += 1) {
    const row = clampIndex(window.y + y, store.height) * store.width;
    for (let x = 0; x < width; x += 1) {
      const alpha = (store.data[(row + clampIndex(window.x + x, store.width)) * 4 + 3] ?? 0) * scale;
      if (alpha !== first) constant = false;
      data[y * width + x] = alpha;
    }
  }
  if (constant) return { planes: null, constant: first };
  data.copyWithin(plane, 0, plane);
  data.copyWithin(2 * plane, 0, plane);
  return { planes: { data, channels: 3, width, height }, constant: first };
}

/**
 * Writes RGB planes (0..1, clamped here) at `at`; `alpha` is one plane 0..1 of the same size or one value for all of it.
 * A grey picture stays grey: its three channels are averaged.
 */
export function writeTile(
  store: PixelStore,
  at: Rect,
  colour: Planar,
  alpha: Float32Array | number,
  grey: boolean,
): void {
  const top = maxValue(store);
  const plane = colour.width * colour.height;
  const { data } = colour;
  const clamp = (value: number): number => (value <= 0 ? 0 : value >= 1 ? top : Math.round(value * top));
  for (let y = 0; y < at.height; y += 1) {
    for (let x = 0; x < at.width; x += 1) {
      const from = y * colour.width + x;
      const to = ((at.y + y) * store.width + at.x + x) * 4;
      let r = data[from] ?? 0;
      let g = data[from + plane] ?? 0;
      let b = data[from + 2 * plane] ?? 0;
      if (grey) r = g = b = (r + g + b) / 3;
      store.data[to] = clamp(r);
      store.data[to + 1] = clamp(g);
      store.data[to + 2] = clamp(b);
      store.data[to + 3] = clamp(typeof alpha === 'number' ? alpha : (alpha[from] ?? 0));
    }
  }
}
