import type { Manifest, NetworkId } from './manifest.ts';
import type { ModelId } from './models.ts';
import type { EncodeOptions, EncodedPicture, PictureId, PictureInfo, Rect } from './picture.ts';
import type { Result } from './result.ts';
import type { BackendName, RunPlan, RunProgress, RunReport, RunRequest, WeightsReport } from './run.ts';

/** Side of a display tile in pixels. */
export const VIEW_TILE = 512;

/** `before`: the input; shown under an enlarged result it is the plain bicubic resize at the result's size. `change`: heat map. */
export type Layer = 'before' | 'after' | 'change';

/**
 * A square of a layer for the screen. Level 0 is the result's own pixels (the input's before a run); each level halves
 * both sides. `width` and `height` tell for `before` which size level 0 has: the input's, or the result's.
 */
export interface ViewTileRequest {
  readonly picture: PictureId;
  readonly layer: Layer;
  readonly level: number;
  readonly column: number;
  readonly row: number;
  /** Size of level 0 in pixels; for `before` the worker resizes the input to it. */
  readonly width: number;
  readonly height: number;
}

/** Worker events of one run go through one named delegate, passed with comlink's `proxy`. */
export interface RunDelegate {
  onProgress(progress: RunProgress): void;
  /** A part of the `after` layer has new pixels (output coordinates). */
  onTile(rect: Rect, output: { width: number; height: number }): void;
}

export interface Capabilities {
  readonly backend: BackendName;
  readonly device: string;
  /** Why it is not WebGPU (or not threaded), one sentence; null when it is the best. */
  readonly reason: string | null;
  readonly crossOriginIsolated: boolean;
  readonly threads: number;
  /** WebAssembly.Suspending exists. */
  readonly jspi: boolean;
}

export interface ModelState {
  readonly manifest: Manifest;
  /** Bytes to download before the first run; 0 when everything is on this device. */
  readonly download: number;
  readonly weights: readonly ImportedWeights[];
  /** Which weights the next run uses: "limpid" or an imported id. */
  readonly chosen: string;
}

export interface ImportedWeights extends WeightsReport {
  readonly model: ModelId;
  readonly network: NetworkId;
  readonly importedAt: string;
  readonly bytes: number;
}

/** Weights that were imported just now. */
export interface NewImport extends ImportedWeights {
  /** False where the browser gives no storage (some private windows): they go with the worker. */
  readonly lasting: boolean;
}

/** Everything the page may ask of the restoration worker. No call throws: failures come back as data. */
export interface RestorationApi {
  capabilities(): Promise<Result<Capabilities>>;
  models(): Promise<Result<readonly ModelState[]>>;

  open(id: PictureId, file: Blob, name: string): Promise<Result<PictureInfo>>;
  close(id: PictureId): Promise<void>;

  plan(request: RunRequest): Promise<Result<RunPlan>>;
  run(job: string, request: RunRequest, delegate: RunDelegate): Promise<Result<RunReport>>;
  /** Tells a run what is on screen now: of the tiles not begun those come first. Nothing where it has ended. */
  look(job: string, view: NonNullable<RunRequest['view']>): Promise<void>;
  /** Resolves when the arithmetic has stopped; the run itself ends with code `cancelled`. */
  cancel(job: string): Promise<void>;

  /** One display tile; level 0 is 1:1. Edge tiles are smaller than VIEW_TILE. The bitmap is transferred. */
  tile(request: ViewTileRequest): Promise<Result<ImageBitmap>>;
  encode(id: PictureId, options: EncodeOptions): Promise<Result<EncodedPicture>>;

  importWeights(file: Blob, name: string): Promise<Result<NewImport>>;
  chooseWeights(model: ModelId, id: string): Promise<Result<null>>;
  removeWeights(id: string): Promise<Result<null>>;
  /** Takes away stored imports that cannot be used any more: one sentence for each. */
  sweepWeights(): Promise<Result<readonly string[]>>;
}
