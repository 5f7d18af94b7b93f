import type { ColorSpace } from '../../contract/picture.ts';
import { decodeWithCanvas, readBitmap, type FromCanvas } from './browser-decode.ts';
import { damaged, HeaderError } from './containers/header.ts';

/** libheif never answers when it aborts inside its own worker; nothing that decodes takes this long. */
const PATIENCE_MS = 60_000;

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
  const { heicTo } = await import('heic-to/csp');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  try {
    const bitmap = await Promise.race([
      heicTo({ blob: file, type: 'bitmap', options: { premultiplyAlpha: 'none' } }),
      late,
    ]);
    return { ...(await readBitmap(bitmap, 'srgb')), converted: false };
  } catch (error) {
    if (error instanceof HeaderError) throw error;
    throw damaged(
      'is a HEIC picture that could not be decoded: it is damaged, was cut off or uses a coding that libheif lacks.',
      String(error),
    );
  } finally {
    clearTimeout(timer);
  }
}
