import type { Manifest } from '../../contract/manifest.ts';
import type { PictureInfo } from '../../contract/picture.ts';
import type { RunPlan, RunReport, Step } from '../../contract/run.ts';
import type { ImportedWeights } from '../../contract/worker-api.ts';

/** What the parts of an answer are made from, once it is settled what is spoken of. */
export interface Subject {
  readonly models: readonly Manifest[];
  /** Imported files that the next run uses in place of Limpid's weights, at most one a model. */
  readonly weights: readonly ImportedWeights[];
  /** The steps spoken of: those set on the page, or those that a question names. */
  readonly steps: readonly Step[];
  /** The steps as set on the page; empty when nobody has set any. */
  readonly planned: readonly Step[];
  readonly picture: PictureInfo | null;
  /** What a run of the planned steps will take, as the page estimates it; null where it does not know. */
  readonly estimate: RunPlan | null;
  /** The run of exactly these steps on this picture, or null. */
  readonly report: RunReport | null;
  /** A run whose result is on screen but which used other settings. */
  readonly stale: RunReport | null;
}
