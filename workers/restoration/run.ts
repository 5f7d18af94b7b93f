import type { ModelId } from '../../contract/models.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { PictureId, Size } from '../../contract/picture.ts';
import type { BackendName, Recipe, RunPlan, RunReport, RunRequest, StepReport } from '../../contract/run.ts';
import { outputSize } from '../../contract/size.ts';
import type { RunDelegate } from '../../contract/worker-api.ts';
import { measureRun } from '../picture/measure.ts';
import { createStore, type PixelStore } from '../picture/store.ts';
import { backendChoices, type BackendChoice } from './backend.ts';
import { startBudget, type Budget } from './budget.ts';
import type { HostPool } from './host-pool.ts';
import { checkMemory, deviceLimit, peakMemory, workingMemory } from './memory.ts';
import type { OpenPicture } from './pictures.ts';
import { ProgressMeter, type StepWork } from './progress.ts';
import { checkQuality, checkRecipe, checkWeights } from './recipe.ts';
import { floatBetween, storeSink, storeSource, type Sink, type Source } from './source.ts';
import { knownSpeed } from './speed.ts';
import { planStep, type StepModel } from './step-plan.ts';
import { runStep } from './step.ts';

/** What a run needs besides the picture; `model` resolves a model with the weights chosen for it. */
export interface RunContext {
  readonly version: string;
  readonly pool: HostPool;
  manifests(): Promise<ReadonlyMap<ModelId, Manifest>>;
  model(id: ModelId): Promise<StepModel>;
  /** Bytes of pixels that are held beside this picture's input. */
  held(id: PictureId): number;
}

interface Prepared {
  readonly models: StepModel[];
  /** For each step: the backends to try, best first. */
  readonly backends: (readonly BackendChoice[])[];
  readonly input: PixelStore;
  readonly output: Size;
  readonly memory: number;
  /** The part of `memory` that goes when the run ends. */
  readonly working: number;
}

async function prepare(context: RunContext, picture: OpenPicture, request: RunRequest): Promise<Prepared> {
  const { recipe } = request;
  checkRecipe(recipe, await context.manifests());
  const models = await Promise.all(recipe.map((step) => context.model(step.model)));
  checkWeights(request.weights, models);
  checkQuality(recipe, models);
  const choices = await backendChoices(request.backend);
  const backends = models.map(({ weights, manifest }) => context.pool.trusted(choices, weights.sha256, manifest.id));
  const input = picture.decoded.pixels;
  const scale = recipe[recipe.length - 1]?.scale ?? 1;
  const output = outputSize(input, scale);
  const parameters = Math.max(...models.map(({ manifest }) => manifest.parameters));
  const held = context.held(picture.info.id);
  const half = models.some(({ manifest }) => manifest.halfSizeInput === true);
  const shape = { steps: recipe.length, half, parameters };
  const memory = peakMemory(held, input, output, shape, choices[0].name);
  checkMemory(held, input, output, scale, memory, deviceLimit());
  const working = workingMemory(input, shape, choices[0].name);
  return { models, backends, input, output, memory, working };
}

/** Source, sink and output size of each step; pixels between two steps stay float. */
function route(
  input: PixelStore,
  alpha: boolean,
  output: Size,
  recipe: Recipe,
  last: Sink,
): { source: Source; sink: Sink; output: Size }[] {
  const source = storeSource(input, alpha);
  if (recipe.length === 1) return [{ source, sink: last, output }];
  const between = floatBetween(input, alpha);
  return [
    { source, sink: between.sink, output: { width: input.width, height: input.height } },
    { source: between.source, sink: last, output },
  ];
}

const budgetFor = ({ name, largestTensor }: BackendChoice): Budget => startBudget(name, largestTensor);

const NOWHERE: Sink = { write: () => undefined };

/** What the run would take, without starting it. Throws what a run would throw for a request that cannot work. */
export async function planRun(context: RunContext, picture: OpenPicture, request: RunRequest): Promise<RunPlan> {
  const { models, backends, input, output, memory } = await prepare(context, picture, request);
  let backend: BackendName = 'wasm';
  let macs = 0;
  let tiles = 0;
  let seconds: number | null = 0;
  for (const [i, step] of request.recipe.entries()) {
    const model = models[i];
    if (!model) continue;
    // A deblurring step has the input's size, so the second step of a recipe reads the same grid.
    const size = i === request.recipe.length - 1 ? output : input;
    const own = backends[i] ?? [];
    const work = planStep({
      step,
      model,
      source: storeSource(input, picture.info.alpha),
      sink: NOWHERE,
      output: size,
      backends: own,
      budgetFor,
    });
    backend = own[0]?.name ?? backend;
    const speed = await knownSpeed(backend, step.model);
    macs += work.macs;
    tiles = Math.max(tiles, work.tiles);
    seconds = seconds === null || speed === null ? null : seconds + work.macs / speed;
  }
  return { output, tiles, macs, memory, seconds, backend };
}

/**
 * Runs a recipe over an open picture; the result is kept there. `view` tells what is on screen while it runs. Throws
 * LimpidError; a cancel throws `cancelled`.
 */
export async function runRecipe(
  context: RunContext,
  picture: OpenPicture,
  request: RunRequest,
  delegate: RunDelegate,
  signal: AbortSignal,
  view: () => RunRequest['view'] = () => request.view,
): Promise<RunReport> {
  const start = performance.now();
  const { models, backends, input, output, working } = await prepare(context, picture, request);
  const { recipe } = request;
  const { info } = picture;
  const store = createStore(output.width, output.height, input.depth, input.colorSpace);
  const routes = route(input, info.alpha, output, recipe, storeSink(store, info.grey));
  const works: StepWork[] = [];
  const events: string[] = [];
  const meter = new ProgressMeter(works, (progress) => delegate.onProgress(progress));
  const steps: StepReport[] = [];
  let loadSeconds = 0;
  picture.begin(store, working);
  context.pool.keep();
  try {
    for (const [i, step] of recipe.entries()) {
      const model = models[i];
      const way = routes[i];
      if (model && way) works.push(planStep({ step, model, ...way, backends: backends[i] ?? [], budgetFor }));
    }
    for (const [i, step] of recipe.entries()) {
      const model = models[i];
      const way = routes[i];
      const work = works[i];
      if (!model || !way || !work) continue;
      const last = i === recipe.length - 1;
      const onPart = (rect: { x: number; y: number; width: number; height: number }): void => {
        if (!last) return;
        picture.view.invalidate(rect);
        delegate.onTile(rect, output);
      };
      const job = {
        index: i,
        step,
        model,
        ...way,
        backends: backends[i] ?? [],
        budgetFor,
        view,
        work,
      };
      const outcome = await runStep(job, { pool: context.pool, meter, signal, events, onPart });
      steps.push(outcome.report);
      loadSeconds += outcome.loadSeconds;
    }
    const last = steps[steps.length - 1];
    if (last) meter.finishing(recipe.length - 1, last.model, last.backend.name);
    const measure = await measureRun(input, store, signal);
    const report: RunReport = {
      picture: info.id,
      input: { width: input.width, height: input.height },
      output,
      steps,
      seconds: (performance.now() - start) / 1000,
      loadSeconds,
      measure,
      events,
      version: context.version,
      finishedAt: new Date().toISOString(),
    };
    picture.finish(report);
    return report;
  } catch (error) {
    picture.abandon();
    throw error;
  } finally {
    context.pool.release();
  }
}
