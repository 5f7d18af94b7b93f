import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId, Quality } from '../../contract/models.ts';
import type { RunReport, Step } from '../../contract/run.ts';
import type { Passage } from './answers/types.ts';
import { theClaim, theClaims } from './claims/index.ts';
import { factor } from './format.ts';
import { nameOf, theStory } from './models.ts';
import type { Told } from './models.ts';
import { PAGE_FACTS } from './page.ts';
import { fastCost, fewPictures, notComparable, ownCopy, paddingOf, scoreOf, scores } from './project.ts';
import { plannedEvidence, runEvidence } from './run.ts';
import { ownTraining, trainingRecord } from './training.ts';
import { state, thisRun } from './types.ts';
import type { Subject } from './subject.ts';
import type { Statement } from './types.ts';
import { chosenWeights, nameWords, ownManifest, storyOf, whoseFigures } from './weights.ts';

const passage = (lead: string | null, ...statements: readonly (readonly Statement[])[]): Passage => ({
  lead,
  statements: unique(statements.flat()),
});

/** The first of each id: two steps of one family share claims. */
export const unique = (statements: readonly Statement[]): readonly Statement[] => [
  ...new Map(statements.map((statement) => [statement.id, statement])).values(),
];

/** Run sentences whose id starts with one of these. */
const pick = (report: RunReport, ...prefixes: readonly string[]): readonly Statement[] =>
  runEvidence(report)
    .map((evidence) => evidence.statement)
    .filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)));

/** Before anything is chosen: the two things that Limpid does. */
export const overviewTask = (): readonly Passage[] => [
  passage('Enlarging.', theClaims('L1', 'L10')),
  passage('Removing blur.', theClaims('M1', 'S1', 'M2')),
  passage(
    'Here.',
    PAGE_FACTS.filter((fact) => fact.statement.id === 'page-local').map((fact) => fact.statement),
  ),
];

/** Input, model and output of the two kinds of network, in a few sentences. */
export const overviewWorkflow = (): readonly Passage[] => [
  passage('Enlarging.', theClaims('L2', 'L3', 'L5')),
  passage('Removing blur.', theClaims('M4', 'M9', 'S3', 'S10')),
];

/** Task: what is done, whether the model does it, what its sources do not promise, and what was measured. */
export function generalTask(subject: Subject): readonly Passage[] {
  const { steps, models } = subject;
  return [
    passage(
      null,
      staleWords(subject),
      whatHappens(subject),
      steps.flatMap(({ model }) => theClaims(...theStory(model, models).does)),
      steps.flatMap(({ model }) => copyOf(subject, model)),
    ),
    passage('Measured on this result.', measured(subject)),
    passage(
      'Limits.',
      steps.flatMap((step) => rangeOf(step, models)),
      steps.flatMap(({ model }) => [...theClaims(...theStory(model, models).limits), ...nameWords(subject, model)]),
    ),
    passage(
      'Scores.',
      steps.flatMap((step) => figuresOf(subject, step)),
    ),
  ];
}

/** Workflow: input, model, output of each step, and the run's own record. */
export function generalWorkflow(subject: Subject): readonly Passage[] {
  const { steps, models } = subject;
  const many = steps.length > 1;
  const parts = steps.flatMap(({ model, quality }, index): readonly Passage[] => {
    const story = storyOf(subject, model);
    const lead = (word: string): string => (many ? `Step ${index + 1}: ${word}.` : `${word}.`);
    return [
      passage(
        lead(many ? 'input' : 'Input'),
        theClaims(...story.input),
        story.multiple > 1 ? paddingWords(subject, index) : [],
      ),
      passage(lead(many ? nameOf(model, models) : 'Model'), theClaims(...decodedAs(story.model, quality))),
      passage(lead(many ? 'output' : 'Output'), theClaims(...story.output)),
    ].filter((part) => part.statements.length > 0);
  });
  return [...parts, ...theRun(subject)];
}

/** The nearest cell alone is no blend of four: the sentence on blending gives way to the one on "Fast". */
export const decodedAs = (claims: readonly Told[], quality: Quality): readonly Told[] =>
  quality === 'fast' ? claims.map((id) => (id === 'L5' ? 'L20' : id)) : claims;

const whatHappens = ({ report, planned, picture, models }: Subject): readonly Statement[] =>
  report !== null
    ? pick(report, 'run-size')
    : plannedEvidence(planned, picture, models).map((evidence) => evidence.statement);

/** The factor against the range in which the authors trained. */
function rangeOf({ model, scale }: Step, models: readonly Manifest[]): readonly Statement[] {
  const { task, unread } = theStory(model, models);
  if (task === 'deblur' || unread !== undefined) return [];
  return scale > 4 ? theClaims('L8', 'L12') : [theClaim('L8')];
}

export const measured = ({ report }: Subject): readonly Statement[] =>
  report === null ? [] : pick(report, 'run-shrunk', 'run-change');

export function paddingWords({ report }: Subject, index: number): readonly Statement[] {
  const done = report === null ? [] : pick(report, `run-padding-${index}`);
  return done.length > 0 ? done : [paddingOf()];
}

/** How good the weights in use are: Limpid's own scores, or what was published where an imported file is used. */
export function goodnessOf(subject: Subject, step: Step): readonly Statement[] {
  const own = ownScores(subject, step);
  return own.length > 0 ? own : figuresOf(subject, step);
}

/** Published figures with the sentence that says whose they are, then Limpid's own. */
function figuresOf(subject: Subject, step: Step): readonly Statement[] {
  const { figures } = storyOf(subject, step.model);
  // What the larger network gains by the published figures, its copy of the smaller one's weights does not.
  const holding = copyOf(subject, step.model).length > 0 ? figures.filter((id) => id !== 'R8') : figures;
  return [...theClaims(...holding), ...ownFigures(subject, step)];
}

/** Whose weights the published figures speak of, and what Limpid's own weights reached. */
export const ownFigures = (subject: Subject, step: Step): readonly Statement[] => [
  ...whoseFiguresAre(subject, step.model),
  ...ownScores(subject, step),
];

/** Nothing was published of a model that nobody has read about, as far as this page knows. */
const whoseFiguresAre = (subject: Subject, model: ModelId): readonly Statement[] =>
  theStory(model, subject.models).unread === undefined ? [whoseFigures(subject, model)] : [];

/** What Limpid's own weights reached for one step; empty where they are not used, or not measured. */
function ownScores(subject: Subject, { model, scale, quality }: Step): readonly Statement[] {
  const [manifest] = ownManifest(subject, model);
  if (manifest === undefined) return [];
  const own = scores(manifest, scale, quality).map((score, index) => scoreOf(manifest, score, index));
  const apart = own.length > 0 ? [fewPictures(manifest), notComparable(manifest)] : [];
  return [...own, ...apart, ...(quality === 'fast' ? fastCost(manifest) : [])];
}

/** That these weights give a smaller model's picture, where Limpid's are a copy and run. */
export const copyOf = (subject: Subject, model: ModelId): readonly Statement[] =>
  ownManifest(subject, model).flatMap((manifest) => ownCopy(manifest, subject.models));

/** Backend, tiles, weights, time and what went wrong, then what the weights learned; before a run, that alone. */
export function theRun(subject: Subject): readonly Passage[] {
  const { report, steps, models } = subject;
  if (report !== null) {
    return [
      passage(
        'This run.',
        pick(report, 'run-backend', 'run-proof', 'run-tiles', 'run-quality', 'run-weights', 'run-time', 'run-event'),
      ),
      passage(
        'Weights.',
        steps.flatMap(({ model }) => ownManifest(subject, model).flatMap((one) => trainingRecord(one, models))),
      ),
    ];
  }
  const whose = steps.flatMap(({ model }): readonly Statement[] => {
    const chosen = chosenWeights(subject, model);
    if (chosen.length > 0) return chosen.map(({ statement }) => statement);
    return ownManifest(subject, model).flatMap((one) => [ownTraining(one), ...trainingRecord(one, models)]);
  });
  return [passage('Weights.', whose)];
}

function staleWords({ stale, models }: Subject): readonly Statement[] {
  if (stale === null) return [];
  const made = stale.steps
    .map(({ model, task, scale }) => `${nameOf(model, models)}${task === 'enlarge' ? ` at ${factor(scale)}` : ''}`)
    .join(', then ');
  return [
    state({
      id: 'run-stale',
      kind: 'run',
      text: `The result on screen was made with other settings (${made}); what follows speaks of those chosen now.`,
      citations: [thisRun('settings')],
    }),
  ];
}
