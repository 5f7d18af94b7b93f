import { expose, releaseProxy, transfer } from 'comlink';
import { attempt, LimpidError } from '../contract/result.ts';
import type { RunRequest } from '../contract/run.ts';
import type { RestorationWorker } from '../contract/worker-internal.ts';
import { lazily } from './lazily.ts';
import { bleedColours } from './picture/alpha.ts';
import { decodePicture } from './picture/decode.ts';
import { toBitmap } from './picture/view.ts';
import { readCapabilities } from './restoration/backend.ts';
import { openFaultDoor } from './restoration/faults.ts';
import { HostPool } from './restoration/host-pool.ts';
import { deviceLimit, type PixelShape } from './restoration/memory.ts';
import { ModelShelf } from './restoration/model-shelf.ts';
import { Pictures } from './restoration/pictures.ts';
import { provenanceOf } from './restoration/provenance.ts';
import type { RunContext } from './restoration/run.ts';

/** One run at a time: two would share the cores and the memory and both be slower. */
const jobs = new Map<string, { abort: AbortController; ended: Promise<void>; view: RunRequest['view'] }>();
const pictures = new Pictures();
const pool = new HostPool();

// Loaded lazily, so that the page stands sooner: without a picture there is nothing to restore or to write.
const runner = lazily('What restores pictures', () => import('./restoration/run.ts'));
const encoder = lazily('What writes pictures', () => import('./picture/encode.ts'));

/**
 * Fetches both while the first picture is being decoded: nobody waits for them then, and a result can be saved also when
 * the network has gone away meanwhile. A failure is told by the call that needs them.
 */
const fetchAhead = (): void => void Promise.allSettled([runner(), encoder()]);

let started: {
  shelf: ModelShelf;
  context: RunContext;
  rasteriseSvg: Parameters<RestorationWorker['start']>[1];
} | null = null;

function running(): NonNullable<typeof started> {
  if (!started) throw new LimpidError('internal', 'The worker was not started.');
  return started;
}

const api: RestorationWorker = {
  async start({ base, version }, rasteriseSvg) {
    const shelf = new ModelShelf(base);
    const context: RunContext = {
      version,
      pool,
      manifests: () => shelf.catalogue.manifests(),
      model: (id) => shelf.stepModel(id),
      held: (id) => pictures.heldBeside(id),
    };
    started = { shelf, context, rasteriseSvg };
  },

  capabilities: () => attempt(readCapabilities),
  models: () => attempt(() => running().shelf.states()),

  open: (id, file, name) =>
    attempt(async () => {
      fetchAhead();
      const reserve = (shape: PixelShape): void => pictures.reserve(id, shape, deviceLimit());
      try {
        const decoded = await decodePicture(file, name, { rasteriseSvg: running().rasteriseSvg, reserve });
        // Colour under transparency is never seen, but the network looks at it from next door.
        if (decoded.info.alpha) bleedColours(decoded.pixels);
        return pictures.add(id, decoded);
      } finally {
        pictures.release(id);
      }
    }),
  async close(id) {
    pictures.remove(id);
  },

  plan: (request) =>
    attempt(async () => {
      const { planRun } = await runner();
      return planRun(running().context, pictures.get(request.picture), request);
    }),

  run: (job, request, delegate) =>
    attempt(async () => {
      if (jobs.size > 0) throw new LimpidError('bad-request', 'Another run is still going on.');
      const abort = new AbortController();
      const { context, shelf } = running();
      const picture = pictures.get(request.picture);
      const run = shelf.catalogue.renewing(
        // Loaded in here, where the job is known already and can be cancelled.
        async () =>
          (await runner()).runRecipe(context, picture, request, delegate, abort.signal, () => jobs.get(job)?.view),
        abort.signal,
      );
      const ended = run.then(
        () => undefined,
        () => undefined,
      );
      jobs.set(job, { abort, ended, view: request.view });
      try {
        return await run;
      } finally {
        jobs.delete(job);
        // Comlink keeps a channel open per delegate until told otherwise.
        (delegate as { [releaseProxy]?: () => void })[releaseProxy]?.();
      }
    }),
  async look(job, view) {
    const entry = jobs.get(job);
    if (entry) entry.view = view;
  },
  async cancel(job) {
    const entry = jobs.get(job);
    entry?.abort.abort();
    await entry?.ended;
  },

  async tile(request) {
    const result = await attempt(async () => toBitmap(await pictures.get(request.picture).view.tile(request)));
    return result.ok ? transfer(result, [result.value]) : result;
  },
  encode: (id, options) =>
    attempt(async () => {
      const { encodePicture } = await encoder();
      const { result, decoded, info } = pictures.get(id);
      if (!result) throw new LimpidError('bad-request', 'There is no result to save yet.');
      return encodePicture(result.store, decoded.metadata, options, provenanceOf(result.report), info.name);
    }),

  importWeights: (file, name) => attempt(() => running().shelf.importWeights(file, name)),
  chooseWeights: (model, id) =>
    attempt(async () => {
      await running().shelf.chooseWeights(model, id);
      return null;
    }),
  sweepWeights: () => attempt(() => running().shelf.sweepWeights()),
  removeWeights: (id) =>
    attempt(async () => {
      await running().shelf.removeWeights(id);
      return null;
    }),
};

if (import.meta.env.DEV) openFaultDoor();
expose(api);
