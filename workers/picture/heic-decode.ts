import type { ColorSpace } from '../../contract/picture.ts';
import { decodeWithCanvas, readBitmap, type FromCanvas } from './browser-decode.ts';
import { HeaderError } from './containers/header.ts';
import { askOnce } from './heic-worker.ts';

/**
 * HEIC through the browser where it can (Safari), else through heic-to (libheif), loaded only when one comes, in the build
 * that needs no `unsafe-eval`. It starts a worker from a blob URL, so the policy must allow `worker-src blob:`. libheif
 * applies the file's own rotation and returns the numbers unconverted: `converted` is false then.
 */
export async function decodeHeic(
  file: Blob,
  colorSpace: ColorSpace,
): Promise<FromCanvas & { readonly converted: boolean }> {
  const own = await decodeWithCanvas(file, colorSpace).catch((error: unknown) => {
    if (error instanceof HeaderError && error.code === 'damaged-picture') return null;
    throw error;
  });
  if (own !== null) return { ...own, converted: true };
  const worker = new Worker(new URL('../heic.worker.ts', import.meta.url), { type: 'module', name: 'limpid-heic' });
  return { ...(await readBitmap(await askOnce(worker, file), 'srgb')), converted: false };
}
