/** Calls `listener` when what is drawn must look otherwise: light or dark, or another screen's density. */
export function onLook(listener: () => void): () => void {
  const releaseDensity = onDensity(listener);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', listener);
  const themes = new MutationObserver(listener);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    themes.disconnect();
    releaseDensity();
    dark.removeEventListener('change', listener);
  };
}

/** Calls `listener` when the device pixels per CSS pixel change: the window has moved to another screen. */
function onDensity(listener: () => void): () => void {
  const controller = new AbortController();
  const watch = (): void => {
    // Asks for one density only, so each change needs a new query.
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        listener();
        watch();
      },
      { once: true, signal: controller.signal },
    );
  };
  watch();
  return () => controller.abort();
}

/** What stands behind transparent pixels: squares of `side` canvas pixels in the colours `a` and `b`. */
export function checkerboard(
  context: CanvasRenderingContext2D | null,
  a: string,
  b: string,
  side: number,
): CanvasPattern | null {
  const cell = document.createElement('canvas');
  cell.width = cell.height = 2 * side;
  const pen = cell.getContext('2d');
  if (context === null || pen === null) return null;
  pen.fillStyle = a;
  pen.fillRect(0, 0, 2 * side, 2 * side);
  pen.fillStyle = b;
  pen.fillRect(0, 0, side, side);
  pen.fillRect(side, side, side, side);
  return context.createPattern(cell, 'repeat');
}
