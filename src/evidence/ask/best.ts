import type { Manifest, Score } from '../../../contract/manifest.ts';
import type { Task } from '../../../contract/models.ts';
import { decibels } from '../format.ts';
import { CLOSE_DB } from '../practice.ts';
import { project, state } from '../types.ts';
import type { Statement } from '../types.ts';

/** A model's first score against the truth, which is the one that tells how much better its result is than the input. */
export const gainScore = ({ scores }: Manifest): Score | null =>
  scores.find(({ against }) => against === 'truth') ?? null;

/** Gain over the baseline in dB; of a model without a score, less than any. */
const gain = (manifest: Manifest): number => {
  const score = gainScore(manifest);
  return score === null ? Number.NEGATIVE_INFINITY : score.value - score.baseline;
};

/** Those of a task whose gain is as good as the largest, within `CLOSE_DB`; the one with the least arithmetic first. */
function leaders(task: Task, models: readonly Manifest[]): readonly Manifest[] {
  const candidates = models.filter((manifest) => manifest.task === task);
  const most = Math.max(...candidates.map(gain));
  return candidates
    .filter((manifest) => gain(manifest) === most || most - gain(manifest) < CLOSE_DB)
    .toSorted((a, b) => a.compute.macPerInputPixel - b.compute.macPerInputPixel || gain(b) - gain(a));
}

/**
 * The model of a task whose weights measured best, by Limpid's own scores; of those that the few pictures cannot tell
 * apart the one with the least arithmetic, so that a copy of a smaller model never stands before it. Null when there is none.
 */
export const bestModel = (task: Task, models: readonly Manifest[]): Manifest | null => leaders(task, models)[0] ?? null;

/** That the first choice of a task has equals whose scores are not the same. */
export const closeLeaders = (task: Task, models: readonly Manifest[]): readonly Statement[] =>
  closeWords(leaders(task, models));

/** That the gains of some models lie too near to tell them apart; empty where they do not, or are the very same. */
export function closeWords(models: readonly Manifest[]): readonly Statement[] {
  const [first] = models;
  const set = first === undefined ? undefined : gainScore(first)?.set;
  // A copy has the score of its original, and different sets cannot be compared.
  const told = models.filter(
    (one, index) => gainScore(one)?.set === set && models.findIndex((other) => gain(other) === gain(one)) === index,
  );
  const gains = told.map(gain);
  const apart = Math.max(...gains) - Math.min(...gains);
  if (set === undefined || told.length < 2 || apart >= CLOSE_DB) return [];
  const [one = '', ...others] = told.map(({ name }) => name);
  return [
    state({
      id: `own-close-${told.map(({ id }) => id).join('-')}`,
      kind: 'reasoned',
      text: `The gains of Limpid’s weights for ${one} and ${others.join(' and ')} lie ${decibels(apart)} apart, too near to tell the models apart over so few pictures.`,
      citations: [
        project(`manifest of ${one}, scores`),
        ...others.map((name) => project(`manifest of ${name}, scores`)),
      ],
    }),
  ];
}
