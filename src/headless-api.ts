import type { EncodeOptions, OutputFormat, PictureInfo } from '../contract/picture.ts';
import type { Result } from '../contract/result.ts';
import type { BackendWish, Recipe, RunProgress, RunReport } from '../contract/run.ts';
import type { ImportedWeights } from '../contract/worker-api.ts';

/** What headless.html offers to the command line's driver as `window.limpid`. */
export interface HeadlessApi {
  /** Whether this browser writes a format; asked before any work is done. */
  canWrite(format: OutputFormat): Promise<boolean>;
  /** Reads the checkpoint in the page's file input and chooses it for the model that it fits. */
  importWeights(): Promise<Result<ImportedWeights>>;
  /** Opens the picture in the page's file input, restores it and keeps the result for `save`. */
  restore(request: HeadlessRequest): Promise<Result<HeadlessResult>>;
  /** Encodes the result and starts its download; the name is the suggested one. */
  save(options: EncodeOptions): Promise<Result<{ readonly name: string; readonly notes: readonly string[] }>>;
  /** Forgets the picture and its result. */
  close(): Promise<void>;
}

export interface HeadlessRequest {
  readonly recipe: Recipe;
  readonly backend: BackendWish;
}

export interface HeadlessResult {
  readonly info: PictureInfo;
  readonly report: RunReport;
}

declare global {
  interface Window {
    /** On headless.html only. */
    limpid: HeadlessApi;
    /** Given by the driver; told about progress. */
    limpidProgress?: (progress: RunProgress) => Promise<void>;
  }
}
