import { expose, transfer } from 'comlink';
import type { InferenceApi, LoadableModel, Planar } from '../contract/inference-api.ts';
import { attempt, LimpidError, type Result } from '../contract/result.ts';
import type { BackendName } from '../contract/run.ts';
import { meetFault, openFaultDoor } from './inference/faults.ts';
import { prove } from './inference/prove.ts';
import { ModelSession } from './inference/session.ts';

/** Owns onnxruntime and one model; started, replaced and ended by the restoration worker. */
let session: ModelSession | null = null;
let asked: BackendName = 'wasm';

function loaded(): ModelSession {
  if (!session) throw new LimpidError('internal', 'No model is loaded.');
  return session;
}

const send = (result: Result<Planar>): Result<Planar> =>
  result.ok ? transfer(result, [result.value.data.buffer as ArrayBuffer]) : result;

/** One call, its error as data; in development a test may have let something happen to it. */
const answer = <T>(call: keyof InferenceApi, work: () => Promise<T>): Promise<Result<T>> =>
  attempt(async () => {
    if (import.meta.env.DEV) await meetFault(call, asked);
    return work();
  });

const api: InferenceApi = {
  load(model: LoadableModel, backend: BackendName) {
    asked = backend;
    return answer('load', async () => {
      const start = performance.now();
      session = await ModelSession.create(model, backend);
      const proved = await prove(session, model);
      return { backend, device: session.device, ...proved, seconds: (performance.now() - start) / 1000 };
    });
  },
  imageToImage: async (window, half) => send(await answer('imageToImage', () => loaded().imageToImage(window, half))),
  liifEncode: (window) =>
    answer('liifEncode', async () => {
      await loaded().liifEncode(window);
      return null;
    }),
  liifDecode: async (grid) => send(await answer('liifDecode', () => loaded().liifDecode(grid))),
};

if (import.meta.env.DEV) openFaultDoor();
expose(api);
