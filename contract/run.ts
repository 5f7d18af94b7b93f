import type { ModelId, Quality, Task } from './models.ts';
import type { PictureId, Size } from './picture.ts';

/** One network applied once. `scale` is 1 for deblurring. */
export interface Step {
  readonly model: ModelId;
  readonly scale: number;
  readonly quality: Quality;
}

/** One step, or a deblurring step and then an enlarging one. */
export type Recipe = readonly [Step] | readonly [Step, Step];

export type BackendName = 'webgpu' | 'wasm-threads' | 'wasm';
/** What the page and the command line call it; a report's `device` tells how many threads. */
export const BACKEND_NAMES: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  'wasm-threads': 'WASM',
  wasm: 'WASM',
};

export const BACKEND_WISHES = ['auto', 'webgpu', 'wasm'] as const;
export type BackendWish = (typeof BACKEND_WISHES)[number];

export interface RunRequest {
  readonly picture: PictureId;
  readonly recipe: Recipe;
  readonly backend: BackendWish;
  /** Which weights the person was told of, by model (ModelState.chosen): where others are chosen by now it is refused. */
  readonly weights?: Readonly<Partial<Record<ModelId, string>>>;
  /** Part of the picture that is on screen, as fractions 0..1 of its sides: its tiles come first. */
  readonly view?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** What a run will take, told before it starts. */
export interface RunPlan {
  readonly output: Size;
  /** Tiles as StepReport counts them; of the step that needs most. */
  readonly tiles: number;
  /** Multiply-accumulates, halo included. */
  readonly macs: number;
  /** Bytes of memory at the peak, estimated. */
  readonly memory: number;
  /** Seconds, from this device's own measured speed; null before anything was measured on it. */
  readonly seconds: number | null;
  readonly backend: BackendName;
}

/** The backend that ran, and why it is not the best one when it is not. */
export interface BackendReport {
  readonly name: BackendName;
  /** Adapter description on WebGPU, "4 threads" or "1 thread" on WASM. */
  readonly device: string;
  /** One sentence, or null when this is the best backend there is. */
  readonly reason: string | null;
  /** Largest difference from the golden answer, 0..1. */
  readonly proof: number;
}

export interface WeightsReport {
  /** "limpid" or the id of an imported file. */
  readonly id: string;
  /** E.g. "Limpid's weights" or "edsr-baseline-liif.pth". */
  readonly name: string;
  /** "limpid": trained by this project. "authors": a known file of the authors, by SHA-256. "imported": any other file. */
  readonly owner: 'limpid' | 'authors' | 'imported';
  readonly sha256: string;
}

export interface StepReport {
  readonly model: ModelId;
  readonly modelName: string;
  /** The network that ran: a model may accept more than one (Manifest.accepts). */
  readonly network: string;
  readonly task: Task;
  readonly scale: number;
  readonly quality: Quality;
  readonly input: Size;
  readonly output: Size;
  /** Tiles of the input grid that were worked on, their longest core side and the halo around them in input pixels. */
  readonly tiles: number;
  readonly tileSide: number;
  readonly halo: number;
  /** Rows and columns added on the right and bottom to reach the model's multiple. */
  readonly padding: { readonly right: number; readonly bottom: number };
  readonly backend: BackendReport;
  readonly weights: WeightsReport;
  readonly seconds: number;
  readonly macs: number;
}

/** What was measured on the result itself. */
export interface RunMeasure {
  /** PSNR in dB between the input and the result shrunk back (bicubic with antialiasing); enlarging only. Infinity when equal. */
  readonly backProjectionDb: number | null;
  /** Share of pixels, 0..1, that differ by more than 2/255 in any channel from the reference (input, or its bicubic enlargement). */
  readonly changedShare: number;
  /** Mean and largest absolute difference from that reference, 0..1. */
  readonly meanChange: number;
  readonly maxChange: number;
  readonly reference: 'input' | 'bicubic';
}

export interface RunReport {
  readonly picture: PictureId;
  readonly input: Size;
  readonly output: Size;
  readonly steps: readonly StepReport[];
  readonly seconds: number;
  /** Of those, seconds spent loading and proving models. */
  readonly loadSeconds: number;
  readonly measure: RunMeasure;
  /** Faults that were survived, one sentence each ("The GPU was lost after 12 of 40 tiles; the rest ran on WASM."). */
  readonly events: readonly string[];
  readonly version: string;
  /** ISO 8601. */
  readonly finishedAt: string;
}

export type RunPhase = 'loading' | 'proving' | 'restoring' | 'finishing';

export interface RunProgress {
  readonly phase: RunPhase;
  readonly step: number;
  readonly steps: number;
  readonly model: ModelId;
  /** Bytes while loading; while restoring, parts of the step's result: each tile arrives in one or more. */
  readonly done: number;
  readonly total: number;
  /** 0..1 over the whole run, never falling. */
  readonly fraction: number;
  readonly secondsLeft: number | null;
  readonly backend: BackendName | null;
}
