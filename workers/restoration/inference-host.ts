import { releaseProxy, transfer, wrap, type Remote } from 'comlink';
import type { InferenceApi, LiifGrid, LoadableModel, LoadedModel, Planar } from '../../contract/inference-api.ts';
import type { Compute } from '../../contract/manifest.ts';
import { LimpidError, type Result } from '../../contract/result.ts';
import type { BackendName } from '../../contract/run.ts';
import { manifestOn } from '../../contract/run-manifest.ts';
import { PATIENCE } from '../patience.ts';
import { Watchdog } from './watchdog.ts';

/** Arithmetic under way since `start` (seconds). */
interface Work {
  readonly macs: number;
  readonly start: number;
}

const now = (): number => performance.now() / 1000;

/**
 * One inference worker and the model in it. The worker is ended, never reused, when a call fails, hangs or has to be
 * stopped: that stops the arithmetic at once and is the only way to give a WASM heap back.
 */
export class InferenceHost {
  readonly #worker: Worker;
  readonly #remote: Remote<InferenceApi>;
  readonly #crashed = new AbortController();
  readonly #watchdog = new Watchdog();
  #compute: Compute | null = null;
  #encoding: Work | null = null;
  #ended = false;

  constructor() {
    this.#worker = new Worker(new URL('../inference.worker.ts', import.meta.url), {
      type: 'module',
      name: 'limpid-inference',
    });
    this.#remote = wrap<InferenceApi>(this.#worker);
    this.#worker.addEventListener('error', (event) => {
      // Dealt with here: it would go on to the page as an error of the restoration worker itself.
      event.preventDefault();
      this.#crashed.abort(
        new LimpidError('worker-crashed', 'The worker that runs the network crashed.', event.message),
      );
      // Between calls nobody else would notice, and the next run would meet a dead worker.
      this.end();
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Speed of an earlier run on this backend, multiply-accumulates a second; bounds how long a call may take. */
  expect(speed: number | null): void {
    this.#watchdog.expect(speed);
  }

  async load(model: LoadableModel, backend: BackendName, signal: AbortSignal): Promise<LoadedModel> {
    const loaded = await this.#call(() => this.#remote.load(model, backend), PATIENCE.load, signal);
    const { compute, golden } = manifestOn(backend, model.manifest);
    this.#compute = compute;
    const macs =
      golden.width * golden.height * compute.macPerInputPixel +
      golden.outputWidth * golden.outputHeight * compute.macPerOutputPixel;
    this.#watchdog.proved(macs, loaded.seconds);
    return loaded;
  }

  imageToImage(window: Planar, half: Planar | null, signal: AbortSignal): Promise<Planar> {
    const macs = this.#inputMacs(window);
    return this.#timed(
      () => this.#remote.imageToImage(moved(window), half && moved(half)),
      { macs, start: now() },
      signal,
    );
  }

  async liifEncode(window: Planar, signal: AbortSignal): Promise<null> {
    // A GPU answers before it has computed: the first band that is decoded waits for both.
    this.#encoding = { macs: this.#inputMacs(window), start: now() };
    return this.#call(() => this.#remote.liifEncode(moved(window)), this.#watchdog.limit(this.#encoding.macs), signal);
  }

  liifDecode(grid: LiifGrid, signal: AbortSignal): Promise<Planar> {
    const { rows, columns } = grid;
    const share = (rows.shifts * columns.shifts) / 4;
    const macs = rows.length * columns.length * share * (this.#compute?.macPerOutputPixel ?? 0);
    const work = { macs: macs + (this.#encoding?.macs ?? 0), start: this.#encoding?.start ?? now() };
    this.#encoding = null;
    return this.#timed(() => this.#remote.liifDecode(grid), work, signal);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#remote[releaseProxy]();
    this.#worker.terminate();
  }

  #inputMacs(window: Planar): number {
    return window.width * window.height * (this.#compute?.macPerInputPixel ?? 0);
  }

  async #timed<T>(ask: () => Promise<Result<T>>, { macs, start }: Work, signal: AbortSignal): Promise<T> {
    const value = await this.#call(ask, this.#watchdog.limit(macs), signal);
    this.#watchdog.finished(macs, now() - start);
    return value;
  }

  async #call<T>(ask: () => Promise<Result<T>>, limit: number, signal: AbortSignal): Promise<T> {
    const settled = new AbortController();
    try {
      this.#crashed.signal.throwIfAborted();
      const result = await Promise.race([
        ask(),
        failed(this.#crashed.signal, settled.signal),
        cancelled(signal, settled.signal),
        hung(limit, settled.signal),
      ]);
      if (result.ok) return result.value;
      throw new LimpidError(result.error.code, result.error.message, result.error.detail);
    } catch (error) {
      this.end();
      throw error;
    } finally {
      settled.abort();
    }
  }
}

/** The buffer moves to the other worker; the caller must not use it again. */
const moved = (planar: Planar): Planar => transfer(planar, [planar.data.buffer as ArrayBuffer]);

/** Rejects with the reason of `signal` when it fires. */
function failed(signal: AbortSignal, settled: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as LimpidError), { once: true, signal: settled });
  });
}

/** Rejects a grace period after `signal` fires; a call that ends within it settles the race first. */
function cancelled(signal: AbortSignal, settled: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => {
      const timer = setTimeout(() => reject(new LimpidError('cancelled', 'The run was cancelled.')), PATIENCE.cancel);
      settled.addEventListener('abort', () => clearTimeout(timer), { once: true });
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true, signal: settled });
  });
}

function hung(limit: number, settled: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(
      () =>
        reject(new LimpidError('worker-crashed', `The network did not answer for ${Math.ceil(limit / 1000)} seconds.`)),
      limit,
    );
    settled.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
