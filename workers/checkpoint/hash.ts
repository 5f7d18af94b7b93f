import { createSHA256 } from 'hash-wasm';
import type { ByteRange } from './bytes.ts';

/** Bytes in memory at a time. */
const CHUNK = 4 * 2 ** 20;

/** SHA-256 of a whole file as lowercase hex, streamed: crypto.subtle would need the file in memory. */
export async function sha256OfFile(file: ByteRange): Promise<string> {
  const hasher = await createSHA256();
  hasher.init();
  for (let start = 0; start < file.size; start += CHUNK) {
    hasher.update(await file.read(start, Math.min(start + CHUNK, file.size)));
  }
  return hasher.digest('hex');
}
