import type { OutputFormat } from '../../../contract/picture.ts';

/** A browser that cannot write a type gives PNG instead of saying so; asked with a single pixel. */
export async function canEncode(format: OutputFormat): Promise<boolean> {
  if (format === 'png' || format === 'png16') return true;
  try {
    const canvas = new OffscreenCanvas(1, 1);
    // Without a context there is nothing to encode, and the call is refused.
    canvas.getContext('2d');
    const blob = await canvas.convertToBlob({ type: `image/${format}` });
    return blob.type === `image/${format}`;
  } catch {
    return false;
  }
}

/** True where the browser hands files of this format to other programs. */
export function canShare(format: OutputFormat): boolean {
  const type = format === 'png16' ? 'png' : format;
  const file = new File([], `picture.${type}`, { type: `image/${type}` });
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] });
}
