import type { ModelId, Task } from '../../../contract/models.ts';
import type { Step } from '../../../contract/run.ts';
import { CLAIMS, theClaims } from '../claims/index.ts';
import { theStory } from '../models.ts';
import { PAGE_FACTS } from '../page.ts';
import { copyOf, goodnessOf } from '../passages.ts';
import { fewPictures, scoreOf } from '../project.ts';
import { estimateEvidence, notRunYet } from '../run.ts';
import type { Subject } from '../subject.ts';
import type { Statement } from '../types.ts';
import { ownEffort, ownLicences } from '../training.ts';
import { ownManifest, storyOf } from '../weights.ts';
import { bestModel, gainScore } from './best.ts';
import { authorsOf } from './authors.ts';
import { advice } from './pick.ts';
import { asks, OUTRIGHT } from './outright.ts';
import { runOf } from './premises.ts';
import { toTerm, tokens } from './words.ts';
import type { Words } from './words.ts';

/** Words of the models' names, and those that ask for a model's story without asking for anything in it. */
const NAME_WORDS: ReadonlySet<string | null> = new Set(
  tokens('liif edsr rdn mimo unet plus mssnet realblur r network model work function algorithm architecture').map(
    toTerm,
  ),
);

/** "What is LIIF?", "How does MSSNet work?" */
export const asksForStory = (words: Words, named: readonly ModelId[]): boolean =>
  namesAlone(words, named) && !/\bwho\b/u.test(words.text);

/** Nothing is asked but about the models themselves; what else shares their names would stand in the way. */
export const namesAlone = ({ terms }: Words, named: readonly ModelId[]): boolean =>
  named.length > 0 && terms.every((term) => NAME_WORDS.has(term));

/** "Which model should I use?" */
const asksForModel = ({ text }: Words): boolean =>
  /\b(?:which|what) (?:\w+ )?(?:model|network|one|method|setting)s?\b.*\b(?:use|choose|pick|take|best|better|should|need|want|try)\b|\bshould i (?:use|choose|pick|take|try)\b|\brecommend/u.test(
    text,
  );

const TASKS: readonly Task[] = ['enlarge', 'deblur'];

/** "How good is it?", "Is it any good?" */
export const asksHowGood = ({ text }: Words): boolean =>
  /\bhow (?:good|well)\b|\b(?:is|are|was|were) (?:it|this|that|they|these|the \w+) (?:any |really )?good\W*$/u.test(
    text,
  );

const COMPARES = /\b(?:better|best|worse|differ\w*|compare\w*|versus|vs|slow|slower|faster|instead)\b/u;

/** The sentences that answer a question outright; they stand before whatever else bears on it. */
export function direct(words: Words, named: readonly ModelId[], subject: Subject): readonly Statement[] {
  const found: Statement[] = [];
  if (asksForModel(words)) found.push(...advice(words, subject));
  if (asksHowGood(words)) found.push(...goodness(subject));
  if (COMPARES.test(words.text)) found.push(...comparison(named, subject));
  if (asksForStory(words, named)) found.push(...storyOfNamed(subject));
  for (const one of OUTRIGHT) {
    if (asks(one, words)) found.push(...one.ids.flatMap((id) => sayable(id, subject)));
  }
  return found;
}

/** Limpid's own scores of models that are named side by side, then which of the models spoken of gives a copy's picture. */
function comparison(named: readonly ModelId[], subject: Subject): readonly Statement[] {
  const models = subject.models.filter(({ id }) => subject.steps.some(({ model }) => model === id));
  const scored = models
    .flatMap(({ id }) => ownManifest(subject, id))
    .flatMap((manifest) => {
      const score = gainScore(manifest);
      return score === null ? [] : [{ manifest, said: scoreOf(manifest, score, manifest.scores.indexOf(score)) }];
    });
  const [first] = scored;
  const sameTask = new Set(models.map(({ task }) => task)).size === 1;
  const beside =
    first === undefined || named.length === 0 || scored.length < 2 || !sameTask
      ? []
      : [...scored.map(({ said }) => said), fewPictures(first.manifest)];
  return [...beside, ...subject.steps.flatMap(({ model }) => copyOf(subject, model))];
}

/** What was measured on the result, and the scores of the models spoken of; of none, of the best of each task. */
function goodness(subject: Subject): readonly Statement[] {
  const best = TASKS.flatMap((task) => bestModel(task, subject.models)?.id ?? []);
  const usual = best.map((model): Step => ({
    model,
    scale: theStory(model).task === 'enlarge' ? 2 : 1,
    quality: 'best',
  }));
  const steps = subject.steps.length > 0 ? subject.steps : usual;
  return [...runOf(subject, 'run-shrunk', 'run-change'), ...steps.flatMap((step) => goodnessOf(subject, step))];
}

/** What a model does and the first of how it does it. */
const storyOfNamed = (subject: Subject): readonly Statement[] => {
  const stories = subject.steps.map(({ model }) => storyOf(subject, model));
  return [
    ...stories.flatMap(({ does }) => theClaims(...does)),
    ...stories.flatMap(({ model }) => theClaims(...model.slice(0, 3))),
  ];
};

function sayable(id: string, subject: Subject): readonly Statement[] {
  if (id.startsWith('run-')) return runOf(subject, id);
  if (/^[A-Z]\d/u.test(id)) return claimOf(id, subject);
  if (id === 'own-effort') return effortOf(subject);
  if (id === 'own-licences') return licencesOf(subject);
  if (id === 'written') return authorsOf(subject.steps.map(({ model }) => model));
  const plan = subject.report === null ? planOf(subject) : [];
  const facts = PAGE_FACTS.map(({ statement }) => statement);
  return [...plan, ...facts].filter((statement) => statement.id === id);
}

/** A claim, where it holds for a model spoken of. */
const claimOf = (id: string, { steps }: Subject): readonly Statement[] =>
  CLAIMS.filter(
    ({ statement, models }) => statement.id === id && steps.some(({ model }) => models.includes(model)),
  ).map(({ statement }) => statement);

/** How long Limpid's own weights took to train; of imported files nobody says. */
const effortOf = (subject: Subject): readonly Statement[] =>
  subject.steps
    .flatMap(({ model }) => ownManifest(subject, model))
    .map((manifest) => ownEffort(manifest, subject.models));

/** Licences of the training pictures, those of equal counts once: of the models spoken of, else of all. */
const licencesOf = (subject: Subject): readonly Statement[] => {
  const spoken = subject.steps.map(({ model }) => model);
  const ids = spoken.length > 0 ? spoken : subject.models.map(({ id }) => id);
  const told = ids.flatMap((id) => ownManifest(subject, id)).flatMap(ownLicences);
  return told.filter(({ text }, index) => told.findIndex((other) => other.text === text) === index);
};

/** The page's estimate, or that nothing has run, when there is something set to run. */
function planOf({ planned, estimate }: Subject): readonly Statement[] {
  if (planned.length === 0) return [];
  const known = estimateEvidence(estimate).map(({ statement }) => statement);
  return known.length > 0 ? known : [notRunYet(false).statement];
}
