/** Brings a part of the panel into view, at once for those who want no motion. */
export function reveal(target: Element, block: ScrollLogicalPosition): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  target.scrollIntoView({ block, behavior: calm ? 'auto' : 'smooth' });
}

/** Brings a part of the panel into view and gives it the focus, so that reading goes on there. */
export function jumpTo(id: string, block: ScrollLogicalPosition = 'center'): void {
  const target = document.getElementById(id);
  if (target === null) return;
  reveal(target, block);
  target.focus({ preventScroll: true });
}
