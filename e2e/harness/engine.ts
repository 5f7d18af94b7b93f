import type { ModelId } from '../../contract/models.ts';
import type { PictureInfo } from '../../contract/picture.ts';
import type { Failure, Result } from '../../contract/result.ts';
import type { BackendWish, RunProgress, RunReport } from '../../contract/run.ts';
import type { ImportedWeights, Layer } from '../../contract/worker-api.ts';
import { EngineClient } from '../../src/engine/client.ts';
import {
  FAULT_CHANNEL,
  FAULT_LOCK,
  type FaultMessage,
  type InferenceCall,
  type InferenceFault,
  type RestorationFault,
} from '../../workers/faults.ts';

/** The page's engine without the page's face: real workers, driven by specs, with a director of faults beside it. */
export interface Planned {
  readonly call: InferenceCall;
  readonly backend?: string;
  readonly fault: InferenceFault;
  /** Calls of that kind to let pass first. */
  readonly after?: number;
  /** How often it happens; once unless told. */
  readonly times?: number;
}

export interface RunOrder {
  readonly picture: string;
  readonly model?: ModelId;
  readonly scale?: number;
  readonly backend?: BackendWish;
  /** Cancels when this phase is told for the first time. */
  readonly cancelAt?: RunProgress['phase'];
}

export interface RunOutcome {
  readonly report: RunReport | null;
  readonly error: Failure | null;
  readonly progress: readonly RunProgress[];
}

const engine = new EngineClient();
const channel = new BroadcastChannel(FAULT_CHANNEL);
let planned: (Planned & { passed: number; met: number })[] = [];
/** Calls of inference workers since the last `direct`, for tests that count them. */
let calls: { call: InferenceCall; backend: string }[] = [];

function faultFor(call: InferenceCall, backend: string): InferenceFault | null {
  for (const plan of planned) {
    if (plan.call !== call || (plan.backend ?? backend) !== backend || plan.met >= (plan.times ?? 1)) continue;
    plan.passed += 1;
    if (plan.passed <= (plan.after ?? 0)) continue;
    plan.met += 1;
    return plan.fault;
  }
  return null;
}

channel.addEventListener('message', ({ data }: MessageEvent<FaultMessage>) => {
  if (!('ask' in data)) return;
  calls.push({ call: data.call, backend: data.backend });
  channel.postMessage({ answer: data.ask, fault: faultFor(data.call, data.backend) });
});

/** Plans faults; asks of inference workers are answered from now on. */
function direct(plans: readonly Planned[]): void {
  planned = plans.map((plan) => ({ ...plan, passed: 0, met: 0 }));
  calls = [];
}

const told = (message: RestorationFault): void => channel.postMessage(message);

/** A drawn picture: a ramp, a disc and a line. */
async function draw(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  const ramp = context.createLinearGradient(0, 0, width, height);
  ramp.addColorStop(0, '#204080');
  ramp.addColorStop(1, '#f0d0a0');
  context.fillStyle = ramp;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#c02020';
  context.beginPath();
  context.arc(width / 2, height / 2, Math.min(width, height) / 4, 0, 7);
  context.fill();
  context.fillRect(0, height / 2, width, 1);
  return canvas.convertToBlob({ type: 'image/png' });
}

async function open(id: string, width: number, height: number): Promise<Result<PictureInfo>> {
  return engine.open(id, await draw(width, height), `${id}.png`);
}

async function run(order: RunOrder): Promise<RunOutcome> {
  const { picture, model = 'liif-edsr', scale = model.startsWith('liif') ? 2 : 1, backend = 'wasm', cancelAt } = order;
  const progress: RunProgress[] = [];
  const job = crypto.randomUUID();
  const stopping: Promise<void>[] = [];
  const result = await engine.run(
    job,
    { picture, recipe: [{ model, scale, quality: 'best' }], backend },
    {
      onProgress: (step) => {
        progress.push(step);
        if (step.phase === cancelAt && stopping.length === 0) stopping.push(engine.cancel(job));
      },
      onTile: () => undefined,
    },
  );
  await Promise.all(stopping);
  return result.ok ? { report: result.value, error: null, progress } : { report: null, error: result.error, progress };
}

/** Pixels (RGBA) of the first display tile of a layer of this size, or why there are none. */
async function pixels(picture: string, layer: Layer, width: number, height: number): Promise<number[] | Failure> {
  const result = await engine.tile({ picture, layer, level: 0, column: 0, row: 0, width, height });
  if (!result.ok) return result.error;
  const bitmap = result.value;
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  bitmap.close();
  return Array.from(data);
}

async function importWeights(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Result<ImportedWeights>> {
  return engine.importWeights(new Blob([bytes]), name);
}

const api = {
  direct,
  told,
  open,
  run,
  pixels,
  importWeights,
  plan: (picture: string, backend: BackendWish) =>
    engine.plan({ picture, recipe: [{ model: 'liif-edsr', scale: 2, quality: 'best' }], backend }),
  models: () => engine.models(),
  encode: async (picture: string) => {
    const result = await engine.encode(picture, { format: 'png', keepLocation: false });
    return result.ok ? result.value.blob.size : result.error;
  },
  close: (picture: string) => engine.close(picture),
  calls: () => calls,
};
export type EnginePage = typeof api;
Object.assign(globalThis, { limpid: api });
// Held for the page's life.
void navigator.locks.request(FAULT_LOCK, { mode: 'shared' }, () => new Promise(() => undefined));
