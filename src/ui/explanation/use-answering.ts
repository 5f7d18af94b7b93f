import { useCallback, useState } from 'react';
import { chunk } from '../../../contract/chunk.ts';
import type { AnswerQuestion } from '../../evidence/compose.ts';

/** What answers typed questions: not there yet, there, or not to be had at the last attempt. */
export type Answering =
  { readonly kind: 'waiting' | 'failed' } | { readonly kind: 'ready'; readonly answerQuestion: AnswerQuestion };

const machinery = chunk(() => import('../../evidence/ask/reply.ts'));
const WAITING: Answering = { kind: 'waiting' };

/**
 * The question box's machinery (rules, search, stemmer), with the call that loads it. Loaded lazily, as a visit without a
 * typed question never needs it: when the box gets the focus, so that it is there when the question is, and again with
 * each question after a failure.
 */
export function useAnswering(): readonly [Answering, () => void] {
  const [answering, setAnswering] = useState(WAITING);
  const load = useCallback(() => {
    const unlessReady = (next: Answering) => setAnswering((now) => (now.kind === 'ready' ? now : next));
    unlessReady(WAITING);
    machinery().then(
      ({ answerQuestion }) => unlessReady({ kind: 'ready', answerQuestion }),
      (error: unknown) => {
        console.error(error);
        unlessReady({ kind: 'failed' });
      },
    );
  }, []);
  return [answering, load];
}
