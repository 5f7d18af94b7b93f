import type { PictureId } from '../../contract/picture.ts';
import { neighbour } from './entries.ts';
import { refreshEstimate } from './estimate.ts';
import { isActive, isWaiting, type Job } from './job.ts';
import { coverageOf, restoreCoverage } from './layers.ts';
import { clearNotice } from './notice.ts';
import { cancelPicture, work } from './run.ts';
import { get, set, useLimpid } from './store.ts';

/** Takes a picture off the list, ending its work first. It can come back until something else needs its memory. */
export async function removePicture(id: PictureId): Promise<void> {
  const before = jobOf(id);
  if (before === undefined) return;
  await cancelPicture(id);
  await ended(id);
  clearNotice();
  const { entries } = get();
  const index = entries.findIndex((candidate) => candidate.id === id);
  const entry = entries[index];
  // A second press while the work was ending: the first one has removed it.
  if (entry === undefined) return;
  const stopped = isWaiting(before) && before.kind !== 'cancelling';
  // Work that the removal stopped comes back with the picture.
  const job: Job = stopped && entry.job.kind === 'cancelled' ? { kind: 'queued', recipe: entry.job.recipe } : entry.job;
  const coverage = coverageOf(id);
  set((state) => ({
    entries: state.entries.filter((candidate) => candidate.id !== id),
    selected: state.selected === id ? neighbour(state.entries, id) : state.selected,
    trash: [...state.trash, { entry: { ...entry, job }, index, selected: state.selected === id, coverage }],
  }));
  restoreCoverage(id, undefined);
  refreshEstimate();
}

/** Brings the picture back that was removed last, with its result, its place in the list and its place in the queue. */
export function undoRemoval(): void {
  const last = get().trash.at(-1);
  if (last === undefined) return;
  clearNotice();
  const { entry, index, selected, coverage } = last;
  restoreCoverage(entry.id, coverage);
  set((state) => ({
    entries: state.entries.toSpliced(index, 0, entry),
    selected: selected || state.selected === null ? entry.id : state.selected,
    trash: state.trash.slice(0, -1),
  }));
  refreshEstimate();
  work();
}

const jobOf = (id: PictureId): Job | undefined => get().entries.find((entry) => entry.id === id)?.job;

/** Resolves when the worker has let go of a picture: cancelling one whose run is still being planned returns earlier. */
const ended = (id: PictureId): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      const job = jobOf(id);
      if (job !== undefined && isActive(job)) return;
      release();
      resolve();
    };
    const release = useLimpid.subscribe(look);
    look();
  });
