import type { Size } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import { megapixels } from '../picture/limits.ts';
import { HeaderError } from '../picture/containers/header.ts';
import type { PixelStore } from '../picture/store.ts';
import { startBudget } from './budget.ts';
import type { BackendName } from '../../contract/run.ts';

const GB = 1024 ** 3;

/** Pixels of the largest result: as float32 RGBA, 16 bytes each, their bytes still fit a signed 32-bit count. */
const LARGEST_RESULT = 134_000_000;

/** What the whole worker may hold at once: half of what the browser says the device has (Chromium only; it says 8 at most). */
export function memoryLimit(deviceMemory: number | undefined): number {
  return Math.max(2, (deviceMemory ?? 4) / 2) * GB;
}

/** The limit on this device. */
export const deviceLimit = (): number => memoryLimit((navigator as { deviceMemory?: number }).deviceMemory);

/** Size and depth of a picture's pixels. */
export type PixelShape = Pick<PixelStore, 'width' | 'height' | 'depth'>;

/** Bytes of a picture's pixel: RGBA, and the reductions that the viewer keeps of it, a third of that at 8 bits. */
const shownBytes = ({ depth }: PixelShape): number => 4 * (depth / 8) + 4 / 3;

/** The same of a result, whose changes are reduced too, in one channel. */
const resultBytes = (input: PixelShape): number => shownBytes(input) + 1 / 3;

/** Bytes that an opened picture takes, the viewer's reductions included. */
export const heldByPicture = (shape: PixelShape): number => shownBytes(shape) * shape.width * shape.height;

/** The same of a result. */
export const heldByResult = (shape: PixelShape): number => resultBytes(shape) * shape.width * shape.height;

const taken = (held: number): string => `open pictures and results already take ${(held / GB).toFixed(1)} GB`;

/**
 * Throws HeaderError `too-much-memory` when a picture cannot be opened beside the bytes that are held already and those that
 * a run takes until it ends.
 */
export function checkOpening(held: number, running: number, picture: PixelShape, limit: number): void {
  if (held + running + heldByPicture(picture) <= limit) return;
  throw new HeaderError(
    'too-much-memory',
    running > 0
      ? `has no room: the ${taken(held)} and the run ${(running / GB).toFixed(1)} GB more; open it again when the run has ended, or save and remove some of them first.`
      : `has no room: the ${taken(held)}; save and remove some of them first.`,
  );
}

/** What of a run decides how much it holds. */
export interface RunShape {
  readonly steps: number;
  /** Some step has a half-size input, made from float planes of the whole picture. */
  readonly half: boolean;
  /** Of the largest network. */
  readonly parameters: number;
}

/** Bytes that a run takes beside input and result, until it ends: float pictures, weights twice in float32, one tile. */
export function workingMemory(input: Size, { steps, half, parameters }: RunShape, backend: BackendName): number {
  // Three planes of four bytes between two steps; again for a half-size input, and a quarter of them for it.
  const planes = ((steps > 1 ? 12 : 0) + (half ? 15 : 0)) * input.width * input.height;
  return planes + parameters * 10 + startBudget(backend).bytes;
}

/** Bytes at the peak of a run: what is held anyway (other pictures, this one's last result), input, result, and its work. */
export function peakMemory(
  held: number,
  input: PixelStore,
  output: Size,
  shape: RunShape,
  backend: BackendName,
): number {
  const stores = heldByPicture(input) + heldByResult({ ...output, depth: input.depth });
  return held + stores + workingMemory(input, shape, backend);
}

/** Throws `too-much-memory` with the largest factor that would fit, or with what to close when others take the room. */
export function checkMemory(
  held: number,
  input: PixelStore,
  output: Size,
  scale: number,
  needed: number,
  limit: number,
): void {
  const pixels = output.width * output.height;
  if (pixels <= LARGEST_RESULT && needed <= limit) return;
  if (pixels <= LARGEST_RESULT && needed - held <= limit) {
    throw new LimpidError(
      'too-much-memory',
      `The ${taken(held)}, so this one has no room; save and remove some of them first.`,
    );
  }
  const fixed = needed - held - resultBytes(input) * pixels;
  const byMemory = Math.max(0, limit - fixed) / resultBytes(input);
  const most = Math.sqrt(Math.min(LARGEST_RESULT, byMemory) / (input.width * input.height));
  const fits = Math.floor(Math.min(most, scale) * 10) / 10;
  const advice = fits >= 1 && scale > 1 ? `up to ${fits}× would fit` : 'a smaller picture would fit';
  const what = `The result would have ${output.width} × ${output.height} pixels (${megapixels(pixels)})`;
  throw new LimpidError('too-much-memory', `${what}, more than this device can hold here; ${advice}.`);
}
