import { createSHA256 } from 'hash-wasm';
import { fileChanged } from './errors.ts';

/** Bytes in memory at a time. */
const CHUNK = 2 ** 20;

/**
 * SHA-256 of a whole file as lowercase hex, streamed: crypto.subtle would need the file in memory. One buffer is read
 * into again and again (a "bring your own buffer" reader), so that a large file leaves no garbage behind.
 * @throws LimpidError `bad-checkpoint` when the file cannot be read to its end
 */
export async function sha256OfFile(file: Blob): Promise<string> {
  const hasher = await createSHA256();
  hasher.init();
  let count = 0;
  try {
    const reader = file.stream().getReader({ mode: 'byob' });
    let buffer = new Uint8Array(CHUNK);
    for (;;) {
      const { done, value } = await reader.read(buffer);
      if (done || value === undefined) break;
      hasher.update(value);
      count += value.length;
      buffer = new Uint8Array(value.buffer);
    }
  } catch (error) {
    throw fileChanged(String(error));
  }
  if (count !== file.size) throw fileChanged(`${count} of ${file.size} bytes`);
  return hasher.digest('hex');
}
