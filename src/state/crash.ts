import { withoutResults } from './entries.ts';
import { restoreCoverage } from './layers.ts';
import { reportLoss } from './notice.ts';
import { get, set } from './store.ts';
import { emptyTrash } from './trash.ts';

/** The worker has died, and the pixels of every result with it: none is shown or offered any more. */
export function loseResults(): void {
  emptyTrash();
  const { entries } = get();
  if (entries.every((entry) => entry.result === null)) return;
  set({ entries: withoutResults(entries) });
  for (const { id } of entries) restoreCoverage(id, undefined);
  reportLoss(
    'The background worker crashed, and the finished results were lost with it. Your pictures are still here; ' +
      'press Restore to make the results again.',
  );
}
