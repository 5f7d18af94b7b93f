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
  readonly crashed: Promise<never>;
  readonly started: Promise<void>;
}

const CRASH = fail(
  'worker-crashed',
  'The background worker crashed. Your pictures are still here; press Restore to try again.',
);

/**
 * RestorationApi over a worker that starts with the first call. When the worker itself dies, pending calls end with
 * `worker-crashed`, and the next call starts a new worker and opens the pictures in it again.
 */
export class EngineClient implements RestorationApi {
  #connection: Connection | null = null;
  /** Files, not pixels: enough to open a picture again. */
  readonly #files = new Map<PictureId, { file: Blob; name: string }>();
  #reopen = new Set<PictureId>();

  readonly capabilities: RestorationApi['capabilities'] = () => this.#call((w) => w.capabilities());
  readonly models: RestorationApi['models'] = () => this.#call((w) => w.models());
  readonly importWeights: RestorationApi['importWeights'] = (file, name) =>
    this.#call((w) => w.importWeights(file, name));
  readonly chooseWeights: RestorationApi['chooseWeights'] = (model, id) =>
    this.#call((w) => w.chooseWeights(model, id));
  readonly removeWeights: RestorationApi['removeWeights'] = (id) => this.#call((w) => w.removeWeights(id));
  readonly plan: RestorationApi['plan'] = (request) => this.#withPicture(request.picture, (w) => w.plan(request));
  readonly tile: RestorationApi['tile'] = (request) => this.#withPicture(request.picture, (w) => w.tile(request));
  readonly encode: RestorationApi['encode'] = (id, options) => this.#withPicture(id, (w) => w.encode(id, options));

  readonly open: RestorationApi['open'] = async (id, file, name) => {
    const result = await this.#call((w) => w.open(id, file, name));
    if (result.ok) this.#files.set(id, { file, name });
    return result;
  };

  readonly close: RestorationApi['close'] = async (id) => {
    this.#files.delete(id);
    this.#reopen.delete(id);
    await this.#connection?.remote.close(id);
  };

  readonly run: RestorationApi['run'] = async (job, request, delegate) => {
    const shared = proxy(delegate);
    return this.#withPicture(request.picture, (w) => w.run(job, request, shared));
  };

  readonly cancel: RestorationApi['cancel'] = async (job) => {
    const connection = this.#connection;
    if (connection) await Promise.race([connection.remote.cancel(job), connection.crashed]).catch(() => undefined);
  };

  #connect(): Connection {
    if (this.#connection) return this.#connection;
    const worker = spawnRestorationWorker();
    const remote = wrap<RestorationWorker>(worker);
    const crashed = new Promise<never>((_, reject) => {
      const onCrash = (event: Event): void => {
        if (this.#connection?.remote !== remote) return;
        this.#connection = null;
        this.#reopen = new Set(this.#files.keys());
        remote[releaseProxy]();
        worker.terminate();
        reject(new Error(event instanceof ErrorEvent ? event.message : event.type));
      };
      worker.addEventListener('error', onCrash);
      worker.addEventListener('messageerror', onCrash);
    });
    crashed.catch(() => undefined);
    const started = remote.start({ base: document.baseURI, version }, proxy(rasteriseSvg));
    this.#connection = { remote, crashed, started };
    return this.#connection;
  }

  async #call<T>(ask: (worker: Remote<RestorationWorker>) => Promise<Result<T>>): Promise<Result<T>> {
    const connection = this.#connect();
    try {
      await Promise.race([connection.started, connection.crashed]);
      return await Promise.race([ask(connection.remote), connection.crashed]);
    } catch (error) {
      return { ok: false, error: { ...CRASH.error, detail: String(error) } };
    }
  }

  /** Opens a picture again first, when the worker that held it has died. */
  async #withPicture<T>(
    id: PictureId,
    ask: (worker: Remote<RestorationWorker>) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const known = this.#files.get(id);
    if (known && this.#reopen.delete(id)) {
      const opened = await this.#call((w) => w.open(id, known.file, known.name));
      if (!opened.ok) return opened;
    }
    return this.#call(ask);
  }
}
