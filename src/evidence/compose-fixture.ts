import { expect } from 'vitest';
import type { ModelId, Quality } from '../../contract/models.ts';
import type { Recipe } from '../../contract/run.ts';
import { answerQuestion } from './ask/reply.ts';
import { compose, statementsOf } from './compose.ts';
import type { Answer, ComposeInput } from './compose.ts';
import { TEST_INPUT } from './fixtures.ts';
import { validateAnswer } from './validate.ts';

/** A recipe of one step. */
export const one = (model: ModelId, scale = 1, quality: Quality = 'best'): Recipe => [{ model, scale, quality }];

/** The panel’s content for the test input with a change; its sources are valid. */
export function answer(change: Partial<ComposeInput>): Answer {
  const composed = compose({ ...TEST_INPUT, ...change }, answerQuestion);
  expect(validateAnswer(composed, null)).toEqual([]);
  return composed;
}

export const ids = (composed: Answer): readonly string[] => statementsOf(composed).map(({ id }) => id);
export const text = (composed: Answer): string =>
  statementsOf(composed)
    .map((statement) => statement.text)
    .join('\n');
