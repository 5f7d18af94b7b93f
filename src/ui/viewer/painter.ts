import type { Rect, Size } from '../../../contract/picture.ts';
import { VIEW_TILE } from '../../../contract/worker-api.ts';
import type { Coverage } from '../../state/layers.ts';
import {
  intersection,
  levelFor,
  onCanvas,
  parent,
  tileRect,
  tilesOver,
  visible,
  type TileAddress,
  type View,
} from './geometry.ts';
import { isComplete, stampOf, type Scene, type Side, type Sources } from './scene.ts';
import type { LayerSource, TileSource } from './tile-source.ts';

export interface Frame {
  readonly scene: Scene;
  readonly sources: Sources;
  readonly coverage: Coverage | undefined;
  readonly view: View;
  readonly canvas: Size;
  /** Where the divider stands, in canvas pixels: `before` to its left, the result to its right. */
  readonly splitX: number;
  readonly side: Side;
  readonly checker: CanvasPattern | null;
  /** Single pixels as squares with a grid between them. */
  readonly pixelated: boolean;
  /** Strength of the pixel grid's lines as a CSS colour. */
  readonly gridColour: string;
}

type Context = CanvasRenderingContext2D;

/** Draws one frame from the tiles on hand; nothing here waits. */
export function paint(context: Context, tiles: TileSource, frame: Frame): void {
  const { scene, view, canvas } = frame;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = !frame.pixelated;
  // Bilinear is enough where levels leave less than a factor of 1.6; better filters cost tasks of 100 ms on a busy CPU.
  context.imageSmoothingQuality = 'low';
  const picture = onCanvas({ x: 0, y: 0, ...scene.size }, view, canvas);
  const left = { ...picture, width: Math.min(picture.width, Math.max(0, frame.splitX - picture.x)) };
  const right = { ...picture, x: picture.x + left.width, width: picture.width - left.width };
  clipped(context, left, () => paintBefore(context, tiles, frame));
  clipped(context, right, () => paintResult(context, tiles, frame));
  if (frame.pixelated) paintGrid(context, frame);
}

function clipped(context: Context, area: Rect, draw: () => void): void {
  if (area.width <= 0 || area.height <= 0) return;
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  draw();
  context.restore();
}

const tilesInView = ({ scene, view, canvas }: Frame): TileAddress[] =>
  tilesOver(visible(view, scene.size, canvas), levelFor(view.zoom, scene.size), scene.size);

function paintBefore(context: Context, tiles: TileSource, frame: Frame): void {
  const { scene, sources } = frame;
  for (const tile of tilesInView(frame)) {
    const area = tileRect(tile, scene.size);
    underlay(context, frame, area);
    if (!drawPart(context, tiles, frame, sources.before, tile, area, 0)) drawInput(context, tiles, frame, area);
  }
}

function paintResult(context: Context, tiles: TileSource, frame: Frame): void {
  const { scene, sources, coverage, side } = frame;
  const complete = isComplete(coverage);
  // The enlarged input stays visible as a soft preview wherever the result has not come yet.
  if (!complete || !everyTileIsCurrent(tiles, frame)) paintBefore(context, tiles, frame);
  if (!scene.compared || coverage === undefined) return;
  for (const tile of tilesInView(frame)) {
    for (const { rect, sequence } of coverage.arrivals) {
      const area = intersection(rect, tileRect(tile, scene.size));
      if (area === null) continue;
      // The end of a run puts every tile out of date; until its successor has come, one that holds every part is as good.
      const stamp = complete ? stampOf(tile, scene.size, { ...coverage, arrivals: coverage.parts }) : sequence;
      if (side === 'change') {
        if (!drawPart(context, tiles, frame, sources.after, tile, area, stamp, 0.35)) continue;
        drawPart(context, tiles, frame, sources.change, tile, area, stamp);
      } else {
        drawPart(context, tiles, frame, sources.after, tile, area, stamp);
      }
    }
  }
}

const everyTileIsCurrent = (tiles: TileSource, frame: Frame): boolean =>
  tilesInView(frame).every((tile) => {
    const held = tiles.get(frame.sources.after, tile)?.stamp ?? -1;
    return held >= stampOf(tile, frame.scene.size, frame.coverage);
  });

/**
 * Draws `area` of a layer from its tile or, until that has come, from a coarser one; from neither unless it holds what had
 * arrived up to `stamp`. False when there is none.
 */
function drawPart(
  context: Context,
  tiles: TileSource,
  frame: Frame,
  source: LayerSource,
  tile: TileAddress,
  area: Rect,
  stamp: number,
  opacity = 1,
): boolean {
  for (let address = tile, step = 0; step < 16; address = parent(address), step += 1) {
    const slot = tiles.get(source, address);
    if (slot === undefined || slot.stamp < stamp) continue;
    // A layer replaces what lies below it: two half-transparent layers over each other would look too solid.
    if (source.layer !== 'change' && (frame.scene.alpha || opacity < 1)) underlay(context, frame, area);
    context.globalAlpha = opacity;
    drawBitmap(context, slot.value, address, area, onCanvas(area, frame.view, frame.canvas));
    context.globalAlpha = 1;
    return true;
  }
  return false;
}

/** The input's own pixels where its enlargement is not there yet. */
function drawInput(context: Context, tiles: TileSource, frame: Frame, area: Rect): void {
  const { input } = frame.sources;
  const factor = input.size.width / frame.scene.size.width;
  const factorY = input.size.height / frame.scene.size.height;
  const part = { x: area.x * factor, y: area.y * factorY, width: area.width * factor, height: area.height * factorY };
  for (const tile of tilesOver(part, levelFor(frame.view.zoom / factor, input.size), input.size)) {
    const common = intersection(part, tileRect(tile, input.size));
    if (common === null) continue;
    for (let address = tile, step = 0; step < 16; address = parent(address), step += 1) {
      const slot = tiles.get(input, address);
      if (slot === undefined) continue;
      const target = {
        x: common.x / factor,
        y: common.y / factorY,
        width: common.width / factor,
        height: common.height / factorY,
      };
      drawBitmap(context, slot.value, address, common, onCanvas(target, frame.view, frame.canvas));
      break;
    }
  }
}

/** Draws the `part` (level-0 pixels) of a tile's bitmap into `target` (canvas pixels). */
function drawBitmap(context: Context, bitmap: ImageBitmap, tile: TileAddress, part: Rect, target: Rect): void {
  if (target.width <= 0 || target.height <= 0) return;
  const factor = 2 ** tile.level;
  const sx = part.x / factor - tile.column * VIEW_TILE;
  const sy = part.y / factor - tile.row * VIEW_TILE;
  const sw = Math.min(part.width / factor, bitmap.width - sx);
  const sh = Math.min(part.height / factor, bitmap.height - sy);
  context.drawImage(bitmap, sx, sy, sw, sh, target.x, target.y, target.width, target.height);
}

/** Empties an area; under transparency a checkerboard shows. */
function underlay(context: Context, frame: Frame, area: Rect): void {
  const { x, y, width, height } = onCanvas(area, frame.view, frame.canvas);
  context.clearRect(x, y, width, height);
  if (!frame.scene.alpha || frame.checker === null) return;
  context.fillStyle = frame.checker;
  context.fillRect(x, y, width, height);
}

function paintGrid(context: Context, { scene, view, canvas, gridColour }: Frame): void {
  const area = visible(view, scene.size, canvas);
  const bounds = onCanvas(area, view, canvas);
  context.beginPath();
  for (let column = Math.ceil(area.x); column <= area.x + area.width; column += 1) {
    const x = Math.round((column - view.x) * view.zoom + canvas.width / 2) + 0.5;
    context.moveTo(x, bounds.y);
    context.lineTo(x, bounds.y + bounds.height);
  }
  for (let row = Math.ceil(area.y); row <= area.y + area.height; row += 1) {
    const y = Math.round((row - view.y) * view.zoom + canvas.height / 2) + 0.5;
    context.moveTo(bounds.x, y);
    context.lineTo(bounds.x + bounds.width, y);
  }
  context.strokeStyle = gridColour;
  context.lineWidth = 1;
  context.stroke();
}
