import type { Failure } from '../../contract/result.ts';
import { applyEvent } from './entries.ts';
import { get, set, type NoticePlace } from './store.ts';

/** The sentence for the person; the detail goes to the console. */
export function sentenceOf(error: Failure): string {
  if (error.detail !== undefined) console.warn(`${error.code}: ${error.detail}`);
  return error.message;
}

export const reportError = (place: NoticePlace, error: Failure): void => reportText(place, 'error', sentenceOf(error));

export function reportText(place: NoticePlace, tone: 'error' | 'note', text: string): void {
  set({ notice: { place, tone, text } });
}

/** Every new action clears what an earlier one had to say. */
export function clearNotice(): void {
  if (get().notice !== null) set({ notice: null });
}

/** Takes the shown picture's failure off the page. */
export function dismissFailure(): void {
  const { selected, entries } = get();
  if (selected !== null) set({ entries: applyEvent(entries, selected, { kind: 'dismiss' }) });
}
