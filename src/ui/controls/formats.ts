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
