import type { Planar } from '../../contract/inference-api.ts';
import type { Rect, Size } from '../../contract/picture.ts';
import { cutPlanar, pastePlanar } from '../picture/planar.ts';
import { readAlpha, readColour, writeTile, type PixelStore } from '../picture/store.ts';

/** Where a step reads: windows may reach past the right and bottom edge, whose pixels are repeated. */
export interface Source {
  readonly size: Size;
  /** RGB planes, 0..1. */
  colour(window: Rect): Planar;
  /** Alpha as three equal planes, or one constant when the window has no edge in it. */
  alpha(window: Rect): { planes: Planar | null; constant: number };
}

/** Where a step's finished tiles go; `colour` is unclamped RGB, `alpha` one plane of the same size or a constant. */
export interface Sink {
  write(at: Rect, colour: Planar, alpha: Float32Array | number): void;
}

const OPAQUE = { planes: null, constant: 1 };

/** `alpha` false: the picture is known to be opaque and is not searched for edges of transparency. */
export const storeSource = (store: PixelStore, alpha: boolean): Source => ({
  size: { width: store.width, height: store.height },
  colour: (window) => readColour(store, window),
  alpha: (window) => (alpha ? readAlpha(store, window) : OPAQUE),
});

/** Final result: rounded once, here. Grey pictures stay grey. */
export const storeSink = (store: PixelStore, grey: boolean): Sink => ({
  write: (at, colour, alpha) => writeTile(store, at, colour, alpha, grey),
});

/** Between two steps pixels stay float; alpha, which deblurring leaves alone, is still the picture's own. */
export function floatBetween(original: PixelStore, alpha: boolean): { source: Source; sink: Sink } {
  const { width, height } = original;
  const whole: Planar = { data: new Float32Array(3 * width * height), channels: 3, width, height };
  return {
    source: {
      size: { width, height },
      colour: (window) => {
        const cut = cutPlanar(whole, window);
        // The buffer moves to the inference worker, so the whole picture must not be handed out itself.
        return cut === whole ? { ...whole, data: whole.data.slice() } : cut;
      },
      alpha: (window) => (alpha ? readAlpha(original, window) : OPAQUE),
    },
    sink: {
      write: (at, colour) => {
        for (let i = 0; i < colour.data.length; i += 1) {
          colour.data[i] = Math.min(1, Math.max(0, colour.data[i] ?? 0));
        }
        pastePlanar(whole, colour, at.x, at.y);
      },
    },
  };
}
