import { maxValue, type PixelStore } from './store.ts';

export interface PixelFacts {
  /** Every pixel has equal red, green and blue; fully transparent pixels do not count. */
  readonly grey: boolean;
  /** Some pixel is not opaque. */
  readonly alpha: boolean;
}

/** One pass over the pixels, ending early once both answers are known. */
export function inspect(store: PixelStore): PixelFacts {
  const { data } = store;
  const opaque = maxValue(store);
  let grey = true;
  let alpha = false;
  for (let at = 0; at < data.length && (grey || !alpha); at += 4) {
    const a = data[at + 3] as number;
    if (a !== opaque) alpha = true;
    if (grey && a !== 0 && (data[at] !== data[at + 1] || data[at] !== data[at + 2])) grey = false;
  }
  return { grey, alpha };
}
