import { SEED_ANSWERS } from './answers/index.ts';
import { resolve } from './answers/types.ts';
import type { DraftPassage, Line, Passage } from './answers/types.ts';
import { measured, ownFigures, paddingWords, theRun, unique } from './passages.ts';
import { twoSteps } from './project.ts';
import { theQuestion } from './questions.ts';
import type { SeedId, SeedQuestion } from './questions.ts';
import type { Subject } from './subject.ts';
import type { Statement } from './types.ts';

/** The task of one of the five questions: premises first, then what was measured, if this picture went through the model. */
export function seedTask(seed: SeedId, subject: Subject): readonly Passage[] {
  const question = theQuestion(seed);
  const [first, ...rest] = written(SEED_ANSWERS[seed].task, question, subject);
  const own: Passage = { lead: 'Measured on this result.', statements: measured(subject) };
  return restrict([...(first === undefined ? [] : [first]), own, ...rest], question);
}

/** Input, model and output as written, then the run's own record or whose weights would be used. */
export function seedWorkflow(seed: SeedId, subject: Subject): readonly Passage[] {
  const question = theQuestion(seed);
  return restrict([...written(SEED_ANSWERS[seed].workflow, question, subject), ...theRun(subject)], question);
}

const written = (drafts: readonly DraftPassage[], question: SeedQuestion, subject: Subject): readonly Passage[] =>
  drafts.map(({ lead, lines }) => ({
    lead,
    statements: unique(lines.flatMap((line) => filled(line, question, subject))),
  }));

function filled(line: Line, { model, factor }: SeedQuestion, subject: Subject): readonly Statement[] {
  if (!('slot' in line)) return [resolve(line)];
  const index = Math.max(
    0,
    subject.steps.findIndex((step) => step.model === model),
  );
  switch (line.slot) {
    case 'two-steps':
      return [twoSteps(model, subject.models)];
    case 'padding':
      return paddingWords(subject, index);
    case 'own-figures':
      return ownFigures(subject, subject.steps[index] ?? { model, scale: factor ?? 1, quality: 'best' });
  }
}

/** The rule of the five questions: nothing from outside the supplied sources, nothing that a third party reports. */
const restrict = (passages: readonly Passage[], { supplied }: SeedQuestion): readonly Passage[] =>
  passages.map(({ lead, statements }) => ({
    lead,
    statements: statements.filter(
      ({ kind, citations }) =>
        kind !== 'reported' &&
        citations.every((citation) => citation.kind !== 'source' || supplied.includes(citation.source)),
    ),
  }));
