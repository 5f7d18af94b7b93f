import type { Manifest } from '../../contract/manifest.ts';
import type { PictureInfo } from '../../contract/picture.ts';
import type { RunReport, Step } from '../../contract/run.ts';

/** What the parts of an answer are made from, once it is settled what is spoken of. */
export interface Subject {
  readonly models: readonly Manifest[];
  readonly steps: readonly Step[];
  /** False when the steps were picked from a question's words and nobody has set them. */
  readonly chosen: boolean;
  readonly picture: PictureInfo | null;
  /** The run of exactly these steps on this picture, or null. */
  readonly report: RunReport | null;
  /** A run whose result is on screen but which used other settings. */
  readonly stale: RunReport | null;
}
