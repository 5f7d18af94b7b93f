import { createSHA256 } from 'hash-wasm';
import { fileChanged } from './errors.ts';

/** Bytes in memory at a time. */
const CHUNK = 2 ** 20;

/**
 * SHA-256 of a whole file as lowercase hex, streamed: crypto.subtle would need the file in memory.
 * @throws LimpidError `bad-checkpoint` when the file cannot be read to its end
 */
export async function sha256OfFile(file: Blob): Promise<string> {
  const hasher = await createSHA256();
  hasher.init();
  let count = 0;
  try {
    await eachChunk(file.stream(), (bytes) => {
      hasher.update(bytes);
      count += bytes.length;
    });
  } catch (error) {
    throw fileChanged(String(error));
  }
  if (count !== file.size) throw fileChanged(`${count} of ${file.size} bytes`);
  return hasher.digest('hex');
}

/**
 * One buffer is read into again and again ("bring your own buffer"), so that a file of 268 MB leaves no garbage
 * behind: Chromium collects buffers late. Where a file's stream cannot do that (older Safari), each chunk is new.
 */
async function eachChunk(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  use: (bytes: Uint8Array) => void,
): Promise<void> {
  const reader = byteReader(stream);
  if (reader === null) {
    for (let chunk = stream.getReader(), next = await chunk.read(); !next.done; next = await chunk.read())
      use(next.value);
    return;
  }
  for (let buffer = new Uint8Array(CHUNK); ;) {
    const { done, value } = await reader.read(buffer);
    if (done || value === undefined) return;
    use(value);
    buffer = new Uint8Array(value.buffer);
  }
}

function byteReader(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}
