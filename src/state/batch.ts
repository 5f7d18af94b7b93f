import type { PictureId } from '../../contract/picture.ts';
import type { Entry } from './entries.ts';
import { isWaiting } from './job.ts';
import { reportText } from './notice.ts';
import { useLimpid } from './store.ts';

/** This many failed pictures are named. */
const NAMED = 5;

/** Tells what became of a batch when its last picture has ended; the rest of the page speaks of the shown picture only. */
export function startBatchNews(): () => void {
  let batch = new Set<PictureId>();
  return useLimpid.subscribe(({ entries, selected }, before) => {
    if (entries === before.entries) return;
    const waiting = entries.filter((entry) => isWaiting(entry.job));
    for (const { id } of waiting) batch.add(id);
    if (batch.size === 0 || waiting.length > 0) return;
    const ended = entries.filter((entry) => batch.has(entry.id));
    batch = new Set();
    const seen = ended.length === 1 && ended[0]?.id === selected;
    const text = seen ? '' : batchText(ended);
    // A note even where some failed: the alert beside it gives the reason for the shown one.
    if (text !== '') reportText('run', 'note', text);
  });
}

/** "28 of 30 pictures restored; 2 failed: a.jpg, b.tif." Nothing when every one was cancelled. */
export function batchText(entries: readonly Entry[]): string {
  const restored = entries.filter((entry) => entry.job.kind === 'done');
  const failed = entries.filter((entry) => entry.job.kind === 'failed').map((entry) => entry.info.name);
  if (restored.length + failed.length === 0) return '';
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    return failed.length === 0 ? `${only.info.name} restored.` : `${only.info.name} could not be restored.`;
  }
  const whole = entries.length === 2 ? 'Both' : `All ${entries.length}`;
  const count = restored.length === entries.length ? whole : `${restored.length} of ${entries.length}`;
  const done = `${count} pictures restored`;
  if (failed.length === 0) return `${done}.`;
  const more = failed.length > NAMED ? ` and ${failed.length - NAMED} more` : '';
  return `${done}; ${failed.length} failed: ${failed.slice(0, NAMED).join(', ')}${more}.`;
}
