import { useSyncExternalStore } from 'react';
import type { PictureId, Size } from '../../../contract/picture.ts';
import type { Entry } from '../../state/entries.ts';
import { tile } from '../../state/run.ts';
import { useLimpid } from '../../state/store.ts';
import { levelWithin } from '../viewer/geometry.ts';

/** Small pictures of a picture: at most this many pixels a side. */
const SIDE = 240;

/** Milliseconds until a thumbnail that failed may be asked for again: a run changes the store many times a second. */
const AGAIN = 2000;

export interface Thumbnails {
  readonly before: ImageBitmap | null;
  readonly after: ImageBitmap | null;
}

const NONE: Thumbnails = { before: null, after: null };
const known = new Map<PictureId, Thumbnails>();
/** What was asked for, so that one result is asked for once: the finishing time of its run. */
const asked = new Map<string, string>();
const listeners = new Set<() => void>();

export function useThumbnails(id: PictureId | null): Thumbnails {
  return useSyncExternalStore(subscribe, () => (id === null ? NONE : (known.get(id) ?? NONE)));
}

/** Follows the store: asks the worker for thumbnails of new pictures and results, closes those of removed ones. */
export const startThumbnails = (): (() => void) =>
  useLimpid.subscribe((state, before) => {
    if (state.entries === before.entries) return;
    for (const entry of state.entries) update(entry);
    for (const id of known.keys()) if (!state.entries.some((entry) => entry.id === id)) forget(id);
  });

function update(entry: Entry): void {
  ask(entry.id, 'before', entry.info, 'opened');
  if (entry.result !== null) ask(entry.id, 'after', entry.result.report.output, entry.result.report.finishedAt);
  else dropAfter(entry.id);
}

function ask(id: PictureId, layer: 'before' | 'after', size: Size, version: string): void {
  const key = `${id}/${layer}`;
  if (asked.get(key) === version) return;
  asked.set(key, version);
  void fetchOne(id, layer, size).then((fetched) => {
    if (!fetched) setTimeout(() => asked.get(key) === version && asked.delete(key), AGAIN);
  });
}

/** False when the worker could not give it: it crashed, or a new run has begun. */
async function fetchOne(id: PictureId, layer: 'before' | 'after', { width, height }: Size): Promise<boolean> {
  const level = levelWithin({ width, height }, SIDE);
  const result = await tile({ picture: id, layer, level, column: 0, row: 0, width, height });
  if (!result.ok) return false;
  if (!useLimpid.getState().entries.some((entry) => entry.id === id)) {
    result.value.close();
    return true;
  }
  const old = known.get(id) ?? NONE;
  known.set(id, { ...old, [layer]: result.value });
  notify();
  closeSoon(old[layer]);
  return true;
}

/** The result was lost with its worker. */
function dropAfter(id: PictureId): void {
  const old = known.get(id);
  asked.delete(`${id}/after`);
  if (old === undefined || old.after === null) return;
  known.set(id, { ...old, after: null });
  notify();
  closeSoon(old.after);
}

function forget(id: PictureId): void {
  const old = known.get(id);
  known.delete(id);
  asked.delete(`${id}/before`);
  asked.delete(`${id}/after`);
  notify();
  closeSoon(old?.before);
  closeSoon(old?.after);
}

/** Whoever still shows a bitmap has let go of it by then. */
const closeSoon = (bitmap: ImageBitmap | null | undefined): void => void setTimeout(() => bitmap?.close(), 1000);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify(): void {
  for (const listener of listeners) listener();
}
