import type { Planar } from '../../contract/inference-api.ts';
import type { ModelId, Quality } from '../../contract/models.ts';
import type { BackendName } from '../../contract/run.ts';
import { Catalogue } from '../../workers/models/catalogue.ts';
import { createStore, type PixelStore } from '../../workers/picture/store.ts';
import { startBudget, type Budget } from '../../workers/restoration/budget.ts';
import { HostPool } from '../../workers/restoration/host-pool.ts';
import { ProgressMeter } from '../../workers/restoration/progress.ts';
import { manifestOn } from '../../contract/run-manifest.ts';
import { outputSize } from '../../contract/size.ts';
import { floatBetween, storeSource } from '../../workers/restoration/source.ts';
import { planStep } from '../../workers/restoration/step-plan.ts';
import { runStep } from '../../workers/restoration/step.ts';

/** A drawn picture with edges, gradients and fine lines, seeded. */
export function drawPicture(width: number, height: number, seed: number): PixelStore {
  const store = createStore(width, height, 8, 'srgb');
  let state = seed;
  const random = (): number => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
  const discs = Array.from(
    { length: 12 },
    () => [random() * width, random() * height, random() * 30 + 3, random() * 255] as const,
  );
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const disc = discs.find(([cx, cy, r]) => Math.hypot(x - cx, y - cy) < r);
      store.data[at] = disc ? disc[3] : (255 * x) / width;
      store.data[at + 1] = (x * 3 + y * 5) % 23 < 2 ? 20 : 200 - (150 * y) / height;
      store.data[at + 2] = disc ? 255 - disc[3] : 128 + random() * 20;
      store.data[at + 3] = 255;
    }
  }
  return store;
}

/** One for all calls: a model that is asked for again is not loaded again. */
const pool = new HostPool();

export interface Request {
  readonly base: string;
  readonly model: ModelId;
  readonly backend: BackendName;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly quality: Quality;
  /** Longest window side; the whole picture in one window when absent. */
  readonly side?: number;
}

/** One step over a drawn picture through the engine's own code, in float; for tiles.spec.ts and the like. */
export async function restoreDrawn(request: Request): Promise<{ tiles: number; result: Planar }> {
  const { base, model: id, backend, width, height, scale, quality } = request;
  const catalogue = new Catalogue(base);
  const manifest = await catalogue.manifest(id);
  const input = drawPicture(width, height, 7);
  const output = outputSize(input, scale);
  const { source, sink } = floatBetween(createStore(output.width, output.height, 8, 'srgb'), false);
  const budgetFor = (): Budget => {
    if (request.side === undefined) return { ...startBudget(backend), bytes: 1e10, macs: 1e15 };
    const pixels = request.side ** 2;
    const { compute } = manifestOn(backend, manifest);
    return { bytes: pixels * compute.bytesPerInputPixel, macs: pixels * compute.macPerInputPixel };
  };
  const step = { model: id, scale, quality };
  const weights = { id: 'limpid', name: '', owner: 'limpid' as const, sha256: manifest.weights.sha256 };
  const model = {
    shown: manifest,
    manifest,
    weights,
    load: (signal: AbortSignal) =>
      catalogue.load(
        manifest,
        null,
        signal,
        () => undefined,
        () => undefined,
      ),
  };
  const backends = [{ name: backend, device: '', reason: null }];
  const job = {
    index: 0,
    step,
    model,
    source: storeSource(input, false),
    sink,
    output,
    backends,
    budgetFor,
    view: () => undefined,
  };
  const work = planStep(job);
  const events: string[] = [];
  const meter = new ProgressMeter([work], () => undefined);
  const signal = AbortSignal.timeout(280_000);
  const outcome = await runStep({ ...job, work }, { pool, meter, signal, events, onPart: () => undefined });
  if (events.length > 0) throw new Error(events.join(' '));
  return { tiles: outcome.report.tiles, result: source.colour({ x: 0, y: 0, ...output }) };
}

const kept = new Map<string, Planar>();

/** Restores and keeps the result in the worker under a name: whole pictures are slow to carry out of the browser. */
export async function keepRestored(
  name: string,
  request: Request,
): Promise<{ tiles: number; finite: boolean; size: readonly [number, number] }> {
  const { tiles, result } = await restoreDrawn(request);
  kept.set(name, result);
  return { tiles, finite: result.data.every(Number.isFinite), size: [result.width, result.height] };
}

/** Largest difference between two kept results, and their PSNR in dB (0..1). */
export function compareKept(a: string, b: string): { largest: number; psnr: number } {
  const one = kept.get(a);
  const two = kept.get(b);
  if (!one || !two || one.data.length !== two.data.length) throw new Error(`${a} and ${b} cannot be compared`);
  let largest = 0;
  let squares = 0;
  for (let i = 0; i < one.data.length; i += 1) {
    const difference = Math.abs((one.data[i] ?? NaN) - (two.data[i] ?? NaN));
    largest = Math.max(largest, difference);
    squares += difference ** 2;
  }
  return { largest, psnr: -10 * Math.log10(squares / one.data.length + 1e-20) };
}
