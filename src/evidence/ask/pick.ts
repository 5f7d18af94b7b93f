import type { Manifest } from '../../../contract/manifest.ts';
import type { ModelId, Task } from '../../../contract/models.ts';
import type { Step } from '../../../contract/run.ts';
import { theClaim } from '../claims/index.ts';
import { decibels } from '../format.ts';
import { modelsOf, nameOf, theStory } from '../models.ts';
import { CLOSE_DB } from '../practice.ts';
import { fewPictures, scoreOf, twoSteps } from '../project.ts';
import type { Subject } from '../subject.ts';
import { project, state } from '../types.ts';
import type { NonEmpty, Citation, Statement } from '../types.ts';
import { chosenWeights } from '../weights.ts';
import { bestModel, closeLeaders, gainScore } from './best.ts';
import { wantsDeblurring, wantsEnlarging } from './premises.ts';
import type { Words } from './words.ts';

const NAMES: readonly { readonly pattern: RegExp; readonly models: readonly ModelId[] }[] = [
  { pattern: /liif.?edsr|\bedsr\b/u, models: ['liif-edsr'] },
  { pattern: /liif.?rdn|\brdn\b/u, models: ['liif-rdn'] },
  { pattern: /mimo.?unet.?(?:\+|plus)/u, models: ['mimo-unet-plus'] },
  { pattern: /mimo.?unet.?realblur/u, models: ['mimo-unet-realblur'] },
  { pattern: /mss.?net/u, models: ['mssnet-realblur-r'] },
];
const FAMILIES: readonly { readonly pattern: RegExp; readonly models: readonly ModelId[] }[] = [
  { pattern: /\bliif\b/u, models: ['liif-edsr', 'liif-rdn'] },
  { pattern: /\bmimo/u, models: ['mimo-unet-plus', 'mimo-unet-realblur'] },
];

/** Models that a question names: those named exactly, then those of the families named besides; empty when it names none. */
export function namedModels({ text }: Words): readonly ModelId[] {
  const exact = NAMES.filter(({ pattern }) => pattern.test(text));
  const rest = exact.reduce((left, { pattern }) => left.replaceAll(new RegExp(pattern, 'gu'), ' '), text);
  const families = FAMILIES.filter(({ pattern }) => pattern.test(rest));
  return [...new Set([...exact, ...families].flatMap(({ models }) => models))];
}

export interface Pick {
  readonly steps: readonly Step[];
  /** Why this model, for the person who has chosen none. */
  readonly why: Statement;
}

/** Taken where no manifest is there to go by. */
const USUAL: Readonly<Record<Task, ModelId>> = { enlarge: 'liif-edsr', deblur: 'mimo-unet-realblur' };

const bestOf = (task: Task, models: readonly Manifest[]): ModelId => bestModel(task, models)?.id ?? USUAL[task];

const GROUP: Readonly<Record<Task, string>> = { enlarge: '“Enlarge”', deblur: '“Deblur”' };
const measuredBest = (task: Task, models: readonly Manifest[]): readonly Citation[] => {
  const best = bestModel(task, models);
  const score = best === null ? null : gainScore(best);
  return best === null || score === null ? [] : [project(`manifest of ${best.name}, scores`, score.command)];
};

/** The tasks that the words ask for; text that is small, or pixelated, wants to be enlarged. */
function tasksOf(words: Words): readonly Task[] {
  const enlarge = wantsEnlarging(words) || /small|tiny|low.?resolution|pixelat|jagged/u.test(words.text);
  return [...(wantsDeblurring(words) ? (['deblur'] as const) : []), ...(enlarge ? (['enlarge'] as const) : [])];
}

/** Chooses for somebody who has chosen nothing: by name, else by what the words ask for; null when they ask for neither. */
export function pickModel(words: Words, named: readonly ModelId[], models: readonly Manifest[]): Pick | null {
  const factor = words.factors.find((value) => value >= 1 && value <= 8) ?? 2;
  const [first] = named;
  if (first !== undefined) {
    const text =
      named.length > 1
        ? 'You name the models, so the answer speaks of those.'
        : 'You name the model, so the answer speaks of that one.';
    return picked(models, [first], factor, text, does(first, models));
  }
  const tasks = tasksOf(words);
  const [task] = tasks;
  if (task === undefined) return null;
  if (tasks.length > 1) {
    const pair = tasks.map((one) => bestOf(one, models));
    const [deblur, enlarge] = pair.map((id) => nameOf(id, models));
    return picked(
      models,
      pair,
      factor,
      `You speak of blur and of enlarging, which no single model here does; the answer takes ${deblur} first and ${enlarge} after it.`,
      [...theClaim('M1').citations, ...theClaim('L11').citations],
    );
  }
  const model = bestOf(task, models);
  const what = task === 'deblur' ? 'lessens it and keeps the size' : 'enlarges by any factor from 1 to 8';
  return picked(
    models,
    [model],
    factor,
    `You speak of ${task === 'deblur' ? 'blur' : 'enlarging'}, so the answer speaks of ${nameOf(model, models)}, which ${what}.`,
    [...does(model, models), ...measuredBest(task, models)],
  );
}

/** For who asks which model to take: the group in the picker, the model that measured best in it, and imported files. */
export function advice(words: Words, subject: Subject): readonly Statement[] {
  const { models } = subject;
  const asked = tasksOf(words);
  const tasks: readonly Task[] = asked.length > 0 ? asked : ['enlarge', 'deblur'];
  const each = tasks.flatMap((task): readonly Statement[] => {
    const best = bestModel(task, models);
    const score = best === null ? null : gainScore(best);
    const choose = state({
      id: `choose-${task}`,
      kind: 'project',
      text: `To ${task === 'deblur' ? 'remove blur' : 'enlarge'}, choose a model under ${GROUP[task]}; the first choice there is ${nameOf(bestOf(task, models), models)}, by the scores of Limpid’s own weights and, of those within ${decibels(CLOSE_DB)}, by the least arithmetic.`,
      citations: [project(`controls of the page, group ${GROUP[task]}`), ...measuredBest(task, models)],
    });
    return [
      choose,
      ...closeLeaders(task, models),
      ...(best === null || score === null || tasks.length > 1
        ? []
        : [scoreOf(best, score, best.scores.indexOf(score)), fewPictures(best)]),
      ...filesOf(task, subject),
    ];
  });
  return asked.length > 1 ? [twoSteps(bestOf('deblur', models), models), ...each] : each;
}

/** The models of a task that are set to run with an imported file, of which Limpid has no scores. */
const filesOf = (task: Task, subject: Subject): readonly Statement[] =>
  modelsOf(task, subject.models)
    .flatMap((id) => chosenWeights(subject, id))
    .map(({ statement }) => statement);

/** Where it stands what a model does. */
function does(model: ModelId, models: readonly Manifest[]): NonEmpty<Citation> {
  const [first] = theStory(model, models).does;
  return typeof first === 'string' ? theClaim(first).citations : first.citations;
}

function picked(
  manifests: readonly Manifest[],
  models: readonly ModelId[],
  factor: number,
  text: string,
  citations: NonEmpty<Citation>,
): Pick {
  const steps = models.map((model): Step => ({
    model,
    scale: theStory(model, manifests).task === 'enlarge' ? factor : 1,
    quality: 'best',
  }));
  return { steps, why: state({ id: 'why-model', kind: 'reasoned', text, citations }) };
}
