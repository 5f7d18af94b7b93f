import type { ModelId } from '../../../contract/models.ts';
import type { Step } from '../../../contract/run.ts';
import { knownModels } from '../models.ts';
import { unique } from '../passages.ts';
import { notComparable } from '../project.ts';
import type { SeedId } from '../questions.ts';
import type { Subject } from '../subject.ts';
import type { Statement } from '../types.ts';
import { whoseFiguresOf } from '../weights.ts';
import { asksForMakers } from './authors.ts';
import { asksForExtent } from './blur.ts';
import { asksForSpeed } from './compare.ts';
import { asksForModel, asksHowGood, direct, namesAlone } from './direct.ts';
import { isForeign } from './language.ts';
import { isParticular } from './outright.ts';
import { namedModels, pickModel } from './pick.ts';
import { readNames } from './plain-names.ts';
import { isGeneral, premises } from './premises.ts';
import { sameQuestion, search } from './search.ts';
import { comparesWithStranger } from './strangers.ts';
import { isOnTopic, relevanceOf } from './topic.ts';
import { MAX_QUESTION, readWords, toTerm } from './words.ts';
import type { Words } from './words.ts';

/** The id of the sentence that keeps published and own figures apart. */
const APART = 'figures-sets';
/** Words that are in nearly every sentence of the evidence, and by themselves find any. */
const BARE: ReadonlySet<string | null> = new Set(['picture', 'result'].map(toTerm));
/** The most sentences of a reply; the panel's own parts say the rest. */
const MOST = 7;

/** `unmatched`: nothing in the sources has these words; `silent`: they have, and say nothing of what is asked. */
type Refusal = 'empty' | 'foreign' | 'unmatched' | 'silent';

/** What the question box answers. A refusal is no claim and needs no source; everything else is made of Statements. */
export type Reply =
  | {
      readonly kind: 'answered';
      readonly statements: readonly [Statement, ...Statement[]];
      /** The steps spoken of: those chosen, or picked from the words. */
      readonly steps: readonly Step[];
      /** An example question that says the same. */
      readonly near: SeedId | null;
      /** A question longer than what was read. */
      readonly cut: boolean;
    }
  | { readonly kind: 'declined'; readonly reason: Refusal; readonly message: string; readonly cut: boolean };

const MESSAGES: Readonly<Record<Refusal, string>> = {
  empty: 'Ask in a few words, for instance how edges stay sharp or how long the run took.',
  foreign: 'This panel understands questions in English only.',
  unmatched: 'The supplied sources do not say. Nothing in them matches these words.',
  silent: 'The supplied sources do not say.',
};

/** Answers a question from the evidence alone, premises first; declines when it is about something else. */
export function answerQuestion(question: string, subject: Subject): Reply {
  const cut = question.trim().length > MAX_QUESTION;
  const decline = (reason: Refusal): Reply => ({ kind: 'declined', reason, message: MESSAGES[reason], cut });
  if (!/[\p{L}\p{N}]/u.test(question)) return decline('empty');
  if (isForeign(question.slice(0, MAX_QUESTION))) return decline('foreign');

  const { words, plain } = readNames(readWords(question.trim()), subject.models);
  const general = words.terms.length === 0 && (isGeneral(words) || asksHowGood(words));
  const named = [...plain, ...namedModels(words)];
  const onTopic = general || (plain.length > 0 && words.terms.length === 0) || isOnTopic(relevanceOf(words.terms));
  if (!onTopic && !isParticular(words) && !asksForSpeed(words, named) && !asksForExtent(words))
    return decline('unmatched');
  if (comparesWithStranger(words) || asksForMakers(words)) return decline('silent');

  const picked = subject.steps.length === 0 ? pickModel(words, named, subject.models) : null;
  const steps = picked?.steps ?? subject.steps;
  const about: Subject = { ...subject, steps: spokenOf(words, named, steps) };
  const scope = about.steps.map(({ model }) => model);
  const outright = direct(words, named, about);
  const set = outright.whole ? outright.statements : [...outright.statements, ...premises(words, about)];
  // A model's story is whole; what else shares its name would only stand in the way. So would what shares a word with a
  // question whose other words belong to other subjects, or with one that asks which model to take.
  const bare = words.terms.length > 0 && words.terms.every((term) => BARE.has(term));
  const complete = outright.whole || namesAlone(words, named) || asksForModel(words) || bare;
  const found =
    complete || !onTopic ? [] : search(words, scope.length > 0 ? scope : knownModels(subject.models), about);
  const why = picked === null || outright.statements.length > 0 ? [] : [picked.why];
  const [first, ...rest] = unique([...why, ...set, ...found]).slice(0, MOST + why.length);
  if (first === undefined || set.length + found.length === 0) return decline('silent');
  return {
    kind: 'answered',
    statements: [first, ...withOwner([first, ...rest], about)],
    steps,
    near: sameQuestion(words),
    cut,
  };
}

/** A model that the question names takes the place of the chosen ones; in a comparison it stands beside them. */
function spokenOf({ text }: Words, named: readonly ModelId[], steps: readonly Step[]): readonly Step[] {
  if (named.length === 0) return steps;
  const chosen = /\bthan\b|compar|versus|\bvs\b|differen/u.test(text) ? steps.map(({ model }) => model) : [];
  return [...new Set([...chosen, ...named])].map(
    (model) => steps.find((step) => step.model === model) ?? { model, scale: 1, quality: 'best' },
  );
}

/** Wherever a published figure stands, the sentence follows that says whose weights it speaks of. */
function withOwner(statements: readonly Statement[], subject: Subject): readonly Statement[] {
  if (!statements.some(({ published }) => published)) return statements.slice(1);
  // What was measured on this very picture is of another set too.
  const own = statements.some(({ id }) => id.startsWith('own-score') || id === 'run-shrunk');
  const mixed = own && !statements.some(({ id }) => id === APART);
  const rest = [...statements.slice(1), ...(mixed ? subject.models.slice(0, 1).map(notComparable) : [])];
  const models = subject.steps.map(({ model }) => model);
  const said = new Set(statements.map(({ id }) => id));
  return [...rest, ...whoseFiguresOf(subject, models).filter(({ id }) => !said.has(id))];
}
