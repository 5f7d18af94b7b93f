import type { ModelId } from '../../../contract/models.ts';
import { CLAIMS } from '../claims/index.ts';
import { theStory } from '../models.ts';
import { PAGE_FACTS } from '../page.ts';
import { copyOf } from '../passages.ts';
import { fewPictures, ownWeights, scoreOf } from '../project.ts';
import { estimateEvidence, notRunYet } from '../run.ts';
import { seamEvidence } from '../seam.ts';
import type { Subject } from '../subject.ts';
import { ownEffort, ownLicences, ownRemark } from '../training.ts';
import { state, thisRun, project } from '../types.ts';
import type { Statement } from '../types.ts';
import { chosenWeights, fileWords, nameWords, ownManifest } from '../weights.ts';
import { authorsOf } from './authors.ts';
import { closeLeaders, gainScore } from './best.ts';
import { runOf } from './premises.ts';

type Says = (subject: Subject) => readonly Statement[];

/** Sentences by the models spoken of, where Limpid's own weights run; of imported files it has no record. */
const ofOwn =
  (say: (manifest: Subject['models'][number], subject: Subject) => readonly Statement[]): Says =>
  (subject) =>
    subject.steps.flatMap(({ model }) => ownManifest(subject, model)).flatMap((manifest) => say(manifest, subject));

/** What an outright answer may name beside sentences of the run, the plan, the page and the papers. */
const NAMED: ReadonlyMap<string, Says> = new Map<string, Says>([
  ['own-effort', ofOwn((manifest, { models }) => [ownEffort(manifest, models)])],
  ['own-licences', licencesOf],
  ['own-remark', ofOwn(ownRemark)],
  ['own-weights', ofOwn((manifest) => [ownWeights(manifest)])],
  // Of imported files nobody knows what they have seen.
  [
    'own-sets',
    (subject) =>
      spokenOf(subject).some((model) => ownManifest(subject, model).length > 0)
        ? PAGE_FACTS.map(({ statement }) => statement).filter(({ id }) => id === 'page-sets')
        : [],
  ],
  ['own-name', (subject) => spokenOf(subject).flatMap((model) => nameWords(subject, model))],
  ['own-few', ofOwn((manifest) => [fewPictures(manifest)])],
  [
    'own-score',
    ofOwn((manifest) => {
      const score = gainScore(manifest);
      return score === null ? [] : [scoreOf(manifest, score, manifest.scores.indexOf(score))];
    }),
  ],
  [
    'written',
    ({ steps, models }) => [
      ...authorsOf(steps.map(({ model }) => model)),
      ...steps.flatMap(({ model }) => theStory(model, models).unread ?? []),
    ],
  ],
  [
    'even',
    ({ models, steps }) => {
      const tasks = steps.map(({ model }) => theStory(model, models).task);
      return (['deblur', 'enlarge'] as const)
        .filter((task) => tasks.length === 0 || tasks.includes(task))
        .flatMap((task) => closeLeaders(task, models));
    },
  ],
  [
    'seam',
    (subject) =>
      spokenOf(subject)
        .flatMap((model) => seamEvidence(subject, model))
        .map(({ statement }) => statement),
  ],
  ['own-copy', (subject) => spokenOf(subject).flatMap((model) => copyOf(subject, model))],
  ['weights-sha', shaOf],
]);

/** The sentences of one id; empty where nothing can be said. */
export function sayable(id: string, subject: Subject): readonly Statement[] {
  const named = NAMED.get(id);
  if (named !== undefined) return named(subject);
  if (id.startsWith('run-')) return runOf(subject, id);
  if (/^[A-Z]\d/u.test(id)) return claimOf(id, subject);
  const plan = subject.report === null ? planOf(subject) : [];
  const facts = PAGE_FACTS.map(({ statement }) => statement);
  return [...plan, ...facts].filter((statement) => statement.id === id);
}

/** The models spoken of; all of them where none is. */
function spokenOf({ steps, models }: Subject): readonly ModelId[] {
  return steps.length > 0 ? steps.map(({ model }) => model) : models.map(({ id }) => id);
}

/** Licences of the training pictures, those of equal counts once: of the models spoken of, else of all. */
function licencesOf(subject: Subject): readonly Statement[] {
  const told = spokenOf(subject)
    .flatMap((id) => ownManifest(subject, id))
    .flatMap(ownLicences);
  return told.filter(({ text }, index) => told.findIndex((other) => other.text === text) === index);
}

/** A claim, where it holds for a model spoken of; of none, for any. */
const claimOf = (id: string, { steps }: Subject): readonly Statement[] =>
  CLAIMS.filter(
    ({ statement, models }) =>
      statement.id === id && (steps.length === 0 || steps.some(({ model }) => models.includes(model))),
  ).map(({ statement }) => statement);

/** The page's estimate, or that nothing has run, when there is something set to run. */
function planOf({ planned, estimate }: Subject): readonly Statement[] {
  if (planned.length === 0) return [];
  const known = estimateEvidence(estimate).map(({ statement }) => statement);
  return known.length > 0 ? known : [notRunYet(false).statement];
}

/** Version and weights of the result on screen; before a run, the weights that are set to run. */
function shaOf(subject: Subject): readonly Statement[] {
  const { report, steps } = subject;
  const ran = report?.steps.filter(({ model }) => steps.some((step) => step.model === model)) ?? [];
  if (report !== null && ran.length > 0) {
    return ran.map(({ model, modelName, weights }) =>
      state({
        id: `run-cite-${model}`,
        kind: 'run',
        text: `This result was made by Limpid ${report.version}, ${modelName}, with ${weights.owner === 'limpid' ? 'Limpid’s own weights' : fileWords(weights)} (SHA-256 ${weights.sha256.slice(0, 12)}…).`,
        citations: [thisRun(`version, and weights SHA-256 ${weights.sha256}`)],
      }),
    );
  }
  return steps.flatMap(({ model }) => [
    ...chosenWeights(subject, model).map(({ statement }) => statement),
    ...ownManifest(subject, model).map(({ name, weights }) =>
      state({
        id: `own-sha-${model}`,
        kind: 'project',
        text: `Limpid’s own weights for ${name} have the SHA-256 ${weights.sha256.slice(0, 12)}….`,
        citations: [project(`manifest of ${name}, weights, SHA-256 ${weights.sha256}`)],
      }),
    ),
  ]);
}
