import { expose, transfer } from 'comlink';
import type { InferenceApi, LoadableModel, Planar } from '../contract/inference-api.ts';
import { attempt, LimpidError, type Result } from '../contract/result.ts';
import type { BackendName } from '../contract/run.ts';
import { prove } from './inference/prove.ts';
import { ModelSession } from './inference/session.ts';

/** Owns onnxruntime and one model; started, replaced and ended by the restoration worker. */
let session: ModelSession | null = null;

function loaded(): ModelSession {
  if (!session) throw new LimpidError('internal', 'No model is loaded.');
  return session;
}

const send = (result: Result<Planar>): Result<Planar> =>
  result.ok ? transfer(result, [result.value.data.buffer as ArrayBuffer]) : result;

const api: InferenceApi = {
  load: (model: LoadableModel, backend: BackendName) =>
    attempt(async () => {
      const start = performance.now();
      session = await ModelSession.create(model, backend);
      const { answer, proof } = await prove(session, model);
      return { backend, device: session.device, proof, answer, seconds: (performance.now() - start) / 1000 };
    }),
  imageToImage: async (window, half) => send(await attempt(() => loaded().imageToImage(window, half))),
  liifEncode: (window) =>
    attempt(async () => {
      await loaded().liifEncode(window);
      return null;
    }),
  liifDecode: async (grid) => send(await attempt(() => loaded().liifDecode(grid))),
};

expose(api);
