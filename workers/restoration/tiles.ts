import type { Rect, Size } from '../../contract/picture.ts';

/** A part of the result (`core`, in input pixels) and what the network must see to make it (`window`, halo included). */
export interface Tile {
  readonly core: Rect;
  readonly window: Rect;
}

const ceilTo = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

interface Span {
  readonly core: readonly [number, number];
  readonly window: readonly [number, number];
}

/**
 * Cuts one side. A window at the picture's edge needs no halo there, so n equal windows of length w cover
 * n * w - 2 * halo * (n - 1) pixels; the shortest w for the smallest n is taken, so that all windows of a picture have one
 * shape (a new shape costs a GPU a shader compilation) and little is computed twice.
 */
function cutSide(length: number, most: number, halo: number, multiple: number): Span[] {
  if (length <= most) return [{ core: [0, length], window: [0, length] }];
  const count = Math.ceil((length - 2 * halo) / (most - 2 * halo));
  const window = Math.min(length, ceilTo((length + 2 * halo * (count - 1)) / count, multiple));
  const spans: Span[] = [];
  let from = 0;
  while (from < length) {
    const start = Math.min(Math.max(0, from - halo), length - window);
    const to = start + window >= length ? length : start + window - halo;
    spans.push({ core: [from, to], window: [start, start + window] });
    from = to;
  }
  return spans;
}

/**
 * Tiles over a frame whose sides are multiples of `multiple`. `side` is the longest window side (a multiple, more than twice
 * the halo); windows start at multiples, because the networks' inner grids do. Cores do not overlap and cover the frame.
 */
export function planTiles(frame: Size, side: number, halo: number, multiple: number): Tile[] {
  if (side <= 2 * halo && Math.max(frame.width, frame.height) > side) {
    throw new RangeError(`A window of ${side} pixels leaves nothing inside a halo of ${halo}.`);
  }
  const rows = cutSide(frame.height, side, halo, multiple);
  const columns = cutSide(frame.width, side, halo, multiple);
  return rows.flatMap((row) =>
    columns.map((column) => ({
      core: {
        x: column.core[0],
        y: row.core[0],
        width: column.core[1] - column.core[0],
        height: row.core[1] - row.core[0],
      },
      window: {
        x: column.window[0],
        y: row.window[0],
        width: column.window[1] - column.window[0],
        height: row.window[1] - row.window[0],
      },
    })),
  );
}

/** Cuts what one tile was to make into tiles with smaller windows, after the machine refused the large one. */
export function splitTile(tile: Tile, frame: Size, side: number, halo: number, multiple: number): Tile[] {
  const inside = Math.max(multiple, Math.floor((side - 2 * halo) / multiple) * multiple);
  const result: Tile[] = [];
  const { core } = tile;
  for (let y = core.y; y < core.y + core.height; y += inside) {
    for (let x = core.x; x < core.x + core.width; x += inside) {
      const piece = {
        x,
        y,
        width: Math.min(inside, core.x + core.width - x),
        height: Math.min(inside, core.y + core.height - y),
      };
      const left = Math.max(0, x - halo);
      const top = Math.max(0, y - halo);
      result.push({
        core: piece,
        window: {
          x: left,
          y: top,
          width: Math.min(frame.width, ceilTo(x + piece.width + halo, multiple)) - left,
          height: Math.min(frame.height, ceilTo(y + piece.height + halo, multiple)) - top,
        },
      });
    }
  }
  return result;
}

/** Tiles on screen first, nearest to the middle of the screen; `view` in pixels of the frame. */
export function orderTiles(tiles: readonly Tile[], view: Rect | null): Tile[] {
  if (view === null) return [...tiles];
  const centre = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
  const distance = ({ core }: Tile): number =>
    Math.hypot(core.x + core.width / 2 - centre.x, core.y + core.height / 2 - centre.y);
  const visible = ({ core }: Tile): boolean =>
    core.x < view.x + view.width &&
    core.x + core.width > view.x &&
    core.y < view.y + view.height &&
    core.y + core.height > view.y;
  return [...tiles].sort((a, b) => Number(visible(b)) - Number(visible(a)) || distance(a) - distance(b));
}

/** The frame a network sees: each side grown to a multiple (edge pixels repeated on the right and bottom). */
export function paddedFrame(size: Size, multiple: number): Size {
  return { width: ceilTo(size.width, multiple), height: ceilTo(size.height, multiple) };
}
