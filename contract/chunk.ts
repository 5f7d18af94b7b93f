/** How Chromium and Firefox name the script of an import() that failed; Safari does not. */
const ADDRESS = /https?:\S+\.js\b/;

/** How browsers say that the script of an import() did not come. */
const NOT_LOADED = /dynamically imported module|importing a module script/i;

/** Whether this failure is an import() whose script did not come, and no fault of the data. */
export const isNotLoaded = (error: unknown): boolean => NOT_LOADED.test(String(error));

/**
 * An import() that is made when it is first needed, once; after a failure the next call tries again. It asks for the
 * script under a new address then, as Chromium remembers for the life of a page or worker that one did not load.
 */
export function chunk<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  let address: string | null = null;
  let failures = 0;
  const attempt = async (): Promise<T> => {
    try {
      return await (address === null
        ? load()
        : (import(/* @vite-ignore */ `${address}?again=${failures}`) as Promise<T>));
    } catch (error) {
      loaded = null;
      failures += 1;
      address ??= ADDRESS.exec(String(error))?.[0] ?? null;
      throw error;
    }
  };
  return () => (loaded ??= attempt());
}
