import { chunk } from '../contract/chunk.ts';
import { LimpidError } from '../contract/result.ts';

/**
 * A part of a worker that a first visit does not need and that is therefore loaded when it is first used.
 * @param what the part, for the person: "What reads weights files"
 * @returns a function that loads it; it throws LimpidError `download-failed` when it cannot be fetched, and then tries
 * again with the next call
 */
export function lazily<T>(what: string, load: () => Promise<T>): () => Promise<T> {
  const part = chunk(load);
  return async () => {
    try {
      return await part();
    } catch (error) {
      throw new LimpidError(
        'download-failed',
        `${what} could not be loaded: connect to the network and try again.`,
        String(error),
      );
    }
  };
}
