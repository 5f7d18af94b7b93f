import type { LoadableModel } from '../../contract/inference-api.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { Rect, Size } from '../../contract/picture.ts';
import { LimpidError, toFailure } from '../../contract/result.ts';
import type { BackendReport, Step, StepReport, WeightsReport } from '../../contract/run.ts';
import type { BackendChoice } from './backend.ts';
import { decoderPixels, halve, windowSide, type Budget } from './budget.ts';
import type { HostPool } from './host-pool.ts';
import { imageToImageRun, liifRun, type PipelineRun } from './pipelines.ts';
import type { ProgressMeter, StepWork } from './progress.ts';
import { eventSentence, remedyFor } from './recover.ts';
import type { Sink, Source } from './source.ts';
import { knownSpeed, rememberSpeed } from './speed.ts';
import { orderTiles, paddedFrame, planTiles, splitTile, type Tile } from './tiles.ts';

/** A model with the weights that this run uses. `manifest` is that of the graph; `shown` that of the model asked for. */
export interface StepModel {
  readonly shown: Manifest;
  readonly manifest: Manifest;
  readonly weights: WeightsReport;
  load(
    signal: AbortSignal,
    onBytes: (done: number, total: number) => void,
    onNote: (note: string) => void,
  ): Promise<LoadableModel>;
}

export interface StepJob {
  readonly index: number;
  readonly step: Step;
  readonly model: StepModel;
  readonly source: Source;
  readonly sink: Sink;
  readonly output: Size;
  readonly backends: readonly BackendChoice[];
  /** Memory and time that one call may take on a backend, before any fault. */
  readonly budgetFor: (choice: BackendChoice) => Budget;
  /** Part of the picture on screen, in input pixels; its tiles come first. */
  readonly view: Rect | null;
  readonly work: StepWork;
}

export interface StepEnvironment {
  readonly pool: HostPool;
  readonly meter: ProgressMeter;
  readonly signal: AbortSignal;
  readonly events: string[];
  onPart(rect: Rect): void;
}

/** Loading took this long; the report tells it apart from restoring. */
export interface StepOutcome {
  readonly report: StepReport;
  readonly loadSeconds: number;
}

const now = (): number => performance.now() / 1000;

/** Runs one step to its end, through whatever faults can be survived; throws a LimpidError for those that cannot. */
export async function runStep(job: StepJob, env: StepEnvironment): Promise<StepOutcome> {
  return new StepRunner(job, env).run();
}

/** Tiles and arithmetic of a step before it starts. */
export function planStep(job: Omit<StepJob, 'work' | 'view' | 'index'>): StepWork {
  const first = job.backends[0];
  if (!first) return { macs: 0, tiles: 0 };
  const budget = job.budgetFor(first);
  const pipeline = pipelineOf(job, () => decoderPixels(job.model.manifest, budget, job.step.quality));
  const tiles = tilesOf(job, budget);
  return {
    macs: tiles.reduce((sum, tile) => sum + pipeline.macs(tile), 0),
    tiles: tiles.reduce((sum, tile) => sum + pipeline.parts(tile), 0),
  };
}

type Plannable = Pick<StepJob, 'model' | 'step' | 'source' | 'sink' | 'output'>;

function pipelineOf({ model, step, source, sink, output }: Plannable, pixels: () => number): PipelineRun {
  const { manifest } = model;
  const frame = paddedFrame(source.size, manifest.multiple);
  const context = { manifest, step, source, sink, output, frame, decoderPixels: pixels };
  return manifest.pipeline === 'liif' ? liifRun(context) : imageToImageRun(context);
}

function tilesOf({ model, source }: Plannable, budget: Budget): Tile[] {
  const { manifest } = model;
  return planTiles(
    paddedFrame(source.size, manifest.multiple),
    sideFor(manifest, budget),
    manifest.halo,
    manifest.multiple,
  );
}

function sideFor(manifest: Manifest, budget: Budget): number {
  const side = windowSide(manifest, budget);
  if (side === null)
    throw new LimpidError('out-of-memory', `${manifest.name} needs more memory for its smallest tile than there is.`);
  return side;
}

class StepRunner {
  #budget: Budget;
  #choice: BackendChoice;
  #backend = 0;
  #demotion: string | null = null;
  #tries = 0;
  #doneTiles = 0;
  #doneMacs = 0;
  #loadSeconds = 0;
  #pipeline: PipelineRun;
  #pending: Tile[];

  constructor(
    private readonly job: StepJob,
    private readonly env: StepEnvironment,
  ) {
    const first = job.backends[0];
    if (!first) throw new LimpidError('backend-failed', 'This browser can run no network at all.');
    this.#choice = first;
    this.#budget = job.budgetFor(first);
    this.#pipeline = pipelineOf(job, () => decoderPixels(job.model.manifest, this.#budget, job.step.quality));
    this.#pending = orderTiles(tilesOf(job, this.#budget), job.view);
  }

  async run(): Promise<StepOutcome> {
    const { job, env } = this;
    const { manifest, shown, weights } = job.model;
    const planned = this.#pending.length;
    const side = this.#pending.reduce((most, { core }) => Math.max(most, core.width, core.height), 0);
    let backend: BackendReport | null = null;
    env.meter.startStep();
    while (this.#pending.length > 0) {
      try {
        backend = await this.#runPending();
      } catch (error) {
        this.#survive(error);
      }
    }
    if (!backend) throw new LimpidError('picture-empty', 'There is nothing to restore in this picture.');
    const { seconds } = env.meter.endStep(job.index);
    const spent = Math.max(0, seconds - this.#loadSeconds);
    await rememberSpeed(backend.name, shown.id, this.#doneMacs, spent);
    const frame = paddedFrame(job.source.size, manifest.multiple);
    return {
      loadSeconds: this.#loadSeconds,
      report: {
        model: shown.id,
        modelName: shown.name,
        task: shown.task,
        scale: job.step.scale,
        quality: job.step.quality,
        input: job.source.size,
        output: job.output,
        tiles: planned,
        tileSide: side,
        halo: planned > 1 ? manifest.halo : 0,
        padding: { right: frame.width - job.source.size.width, bottom: frame.height - job.source.size.height },
        backend,
        weights,
        seconds: spent,
        macs: this.#doneMacs,
      },
    };
  }

  /** Loads the model where it is not loaded, then works through the pending tiles; a fault leaves the rest pending. */
  async #runPending(): Promise<BackendReport> {
    const { job, env } = this;
    const { manifest, shown, weights } = job.model;
    const { name, reason } = this.#choice;
    const start = now();
    let loaded = env.pool.find(weights.sha256, manifest.id, name);
    if (!loaded) {
      env.meter.loading(job.index, shown.id, 'loading', 0, 1);
      const model = await job.model.load(
        env.signal,
        (done, total) => env.meter.loading(job.index, shown.id, 'loading', done, total),
        (note) => env.events.push(note),
      );
      env.meter.loading(job.index, shown.id, 'proving', 0, 1);
      loaded = await env.pool.load(model, weights.sha256, name, env.signal);
    }
    this.#loadSeconds += now() - start;
    const speed = await knownSpeed(name, shown.id);
    env.meter.tile(job.index, shown.id, name, this.#doneTiles, this.#doneMacs, speed);
    for (let tile = this.#pending[0]; tile !== undefined; tile = this.#pending[0]) {
      env.signal.throwIfAborted();
      await this.#pipeline.compute(loaded.host, tile, env.signal, (rect, macs) => {
        this.#doneTiles += 1;
        this.#doneMacs += macs;
        env.meter.tile(job.index, shown.id, name, this.#doneTiles, this.#doneMacs, speed);
        env.onPart(rect);
      });
      this.#pending.shift();
      this.#tries = 0;
    }
    const why = this.#demotion ?? reason;
    return { name, device: loaded.model.device, reason: why, proof: loaded.model.proof };
  }

  /** Decides how to go on after a fault and prepares it; throws when the run cannot go on. */
  #survive(error: unknown): void {
    const { job, env } = this;
    env.pool.end();
    const failure = env.signal.aborted
      ? toFailure(new LimpidError('cancelled', 'The run was cancelled.'))
      : toFailure(error);
    let remedy = remedyFor(failure, this.#tries, job.backends.length - this.#backend - 1);
    this.#tries += 1;
    if (remedy === 'smaller-tiles' && !this.#shrink()) {
      remedy = job.backends.length - this.#backend - 1 > 0 ? 'next-backend' : 'give-up';
    }
    if (remedy === 'give-up') throw new LimpidError(failure.code, failure.message, failure.detail);
    if (remedy === 'next-backend') {
      this.#backend += 1;
      this.#tries = 0;
      this.#choice = job.backends[this.#backend] ?? this.#choice;
      this.#demotion = `${failure.message} The CPU was used instead.`;
      this.#budget = job.budgetFor(this.#choice);
      this.#replan();
    }
    env.events.push(eventSentence(failure, this.#doneTiles, job.work.tiles, remedy, this.#choice.name));
    this.#recount();
  }

  /** Halves the budget and cuts the pending tiles to it; false when they cannot become smaller. */
  #shrink(): boolean {
    const smaller = halve(this.#budget);
    const { manifest } = this.job.model;
    const side = windowSide(manifest, smaller);
    if (side === null) return false;
    this.#budget = smaller;
    this.#replan();
    return true;
  }

  /** Cuts pending tiles whose windows exceed the present budget; finished ones stay as they are. */
  #replan(): void {
    const { manifest } = this.job.model;
    const { halo, multiple } = manifest;
    const frame = paddedFrame(this.job.source.size, multiple);
    const side = sideFor(manifest, this.#budget);
    this.#pending = this.#pending.flatMap((tile) =>
      Math.max(tile.window.width, tile.window.height) > side ? splitTile(tile, frame, side, halo, multiple) : [tile],
    );
  }

  #recount(): void {
    const { work } = this.job;
    work.macs = this.#doneMacs + this.#pending.reduce((sum, tile) => sum + this.#pipeline.macs(tile), 0);
    work.tiles = this.#doneTiles + this.#pending.reduce((sum, tile) => sum + this.#pipeline.parts(tile), 0);
  }
}
