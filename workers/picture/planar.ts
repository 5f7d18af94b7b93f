import type { Planar } from '../../contract/inference-api.ts';
import type { Rect, Size } from '../../contract/picture.ts';

/** A rectangle of planes, which may reach past the edge: edge samples are repeated there. The same object when it is all. */
export function cutPlanar(picture: Planar, rect: Rect): Planar {
  const { channels, data } = picture;
  const { width, height } = rect;
  if (rect.x === 0 && rect.y === 0 && width === picture.width && height === picture.height) return picture;
  const cut = new Float32Array(channels * width * height);
  const inside = Math.max(0, Math.min(width, picture.width - rect.x));
  for (let c = 0; c < channels; c += 1) {
    for (let y = 0; y < height; y += 1) {
      const row = (c * picture.height + Math.min(Math.max(0, rect.y + y), picture.height - 1)) * picture.width;
      const to = (c * height + y) * width;
      cut.set(data.subarray(row + rect.x, row + rect.x + inside), to);
      if (inside < width) cut.fill(data[row + picture.width - 1] ?? 0, to + inside, to + width);
    }
  }
  return { data: cut, channels, width, height };
}

/** Grows the right and bottom sides to `frame`, repeating edge samples. */
export const padPlanar = (picture: Planar, frame: Size): Planar => cutPlanar(picture, { x: 0, y: 0, ...frame });

/** Writes `part` into `whole` with its top left corner at (x, y); all of it must fit. */
export function pastePlanar(whole: Planar, part: Planar, x: number, y: number): void {
  for (let c = 0; c < whole.channels; c += 1) {
    for (let row = 0; row < part.height; row += 1) {
      const from = (c * part.height + row) * part.width;
      whole.data.set(part.data.subarray(from, from + part.width), (c * whole.height + y + row) * whole.width + x);
    }
  }
}
