/** Milliseconds of arithmetic between two looks at the event loop: messages (cancel, tile requests) wait no longer. */
const SLICE = 30;

/**
 * A function to await between small pieces of long arithmetic: it lets waiting messages in every 30 ms and throws the
 * signal's reason once the work was aborted. A message channel is used because timers are held back to 4 ms.
 */
export function createPace(signal?: AbortSignal): () => Promise<void> {
  let started = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - started < SLICE) return;
    await nextTask();
    signal?.throwIfAborted();
    started = performance.now();
  };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => {
      channel.port1.close();
      resolve();
    });
    channel.port1.start();
    channel.port2.postMessage(null);
  });
}
