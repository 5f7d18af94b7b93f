import type { PictureId, Rect, Size } from '../../../contract/picture.ts';
import type { Coverage } from '../../state/layers.ts';
import {
  intersection,
  levelFor,
  levelWithin,
  tileRect,
  tilesOver,
  visible,
  type TileAddress,
  type View,
} from './geometry.ts';
import type { LayerSource, Wanted } from './tile-source.ts';
import { VIEW_TILE } from '../../../contract/worker-api.ts';

/** What the viewer shows. */
export interface Scene {
  readonly picture: PictureId;
  readonly name: string;
  readonly input: Size;
  /** Level 0: the result's size once a run has begun, else the input's. */
  readonly size: Size;
  readonly alpha: boolean;
  /** There is a result, whole or growing, to compare with. */
  readonly compared: boolean;
}

export type Side = 'after' | 'change';

/** The layers of a scene as tile sources. */
export interface Sources {
  /** The input as it is: shown before a run, and until its enlargement has come. */
  readonly input: LayerSource;
  /** The input at the result's size (bicubic). */
  readonly before: LayerSource;
  readonly after: LayerSource;
  readonly change: LayerSource;
}

export function sourcesOf(scene: Scene, coverage: Coverage | undefined): Sources {
  const { picture, size } = scene;
  const run = coverage?.run ?? 0;
  return {
    input: { picture, layer: 'before', size: scene.input, run: 0 },
    before: { picture, layer: 'before', size, run: 0 },
    after: { picture, layer: 'after', size, run },
    change: { picture, layer: 'change', size, run },
  };
}

/** The latest arrival under a tile; 0 when nothing of it is there. */
export function stampOf(tile: TileAddress, size: Size, coverage: Coverage | undefined): number {
  if (coverage === undefined) return 0;
  const area = tileRect(tile, size);
  return coverage.arrivals.reduce(
    (latest, arrival) => (intersection(arrival.rect, area) === null ? latest : Math.max(latest, arrival.sequence)),
    0,
  );
}

/** True when one arrival is the whole result, as after every finished run. */
export function isComplete(coverage: Coverage | undefined): boolean {
  const only = coverage?.arrivals.length === 1 ? coverage.arrivals[0]?.rect : undefined;
  return only !== undefined && only.width >= (coverage?.size.width ?? 0) && only.height >= (coverage?.size.height ?? 0);
}

/**
 * Tiles to ask for, the most urgent first: a coarse overview, what is on screen, then the other side of the divider,
 * so that moving it never shows a gap. `split` is in level-0 pixels.
 */
export function wantedTiles(
  scene: Scene,
  sources: Sources,
  coverage: Coverage | undefined,
  view: View,
  canvas: Size,
  split: number,
  side: Side,
): Wanted[] {
  const { size } = scene;
  const overview = { level: levelWithin(size, VIEW_TILE), column: 0, row: 0 };
  const wanted: Wanted[] = [{ source: sources.before, tile: overview, stamp: 0 }];
  const area = visible(view, size, canvas);
  const tiles = tilesOver(area, levelFor(view.zoom, size), size);
  const left: Rect = { ...area, width: Math.max(0, split - area.x) };
  const right: Rect = { ...area, x: Math.max(area.x, split), width: area.x + area.width - Math.max(area.x, split) };
  const complete = isComplete(coverage);
  const now: Wanted[] = [];
  const later: Wanted[] = [];
  for (const tile of tiles) {
    const rect = tileRect(tile, size);
    const before = { source: sources.before, tile, stamp: 0 };
    const needed = intersection(rect, left) !== null || (!complete && intersection(rect, right) !== null);
    (needed ? now : later).push(before);
    const stamp = scene.compared ? stampOf(tile, size, coverage) : 0;
    if (stamp === 0) continue;
    const urgent = intersection(rect, right) === null ? later : now;
    urgent.push({ source: sources.after, tile, stamp });
    if (side === 'change') urgent.push({ source: sources.change, tile, stamp });
  }
  return [...wanted, ...now, ...later];
}
