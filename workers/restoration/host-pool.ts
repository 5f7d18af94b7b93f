import type { LoadableModel, LoadedModel, Planar } from '../../contract/inference-api.ts';
import type { BackendName } from '../../contract/run.ts';
import { InferenceHost } from './inference-host.ts';

/** An idle model gives its memory back after this long, milliseconds; reloading takes about a second. */
const IDLE = 3 * 60_000;

interface Loaded {
  readonly key: string;
  readonly host: InferenceHost;
  readonly model: LoadedModel;
}

/** Keeps the one inference worker that was used last; another model or backend replaces it. */
export class HostPool {
  #current: Loaded | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** What WASM answers to the golden picture with imported weights, by weights. */
  readonly #answers = new Map<string, Planar>();

  /** The loaded model if it is still there, so that nothing has to be read again. */
  find(weights: string, model: string, backend: BackendName): Loaded | null {
    const current = this.#current;
    return current && !current.host.ended && current.key === keyOf(weights, model, backend) ? current : null;
  }

  /**
   * Loads and proves a model on a backend. Imported weights have no known answer: WASM's, checked for plausibility, is what
   * WebGPU then has to match. Throws what the inference worker threw.
   */
  async load(model: LoadableModel, weights: string, backend: BackendName, signal: AbortSignal): Promise<Loaded> {
    this.end();
    let golden = model.golden;
    if (golden.output === null && backend === 'webgpu') {
      const known = this.#answers.get(weights) ?? (await HostPool.answerOnWasm(model, signal));
      this.#answers.set(weights, known);
      golden = { ...golden, output: known };
    }
    const host = new InferenceHost();
    const loaded = {
      key: keyOf(weights, model.manifest.id, backend),
      host,
      model: await host.load({ ...model, golden }, backend, signal),
    };
    this.#current = loaded;
    return loaded;
  }

  /** The golden answer on one WASM thread, checked for plausibility, in a worker of its own. */
  static async answerOnWasm(model: LoadableModel, signal: AbortSignal): Promise<Planar> {
    const host = new InferenceHost();
    try {
      return (await host.load(model, 'wasm', signal)).answer;
    } finally {
      host.end();
    }
  }

  /** Called when a run begins and ends: the idle clock runs between runs only. */
  keep(): void {
    clearTimeout(this.#idle);
  }

  release(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.end(), IDLE);
  }

  end(): void {
    this.#current?.host.end();
    this.#current = null;
  }
}

const keyOf = (weights: string, model: string, backend: BackendName): string => `${model}/${weights}/${backend}`;
