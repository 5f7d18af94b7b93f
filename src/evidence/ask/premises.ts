import type { ModelId, Task } from '../../../contract/models.ts';
import type { RunReport } from '../../../contract/run.ts';
import { theClaims } from '../claims/index.ts';
import { theStory } from '../models.ts';
import { ownTraining, PAGE_FACTS, twoSteps } from '../project.ts';
import { runEvidence } from '../run.ts';
import type { Subject } from '../subject.ts';
import type { Statement } from '../types.ts';
import type { Words } from './words.ts';

type Family = 'liif' | 'mimo' | 'mssnet';

const familyOf = (id: ModelId): Family => {
  const { code } = theStory(id);
  if (code === 'liif-code') return 'liif';
  return code === 'mimo-code' ? 'mimo' : 'mssnet';
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

const PREMISES: readonly Premise[] = [
  {
    id: 'shadows',
    pattern: /shadow|\bdark|\bdim\b|bright|exposure|relight|\blighting|low.?light|\bnight/u,
    claims: { liif: ['L17'], mimo: ['M16'], mssnet: ['S24'] },
  },
  {
    id: 'hidden',
    pattern:
      /hidden|recover|reveal|uncover|bring out|brought out|original detail|lost detail|licen[cs]e plate|number plate/u,
    claims: { liif: ['L10'], mimo: ['M18'], mssnet: ['S22'] },
  },
  {
    id: 'accurate',
    pattern: /accura|\bexact|precise|\bcorrect|faithful|\bproof\b|evidence/u,
    claims: { liif: ['L10', 'L18'], mimo: ['M18'], mssnet: ['S22'] },
    run: ['run-shrunk'],
  },
  {
    id: 'fake',
    pattern: /\bfak|natural|realistic|authentic|genuine|\btrust|believ|invent|hallucinat|made up|\breal\b/u,
    claims: { liif: ['L9', 'L10'], mimo: ['M2', 'M17', 'M18'], mssnet: ['S10', 'S13', 'S22'] },
    run: ['run-shrunk', 'run-change'],
  },
  {
    id: 'noise',
    pattern: /nois[ey]|\bgrain|denois|jpe?g|compress|artefact|artifact|\bsmooth/u,
    claims: { liif: ['L11'], mimo: ['M16'], mssnet: ['S24'] },
    training: true,
  },
  {
    id: 'training',
    pattern: /\btrain|\blearn|\bdata(?:set)?\b/u,
    claims: { liif: [], mimo: [], mssnet: [] },
    training: true,
  },
  {
    id: 'text',
    pattern: /\btexts?\b|letter|\bread(?:s|able)?\b|\bocr\b|handwrit|\blogo/u,
    claims: { liif: ['L15', 'L18'], mimo: ['M15'], mssnet: ['S23'] },
  },
];

/** A question about nothing in particular gets what the model does, and what it did. */
const GENERAL =
  /^(?:(?:so|please|can you|could you) )*(?:what (?:happened|did (?:it|you|the)|does (?:it|this))|how (?:does|did) (?:it|this) work|explain|describe|summari[sz]e)/u;

const ENLARGE = /enlarg|upscal|upsampl|magnif|super.?resol|\bbigger|\bzoom|\bx\d/u;
const DEBLUR = /blur|shak(?:e|en|y)|unsharp|out of focus/u;

export const wantsEnlarging = ({ text }: Words): boolean => ENLARGE.test(text);
export const wantsDeblurring = ({ text }: Words): boolean => DEBLUR.test(text);

/** Sentences that set a question's premises right, for the steps spoken of. */
export function premises(words: Words, subject: Subject): readonly Statement[] {
  const families = [...new Set(subject.steps.map(({ model }) => familyOf(model)))];
  const found = [...taskPremises(words, subject), ...factorPremises(words, subject)];
  if (GENERAL.test(words.text)) {
    if (subject.report !== null) found.push(...runOf(subject.report, ['run-size']));
    found.push(...subject.steps.flatMap(({ model }) => theClaims(...theStory(model).does)));
  }
  for (const { pattern, claims, run, training } of PREMISES) {
    if (!pattern.test(words.text)) continue;
    if (run !== undefined && subject.report !== null) found.push(...runOf(subject.report, run));
    found.push(...families.flatMap((family) => theClaims(...claims[family])));
    if (training === true) found.push(...trainingOf(subject));
  }
  return found;
}

const runOf = (report: RunReport, prefixes: readonly string[]): readonly Statement[] =>
  runEvidence(report)
    .map(({ statement }) => statement)
    .filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix)));

/** Enlarging asked of a model that keeps the size, or sharpening of one that was not taught to remove blur. */
function taskPremises(words: Words, { steps, models }: Subject): readonly Statement[] {
  const first = steps[0];
  if (first === undefined || steps.length > 1) return [];
  const task: Task = theStory(first.model).task;
  if (task === 'deblur' && wantsEnlarging(words)) {
    return [...theClaims(familyOf(first.model) === 'mimo' ? 'M1' : 'S1'), twoSteps(first.model, models)];
  }
  if (task === 'enlarge' && wantsDeblurring(words)) {
    return [...theClaims('L11'), ...trainingOf({ steps, models }), twoSteps('mimo-unet-plus', models)];
  }
  return [];
}

function factorPremises({ factors }: Words, { steps }: Subject): readonly Statement[] {
  if (!steps.some(({ model }) => theStory(model).task === 'enlarge')) return [];
  const largest = Math.max(0, ...factors);
  const range = PAGE_FACTS.filter(({ statement }) => statement.id === 'page-range').map(({ statement }) => statement);
  if (largest > 8) return [...theClaims('L12'), ...range];
  return largest > 4 ? theClaims('L12') : [];
}

const trainingOf = ({ steps, models }: Pick<Subject, 'steps' | 'models'>): readonly Statement[] =>
  steps.flatMap(({ model }) => models.filter(({ id }) => id === model).map(ownTraining));
