import { quoted } from '../../contract/quoted.ts';
import { withoutResults } from './entries.ts';
import { restoreCoverage } from './layers.ts';
import { reportLoss } from './notice.ts';
import { get, set, type Models } from './store.ts';
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

/** Weights that were imported before the crash and are not here after it: kept in the dead worker's memory alone. */
export function tellLostWeights(before: Models): void {
  const names = (models: Models): ReadonlyMap<string, string> =>
    new Map(
      models.kind === 'ready' ? models.list.flatMap(({ weights }) => weights.map(({ id, name }) => [id, name])) : [],
    );
  const { models, notice } = get();
  // Nobody knows yet.
  if (models.kind !== 'ready') return;
  const left = names(models);
  const lost = [...names(before)].filter(([id]) => !left.has(id)).map(([, name]) => quoted(name));
  if (lost.length === 0) return;
  const text =
    `The background worker crashed, and the imported weights ${lost.join(' and ')} were lost with it: this browser gives ` +
    'Limpid no storage here. Limpid’s own weights are used again until you import the file again.';
  // This comes a moment later than the crash: what was said meanwhile stays.
  const said = notice?.tone === 'error' ? notice.text : '';
  reportLoss((notice?.loss === true ? `${said} ${text}` : `${text} ${said}`).trim());
}
