import type { ModelFile } from '../../contract/manifest.ts';
import { LimpidError } from '../../contract/result.ts';
import { PATIENCE } from '../patience.ts';
import { sha256 } from './hash.ts';

/** Named by content, so that a new release never meets an old file and two releases may share one. */
const CACHE = 'limpid-models';

/** Cache storage is absent on insecure origins and may be forbidden; what it would keep then is fetched each time. */
export async function openCache(name: string): Promise<Cache | null> {
  try {
    return await caches.open(name);
  } catch {
    return null;
  }
}

const cacheKey = (base: string, sha: string): string => new URL(`models/by-sha256/${sha}`, base).href;

/** Whether a file is kept on this device; its bytes are checked when it is read. */
export async function isCached(base: string, file: ModelFile): Promise<boolean> {
  const cache = await openCache(CACHE);
  // Storage that cannot be searched has nothing to give; the list of models does not hang on it.
  const found = await cache?.match(cacheKey(base, file.sha256)).catch(() => undefined);
  return found !== undefined;
}

/** Drops every kept file of this copy of Limpid (one of several on its origin, perhaps) but these. */
export async function dropOthers(base: string, files: readonly ModelFile[]): Promise<void> {
  const cache = await openCache(CACHE);
  const folder = cacheKey(base, '');
  const named = new Set(files.map(({ sha256: sha }) => cacheKey(base, sha)));
  for (const { url } of (await cache?.keys()) ?? [])
    if (url.startsWith(folder) && !named.has(url)) await cache?.delete(url);
}

type OnBytes = (bytes: number) => void;

/** Fills a buffer of the promised size; returns how much came. A body that is too long stops where it must. */
async function fill(data: Uint8Array, body: ReadableStream<Uint8Array>, onBytes: OnBytes): Promise<number> {
  // Not `for await`: Safari's streams cannot be iterated.
  const reader = body.getReader();
  let filled = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (filled + part.value.length > data.length) {
      await reader.cancel();
      return Infinity;
    }
    data.set(part.value, filled);
    filled += part.value.length;
    onBytes(part.value.length);
  }
  return filled;
}

/** Aborts when it was not told for a while that something came. */
class Stall {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  came(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), PATIENCE.download);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

async function download(
  url: string,
  file: ModelFile,
  cache: RequestCache,
  signal: AbortSignal,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = url.slice(url.lastIndexOf('/models/') + 8);
  const data = new Uint8Array(file.bytes);
  let filled = 0;
  const stall = new Stall();
  stall.came();
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, stall.signal]), cache });
    if (!response.ok || !response.body) {
      throw new LimpidError('download-failed', `The server answered ${response.status} for the model file ${name}.`);
    }
    filled = await fill(data, response.body, (bytes) => {
      stall.came();
      onBytes(bytes);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LimpidError) throw error;
    const what = stall.signal.aborted
      ? `The download of ${name} came to a standstill. Check the connection and try again.`
      : `The model file ${name} could not be fetched. Check the connection and try again.`;
    throw new LimpidError('download-failed', what, String(error));
  } finally {
    stall.end();
  }
  if (filled < file.bytes) {
    const what = `The download of ${name} broke off. Check the connection and try again.`;
    throw new LimpidError('download-failed', what, `${filled} of ${file.bytes} bytes`);
  }
  if (filled > file.bytes || (await sha256(data)) !== file.sha256) {
    throw new LimpidError('checksum-mismatch', `The model file ${name} did not arrive intact. Try again.`);
  }
  return data;
}

/** A wrong or broken answer is asked for once more, past the browser's own cache, before it counts. */
async function downloadTwice(
  url: string,
  file: ModelFile,
  signal: AbortSignal,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  let counted = 0;
  const count = (bytes: number): void => {
    counted += bytes;
    onBytes(bytes);
  };
  try {
    return await download(url, file, 'no-cache', signal, count);
  } catch (error) {
    signal.throwIfAborted();
    onBytes(-counted);
    try {
      return await download(url, file, 'reload', signal, onBytes);
    } catch {
      signal.throwIfAborted();
      throw error;
    }
  }
}

/**
 * A model's file from the cache or the server, its SHA-256 checked either way: a damaged cache entry is dropped and fetched
 * again. Full storage is no reason to fail; the file is then fetched again next time (`onNote` says so).
 */
export async function modelFile(
  base: string,
  folder: string,
  file: ModelFile,
  signal: AbortSignal,
  onBytes: OnBytes,
  onNote: (note: string) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const cache = await openCache(CACHE);
  const key = cacheKey(base, file.sha256);
  const kept = await cache?.match(key).catch(() => undefined);
  if (cache && kept) {
    // An entry whose bytes the disk has lost is found all the same, and fails only when it is read.
    const data = await kept.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      () => null,
    );
    if (data?.length === file.bytes && (await sha256(data)) === file.sha256) {
      onBytes(data.length);
      return data;
    }
    await cache.delete(key).catch(() => undefined);
    onNote(`The stored copy of ${folder}/${file.file} was damaged and was fetched again.`);
  }
  const url = new URL(`models/${folder}/${file.file}`, base).href;
  const data = await downloadTwice(url, file, signal, onBytes);
  try {
    await cache?.put(key, new Response(data, { headers: { 'content-type': 'application/octet-stream' } }));
  } catch {
    onNote(`There is no room to keep ${folder}/${file.file} on this device; it will be fetched again next time.`);
  }
  return data;
}
