import type { Failure } from '../../contract/result.ts';
import { applyEvent } from './entries.ts';
import { get, set, type NoticePlace } from './store.ts';

/** The sentence for the person; the detail goes to the console. */
export function sentenceOf(error: Failure): string {
  if (error.detail !== undefined) console.warn(`${error.code}: ${error.detail}`);
  return error.message;
}

export const reportError = (place: NoticePlace, error: Failure): void => reportText(place, 'error', sentenceOf(error));

/** The news of a loss stays until the next action: what is told meanwhile stands behind it. */
export function reportText(place: NoticePlace, tone: 'error' | 'note', text: string): void {
  const { notice } = get();
  set({ notice: notice?.loss === true ? { ...notice, text: `${notice.text} ${text}` } : { place, tone, text } });
}

export const reportLoss = (text: string): void => set({ notice: { place: 'run', tone: 'error', text, loss: true } });

/** Every new action clears what an earlier one had to say. */
export function clearNotice(): void {
  if (get().notice !== null) set({ notice: null });
}

/** Takes the shown picture's failure off the page. */
export function dismissFailure(): void {
  const { selected, entries } = get();
  if (selected !== null) set({ entries: applyEvent(entries, selected, { kind: 'dismiss' }) });
}
