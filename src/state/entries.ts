import type { PictureId, PictureInfo } from '../../contract/picture.ts';
import type { Recipe, RunReport } from '../../contract/run.ts';
import { advance, IDLE, isActive, type Job, type JobEvent } from './job.ts';
import type { Coverage } from './layers.ts';

/** One opened picture: what the worker told of it, the work on it, and its last finished result. */
export interface Entry {
  readonly id: PictureId;
  readonly info: PictureInfo;
  readonly job: Job;
  readonly result: FinishedResult | null;
}

export interface FinishedResult {
  readonly recipe: Recipe;
  readonly report: RunReport;
  /** Handed to the browser's downloads. */
  readonly saved: boolean;
}

/** A removed picture that can come back as it was: its pixels are still in the worker. */
export interface Trashed {
  readonly entry: Entry;
  readonly index: number;
  readonly selected: boolean;
  readonly coverage: Coverage | undefined;
  /** Those that were removed in one go come back in one. */
  readonly together?: string;
}

export const newEntry = (info: PictureInfo): Entry => ({ id: info.id, info, job: IDLE, result: null });

/** Moves one picture's job on; a finished run becomes that picture's result. The same list when nothing changes. */
export function applyEvent(entries: readonly Entry[], id: PictureId, event: JobEvent): readonly Entry[] {
  const target = entries.find((entry) => entry.id === id);
  if (target === undefined || advance(target.job, event) === target.job) return entries;
  return entries.map((entry) => {
    if (entry.id !== id) return entry;
    const job = advance(entry.job, event);
    return job.kind === 'done'
      ? { ...entry, job, result: { recipe: job.recipe, report: job.report, saved: false } }
      : { ...entry, job };
  });
}

/** The same pictures after their results were lost. */
export const withoutResults = (entries: readonly Entry[]): readonly Entry[] =>
  entries.map((entry) => ({ ...entry, result: null, job: entry.job.kind === 'done' ? IDLE : entry.job }));

/** Marks results as downloaded; one that was made anew meanwhile is another result. */
export const withSaved = (entries: readonly Entry[], results: readonly (FinishedResult | null)[]): readonly Entry[] =>
  entries.map((entry) =>
    entry.result !== null && results.includes(entry.result)
      ? { ...entry, result: { ...entry.result, saved: true } }
      : entry,
  );

/** The picture whose turn it is: none while one is being worked on, else the first that waits. */
export function nextQueued(entries: readonly Entry[]): Entry | undefined {
  if (entries.some((entry) => isActive(entry.job))) return undefined;
  return entries.find((entry) => entry.job.kind === 'queued');
}

/** The picture to show after `removed` has gone: its right neighbour, else its left one. */
export function neighbour(entries: readonly Entry[], removed: PictureId): PictureId | null {
  const index = entries.findIndex((entry) => entry.id === removed);
  return entries[index + 1]?.id ?? entries[index - 1]?.id ?? null;
}
