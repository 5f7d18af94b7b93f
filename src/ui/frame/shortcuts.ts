import { useEffect } from 'react';
import { isWaiting } from '../../state/job.ts';
import { selectPicture } from '../../state/open.ts';
import { cancelAll, restoreUnlessFresh } from '../../state/run.ts';
import { download } from '../../state/save.ts';
import { get, selectedEntry } from '../../state/store.ts';
import { leaveFullWindow, toggleFullWindow } from '../stage/full-window.ts';
import type { Viewer } from '../viewer/viewer.ts';
import { kept } from './kept.ts';

/** Keys that are a single character can be switched off: voice control and unsteady hands press them by accident. */
export const characterKeys = kept('limpid-character-keys', ['on', 'off']);

/** What `?` lists; the code below does it. Those with `character` are single characters, which can be switched off. */
export const SHORTCUTS: readonly (readonly [keys: readonly string[], what: string, character?: 'character'])[] = [
  [['←', '→'], 'move the divider'],
  [['Space'], 'hold to see the original'],
  [['+', '−'], 'zoom in, zoom out', 'character'],
  [['0'], 'fit to the window', 'character'],
  [['1'], '100 %', 'character'],
  [['Shift', '← ↑ → ↓'], 'move the picture'],
  [['F'], 'full window', 'character'],
  [['C'], 'what changed', 'character'],
  [['[', ']'], 'previous, next picture', 'character'],
  [['D'], 'download', 'character'],
  [['Enter'], 'restore'],
  [['Esc'], 'leave the full window; cancel'],
  [['?'], 'this list', 'character'],
];

const PAN = 60;
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};

const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null;

export const matches = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** Fields in which keys write. */
export const WRITES = 'textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])';
/** Elements for which Enter means something of their own; a number field and a radio leave it to the page. */
const TAKES_ENTER =
  'button, a, summary, select, textarea, [contenteditable], input:not([type=radio], [type=checkbox], [type=number])';
/** Elements for which Space means something of their own. */
const TAKES_SPACE = 'button, a, summary, select, textarea, [contenteditable], input';

/** The page's keys. They stand back wherever the focused element has a use for the key itself. */
export function useShortcuts(viewer: Viewer, showKeys: () => void): void {
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const down = (event: KeyboardEvent): void => {
      // Many keyboards write brackets with AltGr, which some systems report as Ctrl and Alt.
      const command = (event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph');
      if (event.defaultPrevented || command || event.metaKey || isDialogOpen()) return;
      // Keys of an input method, such as the Escape that closes its list.
      if (event.isComposing) return;
      if (general(event) || (!matches(event.target, WRITES) && (picture(event, viewer) || help(event, showKeys)))) {
        event.preventDefault();
      }
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key === ' ') viewer.peek(false);
    };
    window.addEventListener('keydown', down, { signal });
    window.addEventListener('keyup', up, { signal });
    window.addEventListener('blur', () => viewer.peek(false), { signal });
    return () => controller.abort();
  }, [viewer, showKeys]);
}

function general(event: KeyboardEvent): boolean {
  const { entries, models } = get();
  const busy = entries.some((entry) => isWaiting(entry.job));
  if (event.key === 'Escape' && leaveFullWindow()) return true;
  if (event.key === 'Escape' && busy && !matches(event.target, WRITES)) {
    void cancelAll();
    return true;
  }
  if (event.key !== 'Enter' || matches(event.target, TAKES_ENTER) || event.repeat) return false;
  if (busy || entries.length === 0 || models.kind !== 'ready') return false;
  restoreUnlessFresh();
  return true;
}

function picture(event: KeyboardEvent, viewer: Viewer): boolean {
  if (get().entries.length === 0) return false;
  const pan = PANS[event.key];
  if (pan !== undefined && event.shiftKey) {
    viewer.pan(...pan);
    return true;
  }
  if (event.key === ' ') {
    if (!showsOriginal(event.target)) return false;
    viewer.peek(true);
    return true;
  }
  // Arrows scroll whatever can be scrolled, unless the picture has the focus or nothing has.
  const free = event.target === document.body || matches(event.target, '.stage');
  const off = isCharacter(event) && characterKeys.get() === 'off';
  const act = off || (pan !== undefined && !free) ? undefined : ACTIONS[nameOf(event)];
  act?.(viewer);
  return act !== undefined;
}

const isCharacter = ({ key }: Pick<KeyboardEvent, 'key'>): boolean => key.length === 1;

/** A letter's small form where only Caps Lock made it a capital. */
export const nameOf = (event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string =>
  isCharacter(event) && !event.shiftKey ? event.key.toLowerCase() : event.key;

/** Space belongs to the picture that has the focus, and where nothing has it, to the page as long as it cannot scroll. */
function showsOriginal(target: EventTarget | null): boolean {
  if (matches(target, TAKES_SPACE)) return false;
  const { scrollHeight, clientHeight } = document.documentElement;
  return matches(target, '.stage') || (target === document.body && scrollHeight <= clientHeight);
}

const move =
  (by: number) =>
  (viewer: Viewer): void =>
    viewer.setSplit(viewer.snapshot().split + by);

const ACTIONS: Readonly<Record<string, (viewer: Viewer) => void>> = {
  '+': (viewer) => viewer.zoomBy(1.25),
  '=': (viewer) => viewer.zoomBy(1.25),
  '-': (viewer) => viewer.zoomBy(0.8),
  '0': (viewer) => viewer.showAll(),
  '1': (viewer) => viewer.zoomTo(1),
  c: (viewer) => viewer.show(viewer.snapshot().side === 'change' ? 'after' : 'change'),
  f: toggleFullWindow,
  d: () => void downloadShown(),
  '[': () => step(-1),
  ']': () => step(1),
  ArrowLeft: move(-0.02),
  ArrowRight: move(0.02),
};

/** Shows the picture beside the shown one; at the end of the list nothing. */
function step(by: 1 | -1): void {
  const { entries, selected } = get();
  const next = entries[entries.findIndex(({ id }) => id === selected) + by];
  if (next !== undefined) selectPicture(next.id);
}

/** As the button does: only while there is a result that is not just being made anew. */
async function downloadShown(): Promise<void> {
  const entry = selectedEntry(get());
  if (entry !== undefined && entry.result !== null && !isWaiting(entry.job)) await download();
}

function help(event: KeyboardEvent, showKeys: () => void): boolean {
  if (event.key !== '?' || characterKeys.get() === 'off') return false;
  showKeys();
  return true;
}
