import type { LoadableModel } from '../../contract/inference-api.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { Rect, Size } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import type { Step, WeightsReport } from '../../contract/run.ts';
import type { BackendChoice } from './backend.ts';
import { decoderPixels, windowSide, type Budget } from './budget.ts';
import { imageToImageRun, liifRun, type PipelineRun } from './pipelines.ts';
import type { StepWork } from './progress.ts';
import type { Sink, Source } from './source.ts';
import { paddedFrame, planTiles, type Tile } from './tiles.ts';

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

/** Tiles and arithmetic of a step before it starts. */
export function planStep(job: Omit<StepJob, 'work' | 'view' | 'index'>): StepWork & { readonly tiles: number } {
  const first = job.backends[0];
  if (!first) return { macs: 0, parts: 0, tiles: 0 };
  const budget = job.budgetFor(first);
  const pipeline = pipelineOf(job, () => decoderPixels(job.model.manifest, budget, job.step.quality));
  const tiles = tilesOf(job, budget);
  return {
    macs: tiles.reduce((sum, tile) => sum + pipeline.macs(tile), 0),
    parts: tiles.reduce((sum, tile) => sum + pipeline.parts(tile), 0),
    tiles: tiles.length,
  };
}

type Plannable = Pick<StepJob, 'model' | 'step' | 'source' | 'sink' | 'output'>;

export function pipelineOf({ model, step, source, sink, output }: Plannable, pixels: () => number): PipelineRun {
  const { manifest } = model;
  const frame = paddedFrame(source.size, manifest.multiple);
  const context = { manifest, step, source, sink, output, frame, decoderPixels: pixels };
  return manifest.pipeline === 'liif' ? liifRun(context) : imageToImageRun(context);
}

export function tilesOf({ model, source }: Plannable, budget: Budget): Tile[] {
  const { manifest } = model;
  return planTiles(
    paddedFrame(source.size, manifest.multiple),
    sideFor(manifest, budget),
    manifest.halo,
    manifest.multiple,
  );
}

export function sideFor(manifest: Manifest, budget: Budget): number {
  const side = windowSide(manifest, budget);
  if (side === null)
    throw new LimpidError('out-of-memory', `${manifest.name} needs more memory for its smallest tile than there is.`);
  return side;
}
