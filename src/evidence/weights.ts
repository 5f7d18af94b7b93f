import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import type { WeightsReport } from '../../contract/run.ts';
import { nameOf, theStory } from './models.ts';
import type { ModelStory } from './models.ts';
import type { Subject } from './subject.ts';
import { project, settings, state, thisRun } from './types.ts';
import type { Evidence, Statement } from './types.ts';

/** Whose weights a model runs with, and on which network. */
export interface UsedWeights {
  readonly owner: WeightsReport['owner'];
  readonly name: string;
  readonly network: string;
}

type Known = Pick<Subject, 'report' | 'weights' | 'models'>;

/** Of a model that ran, the weights of the run; of any other, those that its next run uses. */
export function weightsOf(subject: Known, model: ModelId): UsedWeights {
  const ran = subject.report?.steps.find((step) => step.model === model);
  if (ran !== undefined) return { ...ran.weights, network: ran.network };
  const chosen = subject.weights.find((file) => file.model === model);
  if (chosen !== undefined) return chosen;
  const shipped = subject.models.find(({ id }) => id === model)?.network ?? theStory(model, subject.models).network;
  return { owner: 'limpid', name: 'Limpid’s weights', network: shipped };
}

/** The manifest of a model that runs with Limpid's own weights; empty with an imported file, or where it is not known. */
export const ownManifest = (subject: Known, model: ModelId): readonly Manifest[] =>
  weightsOf(subject, model).owner === 'limpid' ? subject.models.filter(({ id }) => id === model) : [];

/** Of Limpid's weights under a name that is a data set's: that they have not seen it. */
export const nameWords = (subject: Known, model: ModelId): readonly Statement[] =>
  ownManifest(subject, model)
    .filter(({ name }) => /RealBlur/u.test(name))
    .map(({ name }) =>
      state({
        id: `own-name-${model}`,
        kind: 'project',
        text: `Limpid’s weights for ${name} have not seen the RealBlur data set; the name is that of the authors’ weights that fit the network.`,
        citations: [project('training/README.md, “Which recipe each choice follows”')],
      }),
    );

/** The story of the network that these weights bring: a RealBlur file of the authors is one of the larger MIMO-UNet+. */
export function storyOf(subject: Known, model: ModelId): ModelStory {
  const story = theStory(model, subject.models);
  const { network } = weightsOf(subject, model);
  return network === story.network ? story : { ...story, ...story.others?.[network] };
}

/** What an imported file is; said of a run and of settings alike. Known checksums come from a third party's copy. */
export const fileWords = ({ owner, name }: Pick<UsedWeights, 'owner' | 'name'>): string =>
  owner === 'authors'
    ? `the file ${name}, which has the checksum of the authors’ weights in a third party’s copy`
    : `an imported file, ${name}`;

/** Where it stands whose word a known checksum is. */
const KNOWN_FILES = project('docs/authors-weights.md, “Files that are known”');

/** Before a run: the imported file that a model is set to use; empty with Limpid's weights. */
export function chosenWeights(subject: Known, model: ModelId): readonly Evidence[] {
  const file = subject.weights.find((candidate) => candidate.model === model);
  if (file === undefined) return [];
  const statement = state({
    id: `plan-weights-${model}`,
    kind: 'settings',
    text: `${nameOf(model, subject.models)} is set to run with ${fileWords(file)} (SHA-256 ${file.sha256.slice(0, 12)}…).`,
    citations: [settings(`weights ${file.name}, SHA-256 ${file.sha256}`)],
  });
  return [{ statement, models: [model], about: 'weights sha256 whose authors limpid own file trained training' }];
}

/** What must stand where published figures are named for `models`, or for none in particular. */
export function whoseFiguresOf(subject: Known, models: readonly ModelId[]): readonly Statement[] {
  // Of a model that nobody has read about, no published figure is known.
  const read = models.filter((model) => theStory(model, subject.models).unread === undefined);
  const own = read.filter((model) => weightsOf(subject, model).owner === 'limpid');
  const others = read.filter((model) => !own.includes(model));
  return [
    ...(read.length === 0 || own.length > 1 ? [ownInGeneral()] : own.map((model) => whoseFigures(subject, model))),
    ...others.flatMap((model) => [
      ...(models.length > 1 && !hasRun(subject, model) ? fileOf(subject, model) : []),
      whoseFigures(subject, model),
    ]),
  ];
}

const ownInGeneral = (): Statement =>
  state({
    id: 'figures-authors-all',
    kind: 'project',
    text: 'Published figures belong to the authors’ weights and do not carry over to Limpid’s own.',
    citations: [project('manifests of the models, training')],
  });

const fileOf = (subject: Known, model: ModelId): readonly Statement[] =>
  chosenWeights(subject, model).map(({ statement }) => statement);

/** True when the run that is spoken of used this model. */
export const hasRun = ({ report }: Pick<Known, 'report'>, model: ModelId): boolean =>
  report?.steps.some((step) => step.model === model) ?? false;

/** The sentence that must stand wherever a published figure of one model is named. */
export function whoseFigures(subject: Known, model: ModelId): Statement {
  const id = `figures-authors-${model}`;
  const { owner, name: file } = weightsOf(subject, model);
  const name = nameOf(model, subject.models);
  if (owner === 'limpid') {
    const text = `Published figures belong to the authors’ weights; Limpid runs ${name} with weights of its own, to which they do not carry over.`;
    return state({ id, kind: 'project', text, citations: [project(`manifest of ${name}, training`)] });
  }
  const ran = hasRun(subject, model);
  const known = owner === 'authors';
  const text = known
    ? `By a checksum that the authors have not confirmed, the file ${ran ? 'of this run' : 'chosen'} for ${name} holds their weights, of which the published figures speak; those were taken on other pictures.`
    : `Limpid cannot tell whose file ${file} is; published figures speak of it only if it is the authors’ file for the very set that they name.`;
  const rest = known ? [KNOWN_FILES] : [];
  return ran
    ? state({ id, kind: 'run', text, citations: [thisRun('weights'), ...rest] })
    : state({ id, kind: 'settings', text, citations: [settings(`weights ${file}`), ...rest] });
}
