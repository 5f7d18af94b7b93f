import type { ModelId } from '../../../contract/models.ts';
import { theClaims } from '../claims/index.ts';
import { theStory } from '../models.ts';
import { PAGE_FACTS } from '../page.ts';
import { twoSteps } from '../project.ts';
import { runEvidence } from '../run.ts';
import type { Subject } from '../subject.ts';
import { ownData, ownTraining } from '../training.ts';
import type { Statement } from '../types.ts';
import { chosenWeights, hasRun, ownManifest, weightsOf } from '../weights.ts';
import { bestModel } from './best.ts';
import type { Words } from './words.ts';

type Family = 'liif' | 'mimo' | 'mssnet';

/** By id, so that a new model cannot be given another family's claims unseen; one without a family has none. */
const FAMILIES: Readonly<Record<ModelId, Family>> = {
  'liif-edsr': 'liif',
  'liif-rdn': 'liif',
  'mimo-unet-realblur': 'mimo',
  'mimo-unet-plus': 'mimo',
  'mssnet-realblur-r': 'mssnet',
};

/** A word that carries a belief, and the claims that set it right for each family. */
interface Premise {
  readonly id: string;
  readonly pattern: RegExp;
  readonly claims: Readonly<Record<Family, readonly string[]>>;
  /** Run sentences that bear on it, by the start of their id. */
  readonly run?: readonly string[];
  /** Limpid's own training may differ from the published one here. */
  readonly training?: true;
}

/** The special before the general: who asks whether letters can be trusted is to read of letters first. */
const PREMISES: readonly Premise[] = [
  {
    id: 'text',
    pattern:
      /\btexts?\b|letter|\bread(?:s|able)?\b(?!.*\bpapers?\b)|\bocr\b|handwrit|\blogo|\bwords?\b|\bdigits?\b|\bnumbers? on\b/u,
    claims: { liif: ['L18', 'L15'], mimo: ['M15'], mssnet: ['S23'] },
  },
  {
    id: 'shadows',
    pattern: /shadow|\bdark|\bdim\b|bright|exposure|relight|\blighting|low.?light|\bnight/u,
    claims: { liif: ['L17'], mimo: ['M16'], mssnet: ['S24'] },
  },
  {
    id: 'colours',
    pattern:
      /colou?rs?\b.*(?:chang|differ|shift|wrong|\boff\b|same)|(?:chang|differ|shift|wrong|same).*colou?rs?\b|tint/u,
    claims: { liif: ['L17'], mimo: ['M16'], mssnet: ['S24'] },
    run: ['run-change'],
  },
  {
    id: 'noise',
    pattern: /nois[ey]|\bgrain|denois|jpe?g|compress|artefact|artifact|\bsmooth/u,
    claims: { liif: ['L11'], mimo: ['M16'], mssnet: ['S24'] },
    training: true,
  },
  {
    id: 'training',
    // Somebody's own data taught nothing.
    pattern: /\btrain|\blearn|(?<!\b(?:my|our|personal) )\bdata(?:set)?\b/u,
    claims: { liif: [], mimo: [], mssnet: [] },
    training: true,
  },
  {
    id: 'hidden',
    pattern:
      /hidden|recover|reveal|uncover|bring out|brought out|original detail|lost detail|licen[cs]e plate|number plate/u,
    claims: { liif: ['L10'], mimo: ['M18'], mssnet: ['S22'] },
  },
  {
    id: 'accurate',
    pattern: /accura|\bexact|precise|\bcorrect|faithful|\bproof\b|evidence|\bmedical|\bdiagnos|\bforensic|\bx-?ray/u,
    claims: { liif: ['L10', 'L18'], mimo: ['M18'], mssnet: ['S22'] },
    run: ['run-shrunk'],
  },
  {
    id: 'fake',
    pattern:
      /\bfak|natural|realistic|authentic|genuine|\btrust|believ|invent|hallucinat|ma[dk]es? (?:\w+ )?up|\breal\b/u,
    claims: { liif: ['L10', 'L9'], mimo: ['M18', 'M17', 'M2'], mssnet: ['S22', 'S13', 'S10'] },
    run: ['run-shrunk', 'run-change'],
  },
];

/** A question about nothing in particular gets what the model does, and what it did. */
const GENERAL =
  /^(?:(?:so|please|can you|could you) )*(?:what (?:happened|did (?:it|you|the (?:model|network|page|ai|tool))|does (?:it|this))|how (?:does|did) (?:it|this) work|explain|describe|summari[sz]e)/u;

/** True for a question that asks what happened or how it works, and for nothing in particular. */
export const isGeneral = ({ text }: Words): boolean => GENERAL.test(text);

const ENLARGE = /enlarg|upscal|upsampl|magnif|super.?resol|\bbigger|\bzoom|\bx\d/u;
/** RealBlur and RSBlur are sets of pictures; who names one speaks of no blur to be taken away. */
const DEBLUR = /(?<!\b(?:real|rs))blur|shak(?:e|en|y)|unsharp|out of focus/u;

export const wantsEnlarging = ({ text }: Words): boolean => ENLARGE.test(text);
export const wantsDeblurring = ({ text }: Words): boolean => DEBLUR.test(text);

/** Sentences that set a question's premises right, for the steps spoken of. */
export function premises(words: Words, subject: Subject): readonly Statement[] {
  const { models } = subject;
  const families = [...new Set(subject.steps.flatMap(({ model }) => FAMILIES[model] ?? []))];
  const unread = subject.steps.flatMap(({ model }) => theStory(model, models).unread ?? []);
  const found = [...taskPremises(words, subject), ...factorPremises(words, subject)];
  if (isGeneral(words)) {
    found.push(...runOf(subject, 'run-size'));
    found.push(...subject.steps.flatMap(({ model }) => theClaims(...theStory(model, models).does)));
  }
  for (const { pattern, claims, run, training } of PREMISES) {
    if (!pattern.test(words.text)) continue;
    found.push(...runOf(subject, ...(run ?? [])));
    found.push(...families.flatMap((family) => theClaims(...claims[family])));
    if (Object.values(claims).flat().length > 0) found.push(...unread);
    if (training === true) found.push(...trainingOf(subject));
  }
  return found;
}

/** Sentences of the run by the start of their id, those alone that tell of a model spoken of. */
export function runOf(
  { report, steps }: Pick<Subject, 'report' | 'steps'>,
  ...prefixes: readonly string[]
): readonly Statement[] {
  if (report === null) return [];
  return runEvidence(report)
    .filter(({ models }) => steps.some(({ model }) => models.includes(model)))
    .map(({ statement }) => statement)
    .filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)));
}

/** Enlarging asked of a model that keeps the size, or sharpening of one that was not taught to remove blur. */
function taskPremises(words: Words, subject: Subject): readonly Statement[] {
  const { steps, models } = subject;
  const first = steps[0];
  if (first === undefined || steps.length > 1) return [];
  const { task, unread, does } = theStory(first.model, models);
  if (task === 'deblur' && wantsEnlarging(words)) {
    return [...theClaims(does[0]), twoSteps(first.model, models)];
  }
  if (task === 'enlarge' && wantsDeblurring(words)) {
    const no = [...(unread === undefined ? theClaims('L11') : [unread]), ...trainingOf(subject)];
    const both = twoSteps(bestModel('deblur', models)?.id ?? 'mimo-unet-realblur', models);
    return wantsEnlarging(words) ? [both, ...no] : [...no, both];
  }
  return [];
}

function factorPremises({ factors }: Words, { steps, models }: Subject): readonly Statement[] {
  const stories = steps.map(({ model }) => theStory(model, models));
  if (!stories.some(({ task, unread }) => task === 'enlarge' && unread === undefined)) return [];
  const largest = Math.max(0, ...factors);
  const range = PAGE_FACTS.filter(({ statement }) => statement.id === 'page-range').map(({ statement }) => statement);
  if (largest > 8) return [...theClaims('L12'), ...range];
  return largest > 4 ? theClaims('L12') : [];
}

/** What the weights in use learned from: Limpid's own by its record, an imported file by its name alone. */
const trainingOf = (subject: Subject): readonly Statement[] =>
  subject.steps.flatMap(({ model }) =>
    weightsOf(subject, model).owner === 'limpid'
      ? ownManifest(subject, model).flatMap((one) => [ownTraining(one), ...ownData(one)])
      : fileOf(subject, model),
  );

/** The file that a model ran with; before its run, the one that it is set to run with. */
function fileOf(subject: Subject, model: ModelId): readonly Statement[] {
  if (!hasRun(subject, model)) return chosenWeights(subject, model).map(({ statement }) => statement);
  const steps = subject.steps.filter((step) => step.model === model);
  return runOf({ ...subject, steps }, 'run-weights');
}
