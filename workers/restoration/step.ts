import { LimpidError, toFailure, type Failure } from '../../contract/result.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { Rect } from '../../contract/picture.ts';
import type { BackendReport, RunRequest, StepReport } from '../../contract/run.ts';
import { manifestOn } from '../../contract/run-manifest.ts';
import type { BackendChoice } from './backend.ts';
import { decoderPixels, halve, windowSide, type Budget } from './budget.ts';
import type { HostPool, Loaded } from './host-pool.ts';
import type { PipelineRun } from './pipelines.ts';
import type { ProgressMeter } from './progress.ts';
import {
  demotionSentence,
  eventSentence,
  finalSentence,
  mayBeOld,
  reloadSentence,
  remedyFor,
  type Stage,
} from './recover.ts';
import { viewRect } from './recipe.ts';
import { knownSpeed, rememberSpeed } from './speed.ts';
import { pipelineOf, sideFor, tilesOf, type StepJob } from './step-plan.ts';
import { orderTiles, paddedFrame, splitTile, type Tile } from './tiles.ts';

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

interface Done {
  readonly parts: number;
  readonly macs: number;
}

const NOTHING: Done = { parts: 0, macs: 0 };

class StepRunner {
  #budget: Budget;
  #choice: BackendChoice;
  #backend = 0;
  #demotion: string | null = null;
  #stage: Stage = 'loading';
  #tries = 0;
  /** The model was left loaded by an earlier run, and has finished nothing in this one. */
  #inherited = false;
  #faults = 0;
  /** Finished parts of the output, of whole tiles and of the one in work. */
  #done: Done = NOTHING;
  /** The same at the end of the last whole tile: what a fault leaves. */
  #kept: Done = NOTHING;
  #loadSeconds = 0;
  #pipeline: PipelineRun;
  /** Not begun, but the first, which may be in work. */
  #pending: Tile[];
  /** What was on screen when they were last put in order. */
  #view: RunRequest['view'];
  /** Whole tiles only; faults make later ones smaller than planned. */
  readonly #finished: Tile[] = [];

  constructor(
    private readonly job: StepJob,
    private readonly env: StepEnvironment,
  ) {
    const first = job.backends[0];
    if (!first) throw new LimpidError('backend-failed', 'This browser can run no network at all.');
    this.#choice = first;
    this.#budget = job.budgetFor(first);
    this.#pipeline = this.#pipelineHere();
    this.#pending = tilesOf(job, this.#manifest, this.#budget);
  }

  /** As the present backend runs it. */
  get #manifest(): Manifest {
    return manifestOn(this.#choice.name, this.job.model.manifest);
  }

  #pipelineHere(): PipelineRun {
    const manifest = this.#manifest;
    return pipelineOf(this.job, manifest, () => decoderPixels(manifest, this.#budget, this.job.step.quality));
  }

  async run(): Promise<StepOutcome> {
    const { job, env } = this;
    const { manifest, shown, weights } = job.model;
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
    // A run through faults says nothing about either backend's speed.
    if (this.#faults === 0) await rememberSpeed(backend.name, shown.id, this.#done.macs, seconds);
    const frame = paddedFrame(job.source.size, manifest.multiple);
    return {
      loadSeconds: this.#loadSeconds,
      report: {
        model: shown.id,
        modelName: shown.name,
        network: manifest.network,
        task: shown.task,
        scale: job.step.scale,
        quality: job.step.quality,
        input: job.source.size,
        output: job.output,
        tiles: this.#finished.length,
        tileSide: this.#finished.reduce((most, { core }) => Math.max(most, core.width, core.height), 0),
        halo: this.#finished.length > 1 ? manifest.halo : 0,
        padding: { right: frame.width - job.source.size.width, bottom: frame.height - job.source.size.height },
        backend,
        weights,
        seconds,
        macs: this.#done.macs,
      },
    };
  }

  /** Loads the model where it is not loaded, then works through the pending tiles; a fault leaves the rest pending. */
  async #runPending(): Promise<BackendReport> {
    const { job, env } = this;
    const { shown } = job.model;
    const { name, reason } = this.#choice;
    const start = now();
    this.#stage = 'loading';
    const loaded = await this.#load().finally(() => {
      const seconds = now() - start;
      this.#loadSeconds += seconds;
      env.meter.loaded(seconds);
    });
    this.#stage = 'restoring';
    const speed = await knownSpeed(name, shown.id);
    loaded.host.expect(speed);
    const tell = (): void => env.meter.part(job.index, shown.id, name, this.#done.parts, this.#done.macs, speed);
    tell();
    for (let tile = this.#next(); tile !== undefined; tile = this.#next()) {
      env.signal.throwIfAborted();
      await this.#pipeline.compute(loaded.host, tile, env.signal, (rect, macs) => {
        this.#inherited = false;
        this.#done = { parts: this.#done.parts + 1, macs: this.#done.macs + macs };
        tell();
        env.onPart(rect);
      });
      this.#pending.shift();
      this.#finished.push(tile);
      this.#kept = this.#done;
      this.#tries = 0;
    }
    const why = this.#demotion ?? reason;
    return { name, device: loaded.model.device, reason: why, proof: loaded.model.proof };
  }

  /** The pending tile to begin: where the screen has moved, the nearest to it now. */
  #next(): Tile | undefined {
    const view = this.job.view();
    if (view !== this.#view) this.#pending = orderTiles(this.#pending, viewRect(view, this.job.source.size));
    this.#view = view;
    return this.#pending[0];
  }

  /** The model on the present backend, proved; at once where an earlier run has left it there. */
  async #load(): Promise<Loaded> {
    const { job, env } = this;
    const { manifest, shown, weights } = job.model;
    const { name } = this.#choice;
    const found = env.pool.find(weights.sha256, manifest.id, name);
    this.#inherited = found !== null;
    if (found) return found;
    // A cancel between two steps: nothing more is read, and nothing is put in the place of what is loaded.
    env.signal.throwIfAborted();
    env.meter.loading(job.index, shown.id, 'loading', 0, 0);
    const model = await job.model.load(
      env.signal,
      (done, total) => env.meter.loading(job.index, shown.id, 'loading', done, total),
      (note) => env.events.push(note),
    );
    env.signal.throwIfAborted();
    env.meter.loading(job.index, shown.id, 'proving', 0, 1);
    return env.pool.load(model, weights.sha256, name, env.signal);
  }

  /**
   * Decides how to go on after a fault and prepares it; throws when the run cannot go on. What changes when:
   *
   *                        stage      tries  inherited       done             kept   finished, pending
   *     a model is sought  loading    -      whether found   -                -      -
   *     it is there        restoring  -      -               -                -      -
   *     a part comes       -          -      false           one part more    -      -
   *     a tile is whole    -          0      -               -                done   moves from pending to finished
   *     a fault            -          + 1    (read here)     kept             -      -
   *       smaller tiles    -          -      -               -                -      large pending ones are cut
   *       next backend     -          0      -               -                -      large pending ones are cut
   *
   * An inherited model's first fault may be an old one: it counts as no try, and the model is loaded anew. `tries` at its
   * limit, or a fault that no size cures, is the next backend's turn (recover.ts). A tile that a fault interrupts stays
   * pending and is made again as a whole, so `done` goes back to `kept`.
   */
  #survive(error: unknown): void {
    const { job, env } = this;
    // A cancel that came between two calls leaves the model loaded: the next run starts at once.
    if (env.signal.aborted) throw new LimpidError('cancelled', 'The run was cancelled.');
    env.pool.end();
    this.#faults += 1;
    this.#done = this.#kept;
    const failure = toFailure(error);
    const from = this.#choice.name;
    if (this.#inherited && mayBeOld(failure)) {
      // A GPU lost between two runs is not lost to this one: the same backend gets a model of its own first.
      env.events.push(reloadSentence(failure, from));
      return;
    }
    const done = this.#finished.length;
    const planned = done + this.#pending.length;
    this.#blame(failure);
    const left = job.backends.length - this.#backend - 1;
    let remedy = remedyFor(failure, this.#stage, this.#tries, left);
    this.#tries += 1;
    if (remedy === 'smaller-tiles' && !this.#shrink()) remedy = left > 0 ? 'next-backend' : 'give-up';
    if (remedy === 'give-up') throw new LimpidError(failure.code, finalSentence(failure, this.#stage), failure.detail);
    if (remedy === 'next-backend') this.#demote(failure);
    env.events.push(eventSentence(failure, from, done, planned, remedy, this.#choice.name));
    this.#recount();
  }

  /** What later runs should know about the present backend. */
  #blame(failure: Failure): void {
    const { manifest, weights } = this.job.model;
    const { name } = this.#choice;
    if (failure.code === 'device-lost') this.env.pool.deviceLost();
    if (failure.code !== 'proof-failed') return;
    const next = this.job.backends[this.#backend + 1]?.name ?? name;
    this.env.pool.distrust(weights.sha256, manifest.id, name, demotionSentence(failure, name, next));
  }

  #demote(failure: Failure): void {
    const { job } = this;
    const from = this.#choice.name;
    this.#backend += 1;
    this.#tries = 0;
    this.#choice = job.backends[this.#backend] ?? this.#choice;
    this.#demotion = demotionSentence(failure, from, this.#choice.name);
    this.#budget = job.budgetFor(this.#choice);
    this.#pipeline = this.#pipelineHere();
    this.#replan();
  }

  /** Halves what one call may take, counted from what the failed tile took; false when tiles cannot become smaller. */
  #shrink(): boolean {
    const tile = this.#pending[0];
    const taken = tile ? this.#pipeline.bytes(tile) : Infinity;
    const smaller = halve({ ...this.#budget, bytes: Math.min(this.#budget.bytes, taken) });
    const side = windowSide(this.#manifest, smaller);
    if (side === null) return false;
    this.#budget = smaller;
    this.#replan();
    return true;
  }

  /** Cuts pending tiles whose windows exceed the present budget; finished ones stay as they are. */
  #replan(): void {
    const manifest = this.#manifest;
    const { halo, multiple } = manifest;
    const frame = paddedFrame(this.job.source.size, multiple);
    const side = sideFor(manifest, this.#budget);
    this.#pending = this.#pending.flatMap((tile) =>
      Math.max(tile.window.width, tile.window.height) > side ? splitTile(tile, frame, side, halo, multiple) : [tile],
    );
  }

  #recount(): void {
    const { work } = this.job;
    work.macs = this.#done.macs + this.#pending.reduce((sum, tile) => sum + this.#pipeline.macs(tile), 0);
    work.parts = this.#done.parts + this.#pending.reduce((sum, tile) => sum + this.#pipeline.parts(tile), 0);
  }
}
