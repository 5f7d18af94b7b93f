import type { ImportedWeights } from '../../contract/worker-api.ts';
import { attempt, type Result } from '../../contract/result.ts';
import { decodePicture } from '../../workers/picture/decode.ts';
import { createStore } from '../../workers/picture/store.ts';
import { startBudget } from '../../workers/restoration/budget.ts';
import { HostPool } from '../../workers/restoration/host-pool.ts';
import { ModelShelf } from '../../workers/restoration/model-shelf.ts';
import { ProgressMeter } from '../../workers/restoration/progress.ts';
import { outputSize } from '../../contract/size.ts';
import { floatBetween, storeSource } from '../../workers/restoration/source.ts';
import { planStep } from '../../workers/restoration/step-plan.ts';
import { runStep } from '../../workers/restoration/step.ts';

const fetchBlob = async (url: string): Promise<Blob> => (await fetch(url)).blob();

/** Imports a checkpoint file as the page does; the failure as data. */
export async function importFile(base: string, url: string, name: string): Promise<Result<ImportedWeights>> {
  return attempt(async () => new ModelShelf(base).importWeights(await fetchBlob(url), name));
}

export interface Comparison {
  /** Largest difference from PyTorch's answer, both clamped to 0..1. */
  readonly largest: number;
  readonly weights: string;
  /** The network that the report names. */
  readonly network: string;
  /** Standard deviation of the answer's difference from a flat picture: a comparison of two blanks proves nothing. */
  readonly spread: number;
}

/** Restores `picture` with the weights chosen for `model`, in float, and compares it with a raw float32 answer. */
export async function compareWithAnswer(
  base: string,
  model: ImportedWeights['model'],
  scale: number,
  picture: string,
  answer: string,
): Promise<Comparison> {
  const shelf = new ModelShelf(base);
  const { pixels } = await decodePicture(await fetchBlob(picture), 'input.png');
  const expected = new Float32Array(await (await fetchBlob(answer)).arrayBuffer());
  const output = outputSize(pixels, scale);
  const { source, sink } = floatBetween(createStore(output.width, output.height, 8, 'srgb'), false);
  const chosen = await shelf.stepModel(model);
  const step = { model, scale, quality: 'best' as const };
  const backends = [{ name: 'wasm-threads' as const, device: '', reason: null }];
  const budgetFor = (): ReturnType<typeof startBudget> => startBudget('wasm-threads');
  const job = {
    index: 0,
    step,
    model: chosen,
    source: storeSource(pixels, false),
    sink,
    output,
    backends,
    budgetFor,
    view: () => undefined,
  };
  const work = planStep(job);
  const pool = new HostPool();
  let network = '';
  try {
    const meter = new ProgressMeter([work], () => undefined);
    const signal = AbortSignal.timeout(200_000);
    const { report } = await runStep({ ...job, work }, { pool, meter, signal, events: [], onPart: () => undefined });
    network = report.network;
  } finally {
    pool.end();
  }
  const { data } = source.colour({ x: 0, y: 0, ...output });
  if (data.length !== expected.length) throw new Error(`${data.length} samples against ${expected.length}`);
  let largest = 0;
  let sum = 0;
  let squares = 0;
  for (const [i, value] of expected.entries()) {
    const known = Math.min(1, Math.max(0, value));
    const difference = Math.abs((data[i] ?? NaN) - known);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
    sum += known;
    squares += known * known;
  }
  const mean = sum / expected.length;
  return { largest, weights: chosen.weights.id, network, spread: Math.sqrt(squares / expected.length - mean * mean) };
}
