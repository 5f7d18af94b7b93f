import type { RestorationApi } from './worker-api.ts';

/** What the engine tells a new restoration worker before anything else. */
export interface StartOptions {
  /** The page's own address; models are read from `models/` below it. */
  readonly base: string;
  readonly version: string;
}

/**
 * A worker cannot draw an SVG: the page does, with scripts and outside references taken out by the worker first. Returns
 * PNG bytes of the picture at the given size.
 */
export type RasteriseSvg = (svg: string, width: number, height: number) => Promise<Blob>;

/** The worker as the engine client sees it; the page sees RestorationApi only. */
export interface RestorationWorker extends RestorationApi {
  start(options: StartOptions, rasteriseSvg: RasteriseSvg): Promise<void>;
}
