import type { LoadableModel, LoadedModel, Planar } from '../../contract/inference-api.ts';
import type { BackendName } from '../../contract/run.ts';
import type { BackendChoice } from './backend.ts';
import { InferenceHost } from './inference-host.ts';

/** An idle model gives its memory back after this long, milliseconds; reloading takes about a second. */
const IDLE = 3 * 60_000;

/** Lost devices after which WebGPU is not tried again. */
const MOST_LOSSES = 2;

export interface Loaded {
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
  /** Why a backend is not to be tried again in this page's life, by weights, model and backend. */
  readonly #distrusted = new Map<string, string>();
  #losses = 0;

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

  /** A backend answered the golden picture wrongly: it is not asked again for this model while the page lives. */
  distrust(weights: string, model: string, backend: BackendName, reason: string): void {
    this.#distrusted.set(keyOf(weights, model, backend), reason);
  }

  /** A GPU may be lost once to a driver's update; one that is lost again is left alone while the page lives. */
  deviceLost(): void {
    this.#losses += 1;
  }

  /** The backends still worth trying for a model; the first of them tells why a better one is passed over. */
  trusted(choices: readonly BackendChoice[], weights: string, model: string): readonly BackendChoice[] {
    const reasons = choices.map(({ name }) =>
      name === 'webgpu' && this.#losses >= MOST_LOSSES
        ? 'The GPU was lost repeatedly, so the CPU is used.'
        : this.#distrusted.get(keyOf(weights, model, name)),
    );
    const [best, ...rest] = choices.filter((_, i) => reasons[i] === undefined);
    if (!best) return choices;
    return [{ ...best, reason: reasons[0] ?? best.reason }, ...rest];
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
