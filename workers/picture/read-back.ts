import { HeaderError } from './containers/header.ts';

/**
 * What a canvas of this browser gives back of the pixels drawn on it. Guards against fingerprinting change them: `noisy` by
 * a level here and there (Brave, Safari's and Firefox's private windows), `hidden` altogether (Firefox's and Tor's
 * resistFingerprinting).
 */
export type ReadBack = 'exact' | 'noisy' | 'hidden';

/** Said of a picture that passed through such a canvas, on its way in or out. */
export const NOISE =
  'This browser adds a little noise to pictures that pages read, as a guard against tracking: some colours are a level off.';

const SIDE = 64;
/** Mean difference, in levels of 255. Noise changes few samples, most by one; a made-up picture is some 80 levels off. */
const LARGEST_NOISE = 4;

let known: Promise<ReadBack> | undefined;

/** Draws a picture and reads it back, once; where pixels are hidden again each time, since the person may allow them. */
export function probeReadBack(): Promise<ReadBack> {
  known ??= probe().then(
    (answer) => {
      if (answer === 'hidden') known = undefined;
      return answer;
    },
    (error: unknown) => {
      known = undefined;
      throw error;
    },
  );
  return known;
}

/** Notes for a picture that is read from a canvas. Throws HeaderError where what comes back is not the picture. */
export async function canvasNotes(): Promise<readonly string[]> {
  const answer = await probeReadBack();
  if (answer === 'hidden') {
    throw new HeaderError(
      'unsupported-picture',
      'cannot be read: this browser gives pages made-up pixels in place of a picture’s own, as a guard against tracking; ' +
        'allow this page to read canvas data, or save the picture as PNG or TIFF, which Limpid reads by itself.',
    );
  }
  return answer === 'noisy' ? [NOISE] : [];
}

async function probe(): Promise<ReadBack> {
  // Noise is put where neighbours differ: no two of these pixels are alike.
  const drawn = Uint8ClampedArray.from({ length: SIDE * SIDE * 4 }, (_, at) => {
    const pixel = at >> 2;
    return [pixel & 255, (pixel * 37) & 255, (pixel >> 4) & 255, 255][at & 3] ?? 0;
  });
  const bitmap = await createImageBitmap(new ImageData(drawn, SIDE, SIDE));
  try {
    const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('Canvas allocation failed');
    context.drawImage(bitmap, 0, 0);
    return compareReadBack(drawn, context.getImageData(0, 0, SIDE, SIDE).data);
  } finally {
    bitmap.close();
  }
}

/** Judges 8-bit samples that were drawn by those that came back. */
export function compareReadBack(drawn: ArrayLike<number>, read: ArrayLike<number>): ReadBack {
  let sum = 0;
  for (let at = 0; at < drawn.length; at += 1) sum += Math.abs((drawn[at] ?? 0) - (read[at] ?? 0));
  if (sum === 0) return 'exact';
  return sum <= LARGEST_NOISE * drawn.length ? 'noisy' : 'hidden';
}
