import type { Manifest } from '../../contract/manifest.ts';
import type { PictureInfo } from '../../contract/picture.ts';
import type { Recipe, RunPlan, RunReport, Step } from '../../contract/run.ts';
import type { ImportedWeights } from '../../contract/worker-api.ts';
import type { Passage } from './answers/types.ts';
import type { answerQuestion, Reply } from './ask/reply.ts';
import { workflowFigure } from './figure.ts';
import type { WorkflowFigure } from './figure.ts';
import { nameOf, theStory } from './models.ts';
import { generalTask, generalWorkflow, overviewTask, overviewWorkflow } from './passages.ts';
import { theQuestion } from './questions.ts';
import type { SeedId } from './questions.ts';
import { references } from './references.ts';
import type { Reference } from './references.ts';
import { reportFits } from './run.ts';
import { seedTask, seedWorkflow } from './seed.ts';
import type { SourceId } from './sources.ts';
import type { Subject } from './subject.ts';
import type { Statement } from './types.ts';
import { weightsOf } from './weights.ts';

/**
 * `answerQuestion` of `ask/reply.ts`, handed in where it is needed: the question box's machinery is two fifths of
 * the panel, and the page loads it only when somebody is about to ask.
 */
export type AnswerQuestion = typeof answerQuestion;

export interface ComposeInput {
  readonly models: readonly Manifest[];
  readonly recipe: Recipe | null;
  readonly picture: PictureInfo | null;
  /** The run whose result is on screen. */
  readonly report: RunReport | null;
  /** Imported files that the next run uses in place of Limpid's weights. */
  readonly weights: readonly ImportedWeights[];
  /** What the page estimates for a run of `recipe`; null where it does not know. */
  readonly estimate: RunPlan | null;
  /** The person's own question, or null. Ignored while one of the five is asked. */
  readonly question: string | null;
  readonly seed: SeedId | null;
}

/** A structured answer: what is shown, copied and tested. Every sentence in it is a Statement. */
export interface Answer {
  readonly seed: SeedId | null;
  /** The steps that the answer speaks of; empty in the overview before anything is chosen. */
  readonly steps: readonly Step[];
  readonly question: string | null;
  /** Null without a question, for an example question, and as long as nothing is there to answer. */
  readonly reply: Reply | null;
  readonly task: readonly Passage[];
  readonly workflow: readonly Passage[];
  readonly figure: WorkflowFigure | null;
  readonly sources: readonly Reference[];
}

/** Composes the answer (a question's needs `answering`); pure, and quick enough to be called on every change of the page. */
export function compose(input: ComposeInput, answering: AnswerQuestion | null = null): Answer {
  const { seed } = input;
  return seed === null ? composeOwn(input, answering) : composeSeed(input, seed);
}

function composeSeed(input: ComposeInput, seed: SeedId): Answer {
  const { model, factor, supplied, question } = theQuestion(seed);
  const run = runOf(input);
  const ran = run?.steps.find((step) => step.model === model) ?? null;
  const task = theStory(model, input.models).task;
  const chosen = input.recipe?.find((step) => step.model === model);
  const asked: Step = { model, scale: task === 'deblur' ? 1 : (factor ?? 2), quality: 'best' };
  const step: Step = ran ?? chosen ?? asked;
  // A recipe of two steps is drawn whole; with another model in place of the recommended one, only the latter is drawn.
  const steps: readonly Step[] = ran !== null && run !== null ? run.steps : [step];
  const subject: Subject = {
    models: input.models,
    weights: input.weights,
    steps,
    planned: chosen === undefined ? [] : [chosen],
    picture: input.picture,
    estimate: null,
    report: ran === null ? null : run,
    stale: null,
  };
  return finish(subject, {
    seed,
    question,
    reply: null,
    task: seedTask(seed, subject),
    workflow: seedWorkflow(seed, subject),
    always: supplied,
    restricted: true,
  });
}

function composeOwn(input: ComposeInput, answering: AnswerQuestion | null): Answer {
  const run = runOf(input);
  const chosen: readonly Step[] = input.recipe ?? run?.steps ?? [];
  const fits = run !== null && (input.recipe === null || reportFits(run, input.recipe));
  const before: Subject = {
    models: input.models,
    weights: input.weights,
    steps: chosen,
    planned: chosen,
    picture: input.picture,
    estimate: input.estimate,
    report: fits ? run : null,
    stale: fits ? null : run,
  };
  const reply = input.question === null || answering === null ? null : answering(input.question, before);
  const subject: Subject =
    chosen.length === 0 && reply?.kind === 'answered' ? { ...before, steps: reply.steps } : before;
  const overview = subject.steps.length === 0;
  return finish(subject, {
    seed: null,
    question: input.question,
    reply,
    task: overview ? overviewTask() : generalTask(subject),
    workflow: overview ? overviewWorkflow() : generalWorkflow(subject),
    always: overview ? [] : modelSources(subject),
    restricted: false,
  });
}

interface Parts {
  readonly seed: SeedId | null;
  readonly question: string | null;
  readonly reply: Reply | null;
  readonly task: readonly Passage[];
  readonly workflow: readonly Passage[];
  readonly always: readonly SourceId[];
  readonly restricted: boolean;
}

function finish(subject: Subject, parts: Parts): Answer {
  const { seed, question, reply, always, restricted } = parts;
  const { models, steps, picture, report } = subject;
  const figure =
    steps.length === 0
      ? null
      : workflowFigure({
          steps,
          name: (id) => nameOf(id, models),
          story: (id) => theStory(id, models),
          network: (id) => weightsOf(subject, id).network,
          input: report?.input ?? picture,
          reports: report?.steps ?? null,
          allowed: restricted ? always : null,
        });
  const caption = figure === null ? [] : [figure.caption];
  const answer = { seed, steps, question, reply, task: trim(parts.task), workflow: trim(parts.workflow), figure };
  const cited = [...statementsOf(answer), ...caption];
  return { ...answer, sources: references(cited, always, report ?? subject.stale, unreadOf(subject)) };
}

/** All sentences of an answer in reading order, the figure's caption and the lines of the sources left out. */
export function statementsOf(answer: Pick<Answer, 'reply' | 'task' | 'workflow'>): readonly Statement[] {
  const reply = answer.reply?.kind === 'answered' ? answer.reply.statements : [];
  return [...reply, ...[...answer.task, ...answer.workflow].flatMap((part) => part.statements)];
}

/** The run on screen, when it is one of this picture. */
function runOf({ report, picture }: ComposeInput): RunReport | null {
  return report !== null && (picture === null || picture.id === report.picture) ? report : null;
}

const modelSources = ({ steps, models }: Subject): readonly SourceId[] =>
  steps.flatMap(({ model }) => {
    const { paper, code } = theStory(model, models);
    return [paper, code].filter((source) => source !== null);
  });

/** For the list of sources: that there are none for a model spoken of. */
const unreadOf = ({ steps, models }: Subject): Statement | null =>
  steps.flatMap(({ model }) => theStory(model, models).unread ?? [])[0] ?? null;

const trim = (passages: readonly Passage[]): readonly Passage[] =>
  passages.filter((part) => part.statements.length > 0);
