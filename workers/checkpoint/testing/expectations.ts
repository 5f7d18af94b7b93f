import { expect } from 'vitest';
import { LimpidError, type ErrorCode } from '../../../contract/result.ts';

/** Runs `work`, expects it to fail with this code in one clear sentence, and gives the sentence. */
export async function refusal(work: () => unknown, code: ErrorCode): Promise<string> {
  let error: unknown;
  try {
    await work();
  } catch (thrown) {
    error = thrown;
  }
  if (!(error instanceof LimpidError)) expect.fail(`expected a LimpidError, got ${String(error)}`);
  expect([error.code, error.message]).toEqual([code, error.message]);
  // One sentence for a person: a capital, a full stop at the end and nowhere before a new sentence, no control characters.
  expect(error.message).toMatch(/^[A-Z][^\n\0]{10,300}\.$/);
  expect(error.message).not.toMatch(/[.!?] [A-Z]/);
  return error.message;
}
