import type { Manifest, Score } from '../../../contract/manifest.ts';
import type { Task } from '../../../contract/models.ts';

/** A model's first score against the truth, which is the one that tells how much better its result is than the input. */
export const gainScore = ({ scores }: Manifest): Score | null =>
  scores.find(({ against }) => against === 'truth') ?? null;

const gain = (manifest: Manifest): number => {
  const score = gainScore(manifest);
  return score === null ? Number.NEGATIVE_INFINITY : score.value - score.baseline;
};

/**
 * The model of a task whose weights measured best, by Limpid's own scores; of equals the one with the least arithmetic, so
 * that a copy of a smaller model never stands before it. Null when there is none.
 */
export function bestModel(task: Task, models: readonly Manifest[]): Manifest | null {
  const ranked = models
    .filter((manifest) => manifest.task === task)
    .toSorted((a, b) => gain(b) - gain(a) || a.compute.macPerInputPixel - b.compute.macPerInputPixel);
  return ranked[0] ?? null;
}
