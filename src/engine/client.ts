import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { PictureId } from '../../contract/picture.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { RestorationApi } from '../../contract/worker-api.ts';
import type { RestorationWorker } from '../../contract/worker-internal.ts';
import { version } from '../../package.json';
import { spawnRestorationWorker } from './spawn.ts';
import { rasteriseSvg } from './svg.ts';

interface Connection {
  readonly remote: Remote<RestorationWorker>;
  /** Fires when the worker has died. */
  readonly crashed: AbortSignal;
  readonly started: Promise<void>;
}

/** RestorationApi, and news of the worker's death. */
export interface Engine extends RestorationApi {
  /** Calls `listener` whenever the worker has died, before any pending call ends: every finished result is lost. */
  onCrash(listener: () => void): void;
}

/** What a crash means for the person, call by call. */
const CRASHED = {
  working: 'The background worker crashed. Your pictures are still here; press Restore to try again.',
  device: 'The background worker crashed while it looked at this device. Reload the page to try again.',
  models: 'The background worker crashed before it had listed the models. Try again.',
  weights: 'The background worker crashed before the choice of weights was changed. Try again.',
  saving: 'The background worker crashed before the result was saved. Press Restore to make the result again.',
  reading: (name: string) => `The background worker crashed while it read “${name}”. Hand the file over again.`,
} as const;

/**
 * The answer, or a rejection when the worker dies first. Not Promise.race with one long-lived promise: that would keep every
 * answer (bitmaps, saved files) as long as the worker lives.
 */
async function orCrashed<T>(answer: Promise<T>, crashed: AbortSignal): Promise<T> {
  const settled = new AbortController();
  const crash = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(crashed.reason as Error);
    if (crashed.aborted) onAbort();
    else crashed.addEventListener('abort', onAbort, { signal: settled.signal });
  });
  try {
    return await Promise.race([answer, crash]);
  } finally {
    settled.abort();
  }
}

/**
 * RestorationApi over a worker that starts with the first call. When the worker itself dies, pending calls end with
 * `worker-crashed`, and the next call starts a new worker and opens the pictures in it again.
 */
export class EngineClient implements Engine {
  #connection: Connection | null = null;
  readonly #crashListeners: (() => void)[] = [];
  /** Files, not pixels: enough to open a picture again. */
  readonly #files = new Map<PictureId, { file: Blob; name: string }>();
  /** Pictures that a new worker has not got yet; every call that needs one waits for the same opening. */
  #missing = new Map<PictureId, Promise<Result<unknown>> | null>();

  readonly capabilities: RestorationApi['capabilities'] = () => this.#call(CRASHED.device, (w) => w.capabilities());
  readonly models: RestorationApi['models'] = () => this.#call(CRASHED.models, (w) => w.models());
  readonly importWeights: RestorationApi['importWeights'] = (file, name) =>
    this.#call(CRASHED.reading(name), (w) => w.importWeights(file, name));
  readonly chooseWeights: RestorationApi['chooseWeights'] = (model, id) =>
    this.#call(CRASHED.weights, (w) => w.chooseWeights(model, id));
  readonly removeWeights: RestorationApi['removeWeights'] = (id) =>
    this.#call(CRASHED.weights, (w) => w.removeWeights(id));
  readonly sweepWeights: RestorationApi['sweepWeights'] = () => this.#call(CRASHED.weights, (w) => w.sweepWeights());
  readonly plan: RestorationApi['plan'] = (request) =>
    this.#withPicture(request.picture, CRASHED.working, (w) => w.plan(request));
  readonly tile: RestorationApi['tile'] = (request) =>
    this.#withPicture(request.picture, CRASHED.working, (w) => w.tile(request));
  readonly encode: RestorationApi['encode'] = (id, options) =>
    this.#withPicture(id, CRASHED.saving, (w) => w.encode(id, options));

  readonly open: RestorationApi['open'] = async (id, file, name) => {
    const result = await this.#call(CRASHED.reading(name), (w) => w.open(id, file, name));
    if (result.ok) this.#files.set(id, { file, name });
    return result;
  };

  readonly close: RestorationApi['close'] = async (id) => {
    const opening = this.#missing.get(id);
    this.#files.delete(id);
    this.#missing.delete(id);
    // The worker would keep a picture whose reopening ends after its close.
    await opening;
    const connection = this.#connection;
    if (connection) await orCrashed(connection.remote.close(id), connection.crashed).catch(() => undefined);
  };

  readonly run: RestorationApi['run'] = async (job, request, delegate) => {
    const shared = proxy(delegate);
    return this.#withPicture(request.picture, CRASHED.working, (w) => w.run(job, request, shared));
  };

  onCrash(listener: () => void): void {
    this.#crashListeners.push(listener);
  }

  readonly look: RestorationApi['look'] = async (job, view) => {
    const connection = this.#connection;
    if (connection) await orCrashed(connection.remote.look(job, view), connection.crashed).catch(() => undefined);
  };

  readonly cancel: RestorationApi['cancel'] = async (job) => {
    const connection = this.#connection;
    if (connection) await orCrashed(connection.remote.cancel(job), connection.crashed).catch(() => undefined);
  };

  #connect(): Connection {
    if (this.#connection) return this.#connection;
    const worker = spawnRestorationWorker();
    const remote = wrap<RestorationWorker>(worker);
    const crashed = new AbortController();
    const onCrash = (event: Event): void => {
      if (this.#connection?.remote !== remote) return;
      this.#connection = null;
      this.#missing = new Map(Array.from(this.#files.keys(), (id) => [id, null]));
      remote[releaseProxy]();
      worker.terminate();
      for (const listener of this.#crashListeners) listener();
      crashed.abort(new Error(event instanceof ErrorEvent ? event.message : event.type));
    };
    worker.addEventListener('error', onCrash);
    worker.addEventListener('messageerror', onCrash);
    const started = remote.start({ base: document.baseURI, version }, proxy(rasteriseSvg));
    this.#connection = { remote, crashed: crashed.signal, started };
    return this.#connection;
  }

  /** `crashed` is the sentence for the case that the worker dies first. */
  async #call<T>(crashed: string, ask: (worker: Remote<RestorationWorker>) => Promise<Result<T>>): Promise<Result<T>> {
    const connection = this.#connect();
    try {
      await orCrashed(connection.started, connection.crashed);
      return await orCrashed(ask(connection.remote), connection.crashed);
    } catch (error) {
      return fail('worker-crashed', crashed, String(error));
    }
  }

  /** Opens a picture again first, when the worker that held it has died. */
  async #withPicture<T>(
    id: PictureId,
    crashed: string,
    ask: (worker: Remote<RestorationWorker>) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const known = this.#files.get(id);
    let opening = this.#missing.get(id);
    if (known && opening === null) {
      opening = this.#call(CRASHED.working, (w) => w.open(id, known.file, known.name));
      this.#missing.set(id, opening);
    }
    if (opening) {
      const opened = await opening;
      if (!opened.ok) {
        if (this.#missing.get(id) === opening) this.#missing.set(id, null);
        return { ok: false, error: opened.error };
      }
      if (this.#missing.get(id) === opening) this.#missing.delete(id);
    }
    return this.#call(crashed, ask);
  }
}
