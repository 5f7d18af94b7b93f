/** Brings a part of the panel into view, at once for those who want no motion. */
export function reveal(target: Element, block: ScrollLogicalPosition): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  target.scrollIntoView({ block, behavior: calm ? 'auto' : 'smooth' });
}
