import type { Rect, Size } from '../../../contract/picture.ts';
import { VIEW_TILE } from '../../../contract/worker-api.ts';

/**
 * Where the picture stands on the canvas. The centre of the canvas shows picture point (x, y), in pixels of level 0;
 * `zoom` is canvas (device) pixels per picture pixel, so 1 is 100 % on any screen.
 */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface TileAddress {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export const MAX_ZOOM = 64;
/** From here on single pixels are drawn as squares, with a grid between them. */
export const GRID_ZOOM = 8;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * The whole picture, centred. A small picture is enlarged, but by at most `most` canvas pixels per picture pixel, so
 * that an icon does not fill the screen with blocks.
 */
export function fit(size: Size, canvas: Size, most: number): View {
  const zoom = Math.min(canvas.width / size.width, canvas.height / size.height, most);
  return { x: size.width / 2, y: size.height / 2, zoom: Math.max(zoom, 1e-4) };
}

/**
 * The most that fitting enlarges a picture, in CSS pixels per pixel of the input: six times, but an icon as much as it
 * takes for a comparison to be seen beside the divider's handle.
 */
export const fitEnlargement = ({ width, height }: Size): number => Math.max(6, 320 / Math.max(width, height));

/** Zooms to `zoom` while the picture point under canvas point (px, py) stays where it is. */
export function zoomAt(view: View, zoom: number, px: number, py: number, canvas: Size): View {
  const dx = px - canvas.width / 2;
  const dy = py - canvas.height / 2;
  return { x: view.x + dx / view.zoom - dx / zoom, y: view.y + dy / view.zoom - dy / zoom, zoom };
}

export const panBy = (view: View, dx: number, dy: number): View => ({
  ...view,
  x: view.x - dx / view.zoom,
  y: view.y - dy / view.zoom,
});

/** Keeps the picture in sight: a side that fits is centred, one that does not leaves no gap; zoom stays in its range. */
export function constrain(view: View, size: Size, canvas: Size, least: number): View {
  const zoom = clamp(view.zoom, Math.min(least, MAX_ZOOM), Math.max(least, MAX_ZOOM));
  const axis = (centre: number, side: number, room: number): number => {
    const half = room / 2 / zoom;
    return side <= 2 * half ? side / 2 : clamp(centre, half, side - half);
  };
  return { x: axis(view.x, size.width, canvas.width), y: axis(view.y, size.height, canvas.height), zoom };
}

/** True when a side of the picture is longer than the canvas, so that there is somewhere to go. */
export const isPannable = (size: Size, zoom: number, canvas: Size): boolean =>
  Math.round(size.width * zoom) > canvas.width || Math.round(size.height * zoom) > canvas.height;

/** The same part of the picture at the same size on the screen, after level 0 changed its size (a result came). */
export function rescale(view: View, from: Size, to: Size): View {
  return {
    x: (view.x * to.width) / from.width,
    y: (view.y * to.height) / from.height,
    zoom: (view.zoom * from.width) / to.width,
  };
}

/** The part of the picture that is on the canvas, in pixels of level 0. */
export function visible(view: View, size: Size, canvas: Size): Rect {
  const left = clamp(view.x - canvas.width / 2 / view.zoom, 0, size.width);
  const top = clamp(view.y - canvas.height / 2 / view.zoom, 0, size.height);
  const right = clamp(view.x + canvas.width / 2 / view.zoom, 0, size.width);
  const bottom = clamp(view.y + canvas.height / 2 / view.zoom, 0, size.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A rectangle of level 0 on the canvas, on whole canvas pixels so that neighbouring tiles meet without a seam. */
export function onCanvas(rect: Rect, view: View, canvas: Size): Rect {
  const x = (value: number): number => Math.round((value - view.x) * view.zoom + canvas.width / 2);
  const y = (value: number): number => Math.round((value - view.y) * view.zoom + canvas.height / 2);
  const left = x(rect.x);
  const top = y(rect.y);
  return { x: left, y: top, width: x(rect.x + rect.width) - left, height: y(rect.y + rect.height) - top };
}

/** The level on which the whole picture fits into `side` pixels. */
export function levelWithin(size: Size, side: number): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(size.width, size.height) / side)));
}

/** The level with about one pixel per canvas pixel (0.76 to 1.52); never coarser than one tile for the whole. */
export function levelFor(zoom: number, size: Size): number {
  const wanted = Math.floor(Math.log2(1 / zoom) + 0.4);
  return clamp(wanted, 0, levelWithin(size, VIEW_TILE));
}

/** The part of level 0 under a tile; tiles at the right and bottom edge are cut off. */
export function tileRect(tile: TileAddress, size: Size): Rect {
  const side = VIEW_TILE * 2 ** tile.level;
  const x = tile.column * side;
  const y = tile.row * side;
  return { x, y, width: Math.min(side, size.width - x), height: Math.min(side, size.height - y) };
}

/** Tiles of a level that touch `area`, those nearest its middle first. */
export function tilesOver(area: Rect, level: number, size: Size): TileAddress[] {
  if (area.width <= 0 || area.height <= 0) return [];
  const side = VIEW_TILE * 2 ** level;
  const last = (length: number): number => Math.ceil(length / side) - 1;
  const columns = [
    Math.floor(area.x / side),
    Math.min(last(size.width), Math.floor((area.x + area.width) / side)),
  ] as const;
  const rows = [
    Math.floor(area.y / side),
    Math.min(last(size.height), Math.floor((area.y + area.height) / side)),
  ] as const;
  const tiles: TileAddress[] = [];
  for (let row = rows[0]; row <= rows[1]; row += 1) {
    for (let column = columns[0]; column <= columns[1]; column += 1) tiles.push({ level, column, row });
  }
  const middle = { column: (area.x + area.width / 2) / side - 0.5, row: (area.y + area.height / 2) / side - 0.5 };
  const distance = (tile: TileAddress): number => Math.hypot(tile.column - middle.column, tile.row - middle.row);
  return tiles.sort((a, b) => distance(a) - distance(b));
}

/** The tile one level coarser that covers this one. */
export const parent = (tile: TileAddress): TileAddress => ({
  level: tile.level + 1,
  column: tile.column >> 1,
  row: tile.row >> 1,
});

export function intersection(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
