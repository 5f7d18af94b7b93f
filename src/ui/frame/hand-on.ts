import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Where the focus goes. "Choose image" is always on the page, Cancel stands in Restore's place. */
export const CHOOSE = 'label.button > input[type=file]';
export const RUN = '.run button:enabled';
export const SAVE = '.save button:enabled';
export const WEIGHTS = '.weights button';
export const UNDO = '.undo button';
export const MODEL = '.models :checked';
export const ASK = '.ex-ask input';

/**
 * When the element of this ref is taken off the page with the focus in it, the focus goes on to `beside` in its right or
 * left sibling, else to `next`, else to "Choose image": on <body>, keyboard and screen reader would begin at the top again.
 * After a click it is let go: Space then shows the original instead of pressing what the focus went on to.
 */
export function useHandOn<T extends HTMLElement>(next: string, beside?: string): RefObject<T | null> {
  const element = useRef<T>(null);
  useLayoutEffect(() => {
    const leaving = element.current;
    return () => {
      // Still on the page: React ends the effects first.
      const { activeElement } = document;
      if (leaving?.contains(activeElement) !== true || activeElement?.matches(':focus-visible') !== true) return;
      const siblings = beside === undefined ? [] : [leaving.nextElementSibling, leaving.previousElementSibling];
      const near = siblings.map((sibling) => sibling?.querySelector<HTMLElement>(`:scope > ${beside ?? ''}`));
      setTimeout(() => focusOne(near, next));
    };
  }, [next, beside]);
  return element;
}

/** In the full window the controls are on the page and cannot be seen: they take no focus. */
const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;

function focusOne(near: readonly (HTMLElement | null | undefined)[], next: string): void {
  // Somebody else has taken it.
  if (document.activeElement !== document.body) return;
  const found =
    near.find((element) => element?.isConnected) ?? [...document.querySelectorAll<HTMLElement>(next)].find(isShown);
  (found ?? document.querySelector<HTMLElement>(CHOOSE))?.focus();
}
