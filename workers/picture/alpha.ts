import { maxValue, type PixelStore } from './store.ts';

/**
 * Colours bled under fully transparent pixels, so that a network that sees a neighbourhood sees the object's colour there
 * and not black: no halo appears on any ground. Push-pull (Gortler et al., The Lumigraph, 1996, section 3.3): colours
 * weighted by alpha are averaged down a pyramid until every hole has one, then interpolated back up into the holes. O(n)
 * time; about 5 bytes of working memory a pixel.
 *
 * Pixels that are not fully transparent keep every bit; the store is changed in place. Returns false, untouched, when no
 * pixel is fully transparent or all are.
 */
export function bleedColours(store: PixelStore): boolean {
  if (!hasHoles(store)) return false;
  const levels: Level[] = [pull(fromStore(store))];
  for (;;) {
    const top = levels.at(-1) as Level;
    if (top.complete || (top.width === 1 && top.height === 1)) break;
    levels.push(pull(fromLevel(top)));
  }
  for (let index = levels.length - 1; index > 0; index -= 1) push(levels[index] as Level, levels[index - 1] as Level);
  fill(store, levels[0] as Level);
  return true;
}

function hasHoles({ data }: PixelStore): boolean {
  let clear = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] === 0) clear += 1;
  return clear > 0 && clear < data.length / 4;
}

/** Mean colour (r, g, b) and whether there is one, for each pixel of a reduced picture. */
interface Level {
  readonly width: number;
  readonly height: number;
  readonly colour: Float32Array;
  /** Sum of the alphas behind the colour, 0..1 (capped); 0 is a hole. */
  readonly weight: Float32Array;
  readonly complete: boolean;
}

interface Source {
  readonly width: number;
  readonly height: number;
  readonly colour: ArrayLike<number>;
  readonly stride: number;
  readonly weight: (index: number) => number;
}

function fromStore(store: PixelStore): Source {
  const { width, height, data } = store;
  const opaque = maxValue(store);
  return { width, height, colour: data, stride: 4, weight: (index) => (data[index * 4 + 3] as number) / opaque };
}

const fromLevel = (level: Level): Source => ({ ...level, stride: 3, weight: (index) => level.weight[index] as number });

/** Halves both sides (rounded up): each cell is the weighted mean of up to four. */
function pull({ width, height, colour, stride, weight }: Source): Level {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const mean = new Float32Array(half.width * half.height * 3);
  const weights = new Float32Array(half.width * half.height);
  let complete = true;
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      let [r, g, b, sum] = [0, 0, 0, 0];
      for (let sy = y * 2; sy < Math.min(height, y * 2 + 2); sy += 1) {
        for (let sx = x * 2; sx < Math.min(width, x * 2 + 2); sx += 1) {
          const index = sy * width + sx;
          const w = weight(index);
          if (w === 0) continue;
          r += w * (colour[index * stride] as number);
          g += w * (colour[index * stride + 1] as number);
          b += w * (colour[index * stride + 2] as number);
          sum += w;
        }
      }
      const to = y * half.width + x;
      if (sum === 0) {
        complete = false;
        continue;
      }
      mean[to * 3] = r / sum;
      mean[to * 3 + 1] = g / sum;
      mean[to * 3 + 2] = b / sum;
      weights[to] = Math.min(1, sum);
    }
  }
  return { ...half, colour: mean, weight: weights, complete };
}

/** Fills the holes of `fine` from `coarse`, bilinearly between cell centres. */
function push(coarse: Level, fine: Level): void {
  const sample = sampler(coarse);
  for (let y = 0; y < fine.height; y += 1) {
    for (let x = 0; x < fine.width; x += 1) {
      const index = y * fine.width + x;
      if ((fine.weight[index] as number) > 0) continue;
      sample(x, y, fine.colour, index * 3, 1);
    }
  }
}

function fill(store: PixelStore, coarse: Level): void {
  const sample = sampler(coarse);
  const { data, width, height } = store;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      if (data[at + 3] === 0) sample(x, y, data, at, 0);
    }
  }
}

/** Writes the coarse level's colour at a fine pixel. Its four nearest cells at weights 9, 3, 3, 1 sixteenths. */
function sampler(
  coarse: Level,
): (x: number, y: number, into: Float32Array | Uint8ClampedArray | Uint16Array, at: number, exact: 0 | 1) => void {
  const { width, height, colour } = coarse;
  return (x, y, into, at, exact) => {
    const cx = x >> 1;
    const cy = y >> 1;
    const nx = Math.min(width - 1, Math.max(0, x & 1 ? cx + 1 : cx - 1));
    const ny = Math.min(height - 1, Math.max(0, y & 1 ? cy + 1 : cy - 1));
    for (let channel = 0; channel < 3; channel += 1) {
      const value =
        (9 * (colour[(cy * width + cx) * 3 + channel] as number) +
          3 * (colour[(cy * width + nx) * 3 + channel] as number) +
          3 * (colour[(ny * width + cx) * 3 + channel] as number) +
          (colour[(ny * width + nx) * 3 + channel] as number)) /
        16;
      into[at + channel] = exact === 1 ? value : Math.round(value);
    }
  };
}
