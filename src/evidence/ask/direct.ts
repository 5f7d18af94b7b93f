import type { ModelId, Task } from '../../../contract/models.ts';
import type { Step } from '../../../contract/run.ts';
import { theClaims } from '../claims/index.ts';
import { theStory } from '../models.ts';
import { goodnessOf } from '../passages.ts';
import type { Subject } from '../subject.ts';
import type { Statement } from '../types.ts';
import { storyOf } from '../weights.ts';
import { bestModel } from './best.ts';
import { blurExtent } from './blur.ts';
import { asksForSpeed, comparison } from './compare.ts';
import { asked } from './outright.ts';
import { advice } from './pick.ts';
import { runOf } from './premises.ts';
import { sayable } from './sayable.ts';
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
export const asksForModel = ({ text }: Words): boolean =>
  /\b(?:which|what) (?:\w+ )?(?:model|network)s? (?:is )?for\b|\b(?:which|what) (?:\w+ )?(?:model|network|one|method|setting)s?\b.*\b(?:use|choose|pick|take|best|better|should|need|want|try)\b|\bshould i (?:use|choose|pick|take|try)\b|\brecommend/u.test(
    text,
  );

const TASKS: readonly Task[] = ['enlarge', 'deblur'];

/** "How good is it?", "Is it any good?" */
export const asksHowGood = ({ text }: Words): boolean =>
  /\bhow (?:good|well)\b|\bhow much (?:sharper|better|clearer) (?:will|does|do|is|are|can|could)\b|\b(?:is|are|was|were) (?:it|this|that|they|these|the \w+) (?:any |really )?good\W*$/u.test(
    text,
  );

/** The sentences that answer a question outright; `whole`: nothing else is to stand beside them. */
export interface Direct {
  readonly statements: readonly Statement[];
  readonly whole: boolean;
}

/** The sentences that answer a question outright; they stand before whatever else bears on it. */
export function direct(words: Words, named: readonly ModelId[], subject: Subject): Direct {
  const rules = asked(words).map(({ ids, whole }) => ({
    whole: whole === true,
    statements: ids.flatMap((id) => sayable(id, subject)),
  }));
  const extent = blurExtent(words, subject);
  const outright = [...extent, ...rules.flatMap(({ statements }) => statements)];
  const whole = extent.length > 0 || rules.some((rule) => rule.whole && rule.statements.length > 0);
  if (whole) return { statements: outright, whole };
  const found: Statement[] = [];
  if (asksForModel(words)) found.push(...advice(words, subject));
  if (asksHowGood(words)) found.push(...goodness(subject));
  found.push(...comparison(words, named, subject));
  if (asksForStory(words, named)) found.push(...storyOfNamed(subject));
  return { statements: [...found, ...outright], whole: asksForSpeed(words, named) };
}

/** What was measured on the result, and the scores of the models spoken of; of none, of the best of each task. */
function goodness(subject: Subject): readonly Statement[] {
  const best = TASKS.flatMap((task) => bestModel(task, subject.models)?.id ?? []);
  const usual = best.map((model): Step => ({
    model,
    scale: theStory(model, subject.models).task === 'enlarge' ? 2 : 1,
    quality: 'best',
  }));
  const steps = subject.steps.length > 0 ? subject.steps : usual;
  return [...runOf(subject, 'run-shrunk', 'run-change'), ...steps.flatMap((step) => goodnessOf(subject, step))];
}

/** What a model does, what to know of Limpid's weights for it, and the first of how it does it. */
const storyOfNamed = (subject: Subject): readonly Statement[] => {
  const stories = subject.steps.map(({ model }) => storyOf(subject, model));
  return [
    ...stories.flatMap(({ does }) => theClaims(...does)),
    ...sayable('own-remark', subject),
    ...stories.flatMap(({ model }) => theClaims(...model.slice(0, 3))),
  ];
};
