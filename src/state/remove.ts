import type { PictureId } from '../../contract/picture.ts';
import { neighbour, type Trashed } from './entries.ts';
import { refreshEstimate } from './estimate.ts';
import { isActive, isWaiting, type Job } from './job.ts';
import { coverageOf, restoreCoverage } from './layers.ts';
import { clearNotice } from './notice.ts';
import { cancelPicture, work } from './run.ts';
import { get, set, useLimpid } from './store.ts';

/** Takes a picture off the list, ending its work first. It can come back until something else needs its memory. */
export const removePicture = (id: PictureId): Promise<void> => remove(id);

/** Takes every picture off the list; one undo brings all of them back. */
export async function removeAll(): Promise<void> {
  const { entries } = get();
  const together = crypto.randomUUID();
  // Those in the queue first, or the next would start as soon as the running one ends.
  const order = entries.toSorted((a, b) => Number(isActive(a.job)) - Number(isActive(b.job)));
  for (const { id } of order) await remove(id, together);
}

async function remove(id: PictureId, together?: string): Promise<void> {
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
    trash: [
      ...state.trash,
      {
        entry: { ...entry, job },
        index,
        selected: state.selected === id,
        coverage,
        ...(together === undefined ? {} : { together }),
      },
    ],
  }));
  restoreCoverage(id, undefined);
  refreshEstimate();
}

/** The pictures of the last removal, the last one last. */
export function lastRemoval(trash: readonly Trashed[]): readonly Trashed[] {
  const last = trash.at(-1);
  if (last?.together === undefined) return last === undefined ? [] : [last];
  return trash.filter(({ together }) => together === last.together);
}

/** Brings back what was removed last, with its results, its places in the list and its places in the queue. */
export function undoRemoval(): void {
  const removed = lastRemoval(get().trash);
  if (removed.length === 0) return;
  clearNotice();
  for (const one of removed.toReversed()) bringBack(one);
  refreshEstimate();
  work();
}

function bringBack({ entry, index, selected, coverage }: Trashed): void {
  restoreCoverage(entry.id, coverage);
  set((state) => ({
    entries: state.entries.toSpliced(index, 0, entry),
    selected: selected || state.selected === null ? entry.id : state.selected,
    trash: state.trash.slice(0, -1),
  }));
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
