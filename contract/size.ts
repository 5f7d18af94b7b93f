import type { Size } from './picture.ts';

/** Output of a step in pixels: each side times the scale, rounded to the nearest pixel (halves up), at least one. */
export function outputSize(input: Size, scale: number): Size {
  // 1e-9: a product such as 25 * 2.3 may fall below the half that it stands for.
  const side = (length: number): number => Math.max(1, Math.round(length * scale + 1e-9));
  return { width: side(input.width), height: side(input.height) };
}
