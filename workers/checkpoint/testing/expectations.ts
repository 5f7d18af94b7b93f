import { expect } from 'vitest';
import { LimpidError, type ErrorCode } from '../../../contract/result.ts';

/** Expects an error that says what is wrong in one sentence for a person. */
export function expectClear(error: unknown): LimpidError {
  if (!(error instanceof LimpidError)) expect.fail(`expected a LimpidError, got ${String(error)}`);
  // A capital, a full stop at the end and nowhere before a new sentence, no control characters.
  expect(error.message).toMatch(/^[A-Z][^\n\0]{10,300}\.$/);
  expect(error.message).not.toMatch(/[.!?] [A-Z]/);
  return error;
}

/** Runs `work`, expects it to fail with this code in one clear sentence, and gives the sentence. */
export async function refusal(work: () => unknown, code: ErrorCode): Promise<string> {
  let error: unknown;
  try {
    await work();
  } catch (thrown) {
    error = thrown;
  }
  const refused = expectClear(error);
  expect([refused.code, refused.message]).toEqual([code, refused.message]);
  return refused.message;
}
