import { expect } from 'vitest';
import type { ModelId } from '../../../contract/models.ts';
import type { Recipe, RunReport } from '../../../contract/run.ts';
import { answerQuestion } from './reply.ts';
import { compose, statementsOf } from '../compose.ts';
import type { Answer, ComposeInput } from '../compose.ts';
import { TEST_MANIFESTS, TEST_PICTURE } from '../fixtures.ts';
import { SOURCES } from '../sources.ts';
import { validateAnswer } from '../validate.ts';

/** Asks the question box; for this folder's tests alone. */

export const only = (model: ModelId, scale = 1): Recipe => [{ model, scale, quality: 'best' }];

export function ask(
  question: string,
  recipe: Recipe | null = null,
  report: RunReport | null = null,
  change: Partial<ComposeInput> = {},
): Answer {
  const answer = compose(
    {
      models: TEST_MANIFESTS,
      recipe,
      picture: TEST_PICTURE,
      report,
      weights: [],
      estimate: null,
      question,
      seed: null,
      ...change,
    },
    answerQuestion,
  );
  // Whatever is asked: every sentence cites, and every citation is in the list.
  expect(validateAnswer(answer, null)).toEqual([]);
  for (const { id, citations } of statementsOf(answer)) {
    expect(citations.length, id).toBeGreaterThan(0);
    for (const citation of citations) if (citation.kind === 'source') expect(SOURCES[citation.source]).toBeDefined();
  }
  return answer;
}

export const idsOf = ({ reply }: Answer): readonly string[] =>
  reply?.kind === 'answered' ? reply.statements.map(({ id }) => id) : [];

/** The sentences of the reply, one a line. */
export const saidBy = ({ reply }: Answer): string =>
  reply?.kind === 'answered' ? reply.statements.map(({ text }) => text).join('\n') : '';
