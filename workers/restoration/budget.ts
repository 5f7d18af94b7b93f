import type { Manifest } from '../../contract/manifest.ts';
import type { Quality } from '../../contract/models.ts';
import type { BackendName } from '../../contract/run.ts';

/**
 * How much one call of a network may take. Bytes bound the activations: a WASM heap ends at 4 GB and a browser's GPU
 * process is shared with everything on screen. Multiply-accumulates bound how long a person waits for the next tile and
 * how late a cancel is noticed.
 */
export interface Budget {
  readonly bytes: number;
  readonly macs: number;
}

const MB = 1024 * 1024;

/** `largestTensor`: what a WebGPU adapter allows one shader to read; all activations together are kept below it. */
export function startBudget(backend: BackendName, largestTensor = Infinity): Budget {
  switch (backend) {
    case 'webgpu':
      return { bytes: Math.min(1024 * MB, largestTensor), macs: 4e12 };
    case 'wasm-threads':
      return { bytes: 1024 * MB, macs: 1.2e12 };
    case 'wasm':
      return { bytes: 768 * MB, macs: 0.6e12 };
  }
}

export const halve = (budget: Budget): Budget => ({ bytes: budget.bytes / 2, macs: budget.macs / 2 });

/** Widest window that is ever useful; larger ones save little halo and show progress rarely. */
const WIDEST = 1024;

/**
 * Longest window side in input pixels, a multiple of the model's `multiple`. It keeps inside the bytes, and inside the
 * multiply-accumulates as long as the halo is not most of the work. The smallest window of all may take up to four times
 * the bytes, since smaller ones gain nothing; null where it takes more.
 *
 * For example 1024 MB and 1.2e12 for a network of 14,656 bytes and 6.53e6 multiply-accumulates a pixel with a halo of 40, as
 * LIIF with RDN has on WASM: the smallest window is 2 x 40 + 32 = 112, the bytes allow 270, the arithmetic 428; 270 it is.
 * Halved twice it is 135. Halved a third time (128 MB) the bytes allow 95, which is too small; 112 take 175 MB, less than
 * four times 128, so 112 it is, and again at 64 MB. At 32 MB it is null.
 */
export function windowSide(manifest: Manifest, budget: Budget): number | null {
  const { multiple, halo, compute } = manifest;
  const smallest = Math.ceil((2 * halo + 32) / multiple) * multiple;
  const byBytes = Math.sqrt(budget.bytes / compute.bytesPerInputPixel);
  const byMacs = Math.sqrt(budget.macs / compute.macPerInputPixel);
  if (byBytes < smallest) return smallest * smallest * compute.bytesPerInputPixel <= 4 * budget.bytes ? smallest : null;
  const wanted = Math.min(WIDEST, byBytes, Math.max(byMacs, 4 * halo));
  return Math.max(smallest, Math.floor(wanted / multiple) * multiple);
}

/** The LIIF decoder gets this part of a budget's bytes: the encoder's features stay where they are meanwhile. */
export const DECODER_PART = 4;

/** Output pixels that one call of the LIIF decoder may answer. */
export function decoderPixels(manifest: Manifest, budget: Budget, quality: Quality): number {
  const share = quality === 'best' ? 1 : 0.25;
  const bytes = Math.max(1, manifest.compute.bytesPerOutputPixel * share);
  return Math.max(
    256,
    Math.floor(
      Math.min(budget.bytes / DECODER_PART / bytes, budget.macs / (manifest.compute.macPerOutputPixel * share)),
    ),
  );
}
