import type { LoadableModel } from '../../contract/inference-api.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { Size } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import type { RunRequest, Step, WeightsReport } from '../../contract/run.ts';
import { manifestOn } from '../../contract/run-manifest.ts';
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
  /** Part of the picture that is on screen now, the same object as long as it has not moved; its tiles come first. */
  readonly view: () => RunRequest['view'];
  readonly work: StepWork;
}

/** Tiles and arithmetic of a step before it starts. */
export function planStep(job: Omit<StepJob, 'work' | 'view' | 'index'>): StepWork & { readonly tiles: number } {
  const first = job.backends[0];
  if (!first) return { macs: 0, parts: 0, tiles: 0 };
  const budget = job.budgetFor(first);
  const manifest = manifestOn(first.name, job.model.manifest);
  const pipeline = pipelineOf(job, manifest, () => decoderPixels(manifest, budget, job.step.quality));
  const tiles = tilesOf(job, manifest, budget);
  return {
    macs: tiles.reduce((sum, tile) => sum + pipeline.macs(tile), 0),
    parts: tiles.reduce((sum, tile) => sum + pipeline.parts(tile), 0),
    tiles: tiles.length,
  };
}

type Plannable = Pick<StepJob, 'step' | 'source' | 'sink' | 'output'>;

/** `manifest`: that of the graph as the backend at work runs it; `pixels`: how many the decoder may answer in one call. */
export function pipelineOf(
  { step, source, sink, output }: Plannable,
  manifest: Manifest,
  pixels: () => number,
): PipelineRun {
  const frame = paddedFrame(source.size, manifest.multiple);
  const context = { manifest, step, source, sink, output, frame, decoderPixels: pixels };
  return manifest.pipeline === 'liif' ? liifRun(context) : imageToImageRun(context);
}

export function tilesOf({ source }: Pick<StepJob, 'source'>, manifest: Manifest, budget: Budget): Tile[] {
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
