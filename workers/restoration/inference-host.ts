import { releaseProxy, transfer, wrap, type Remote } from 'comlink';
import type { InferenceApi, LiifGrid, LoadableModel, LoadedModel, Planar } from '../../contract/inference-api.ts';
import { LimpidError, type Result } from '../../contract/result.ts';
import type { BackendName } from '../../contract/run.ts';

/** Longest that a call may go unanswered before the inference worker counts as hung, milliseconds. */
const HANG = 15 * 60_000;

/** How long a cancelled call may finish on its own before its worker is ended, milliseconds. */
const GRACE = 250;

/**
 * One inference worker and the model in it. The worker is ended, never reused, when a call fails, hangs or is cancelled:
 * that stops the arithmetic at once and is the only way to give a WASM heap back.
 */
export class InferenceHost {
  #worker: Worker;
  #remote: Remote<InferenceApi>;
  #crashed: Promise<never>;
  #ended = false;

  constructor() {
    this.#worker = new Worker(new URL('../inference.worker.ts', import.meta.url), {
      type: 'module',
      name: 'limpid-inference',
    });
    this.#remote = wrap<InferenceApi>(this.#worker);
    this.#crashed = new Promise((_, reject) => {
      this.#worker.addEventListener('error', (event) => {
        reject(new LimpidError('worker-crashed', 'The worker that runs the network crashed.', event.message));
      });
    });
    // The race below observes it; without this a crash between calls would be reported as unhandled.
    this.#crashed.catch(() => undefined);
  }

  get ended(): boolean {
    return this.#ended;
  }

  load(model: LoadableModel, backend: BackendName, signal: AbortSignal): Promise<LoadedModel> {
    return this.#call(this.#remote.load(model, backend), signal);
  }

  imageToImage(window: Planar, half: Planar | null, signal: AbortSignal): Promise<Planar> {
    return this.#call(this.#remote.imageToImage(moved(window), half && moved(half)), signal);
  }

  liifEncode(window: Planar, signal: AbortSignal): Promise<null> {
    return this.#call(this.#remote.liifEncode(moved(window)), signal);
  }

  liifDecode(grid: LiifGrid, signal: AbortSignal): Promise<Planar> {
    return this.#call(this.#remote.liifDecode(grid), signal);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#remote[releaseProxy]();
    this.#worker.terminate();
  }

  async #call<T>(answer: Promise<Result<T>>, signal: AbortSignal): Promise<T> {
    const cleanUp = new AbortController();
    try {
      const result = await Promise.race([
        answer,
        this.#crashed,
        cancelled(signal, cleanUp.signal),
        hung(cleanUp.signal),
      ]);
      if (result.ok) return result.value;
      throw new LimpidError(result.error.code, result.error.message, result.error.detail);
    } catch (error) {
      this.end();
      throw error;
    } finally {
      cleanUp.abort();
    }
  }
}

/** The buffer moves to the other worker; the caller must not use it again. */
const moved = (planar: Planar): Planar => transfer(planar, [planar.data.buffer as ArrayBuffer]);

/** Rejects a grace period after `signal` fires; a call that ends within it settles the race first. */
function cancelled(signal: AbortSignal, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => {
      const timer = setTimeout(() => reject(new LimpidError('cancelled', 'The run was cancelled.')), GRACE);
      done.addEventListener('abort', () => clearTimeout(timer), { once: true });
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true, signal: done });
  });
}

function hung(done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(
      () => reject(new LimpidError('worker-crashed', `The network did not answer for ${HANG / 60_000} minutes.`)),
      HANG,
    );
    done.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
