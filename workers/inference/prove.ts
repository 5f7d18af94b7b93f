import type { LoadableModel, Planar } from '../../contract/inference-api.ts';
import { LimpidError } from '../../contract/result.ts';
import { cutPlanar, padPlanar } from '../picture/planar.ts';
import { halfSizeAlignCorners } from '../picture/resample.ts';
import { liifGrid } from '../restoration/liif-grid.ts';
import { paddedFrame } from '../restoration/tiles.ts';
import type { ModelSession } from './session.ts';

/** What any colour network may answer to a picture in 0..1; half-precision overflow and wrong kernels leave this range. */
const PLAUSIBLE = { low: -1, high: 2 };

/** The model's own answer to its golden picture, through the very calls that a run makes. */
export async function answerGolden(session: ModelSession, model: LoadableModel): Promise<Planar> {
  const { manifest, golden } = model;
  const { outputWidth, outputHeight } = manifest.golden;
  const { input } = golden;
  if (manifest.pipeline === 'liif') {
    const whole = { x: 0, y: 0, width: input.width, height: input.height };
    const output = { width: outputWidth, height: outputHeight };
    await session.liifEncode(input);
    return session.liifDecode(liifGrid(input, output, whole, { x: 0, y: 0, ...output }, 'best'));
  }
  const padded = padPlanar(input, paddedFrame(input, manifest.multiple));
  const half = manifest.halfSizeInput === true ? halfSizeAlignCorners(padded) : null;
  const restored = await session.imageToImage(padded, half);
  return cutPlanar(restored, { x: 0, y: 0, width: outputWidth, height: outputHeight });
}

/** Largest difference between two pictures of one size; NaN counts as infinite. */
export function largestDifference(a: Planar, b: Planar): number {
  if (a.data.length !== b.data.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.data.length; i += 1) {
    const difference = Math.abs((a.data[i] ?? NaN) - (b.data[i] ?? NaN));
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

/**
 * Proves a backend on the golden picture; a NaN check alone would miss GPUs that answer zeros or a shifted picture.
 * Throws `proof-failed` when the answer is not the known one, `bad-checkpoint` when there is none (imported weights) and this
 * one is not plausible. Returns the answer and its largest difference.
 */
export async function prove(session: ModelSession, model: LoadableModel): Promise<{ answer: Planar; proof: number }> {
  const answer = await answerGolden(session, model);
  const known = model.golden.output;
  if (known === null) {
    if (!answer.data.every((v) => v > PLAUSIBLE.low && v < PLAUSIBLE.high)) {
      throw new LimpidError(
        'bad-checkpoint',
        'With these weights the network answers values far outside a picture’s range.',
      );
    }
    return { answer, proof: 0 };
  }
  const proof = largestDifference(answer, known);
  if (proof > model.manifest.golden.tolerance) {
    const message = `A known picture came out wrong (off by ${proof.toPrecision(2)} of the full range).`;
    throw new LimpidError('proof-failed', message);
  }
  return { answer, proof };
}
