/** The only place of the page that knows where the workers' code is. */
export const spawnRestorationWorker = (): Worker =>
  new Worker(new URL('../../workers/restoration.worker.ts', import.meta.url), {
    type: 'module',
    name: 'limpid-restoration',
  });
