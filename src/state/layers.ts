import type { PictureId, Rect, Size } from '../../contract/picture.ts';

/** A part of the result that is on hand, and when it came. */
export interface Arrival {
  readonly rect: Rect;
  readonly sequence: number;
}

/**
 * Which parts of a picture's `after` layer exist. Kept outside the store: during a run it changes many times a second
 * and only the viewer reads it. `run` grows with every run, so that tiles of an older result are never mistaken for new.
 */
export interface Coverage {
  readonly run: number;
  readonly size: Size;
  readonly arrivals: readonly Arrival[];
  /** The arrivals that the whole was put together from: a tile with all of them shows all of the result. */
  readonly parts: readonly Arrival[];
  readonly sequence: number;
}

const coverages = new Map<PictureId, Coverage>();
const listeners = new Set<(id: PictureId) => void>();
let runs = 0;

function put(id: PictureId, coverage: Coverage | undefined): void {
  if (coverage === undefined) coverages.delete(id);
  else coverages.set(id, coverage);
  for (const listener of listeners) listener(id);
}

export const coverageOf = (id: PictureId): Coverage | undefined => coverages.get(id);

export function onCoverage(listener: (id: PictureId) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A run with a result of this size has begun: nothing of it is there yet. */
export function beginCoverage(id: PictureId, size: Size): void {
  runs += 1;
  put(id, { run: runs, size, arrivals: [], parts: [], sequence: 0 });
}

/** Part of the result has new pixels. */
export function addArrival(id: PictureId, rect: Rect, size: Size): void {
  const current = coverages.get(id);
  if (current === undefined) return;
  const sequence = current.sequence + 1;
  const kept = current.arrivals.filter((arrival) => !contains(rect, arrival.rect));
  put(id, { ...current, size, sequence, arrivals: [...kept, { rect, sequence }] });
}

/** The whole result is there; every tile is asked for once more, now for good. */
export function completeCoverage(id: PictureId, size: Size): void {
  const current = coverages.get(id);
  if (current === undefined) return;
  const sequence = current.sequence + 1;
  const whole = { rect: { x: 0, y: 0, ...size }, sequence };
  put(id, { ...current, size, sequence, arrivals: [whole], parts: current.arrivals });
}

/** The layer as it was before a run (or none at all). */
export const restoreCoverage = (id: PictureId, coverage: Coverage | undefined): void => put(id, coverage);

const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
