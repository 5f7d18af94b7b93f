import type { Size } from '../../../contract/picture.ts';

/** Safari does not yet. */
const countsPixels = (): boolean => 'devicePixelContentBoxSize' in ResizeObserverEntry.prototype;

/** The device pixels that a canvas covers; `changed` is called when they do. */
export class DevicePixels {
  readonly #observer: ResizeObserver;
  #counted: Size | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    changed: () => void,
  ) {
    const counts = countsPixels();
    this.#observer = new ResizeObserver((entries) => {
      const box = counts ? entries.at(-1)?.devicePixelContentBoxSize[0] : undefined;
      this.#counted = box === undefined ? null : { width: box.inlineSize, height: box.blockSize };
      changed();
    });
    this.#observer.observe(canvas, { box: counts ? 'device-pixel-content-box' : 'content-box' });
  }

  get size(): Size {
    return {
      width: exactly(this.canvas.clientWidth, this.#counted?.width),
      height: exactly(this.canvas.clientHeight, this.#counted?.height),
    };
  }

  stop(): void {
    this.#observer.disconnect();
  }
}

/**
 * The browser's own count, which whole CSS pixels times the density miss by one or two where either is a fraction; 100 %
 * would be resampled then. A count that is further off is of before the canvas or its screen changed, or of the screen
 * that developer tools put in the place of another.
 */
function exactly(side: number, counted: number | undefined): number {
  const sum = side * devicePixelRatio;
  const holds = counted !== undefined && Math.abs(counted - sum) <= Math.max(1, devicePixelRatio);
  return Math.max(1, holds ? counted : Math.round(sum));
}
