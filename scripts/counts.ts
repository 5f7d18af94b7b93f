import { readFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Not run: what they need is not on this machine. */
  readonly skipped: number;
}

type Reader = (text: string) => Counts;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

function fields(text: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/** vitest's JSON report. */
export const readVitest: Reader = (text) => {
  const report = fields(text);
  return {
    passed: number(report['numPassedTests']),
    failed: number(report['numFailedTests']),
    skipped: number(report['numPendingTests']) + number(report['numTodoTests']),
  };
};

/** Playwright's JSON report; a test that passed on a second try counts as passed, and is printed as flaky by it. */
export const readPlaywright: Reader = (text) => {
  const stats = fields(JSON.stringify(fields(text)['stats'] ?? {}));
  return {
    passed: number(stats['expected']) + number(stats['flaky']),
    failed: number(stats['unexpected']),
    skipped: number(stats['skipped']),
  };
};

/** pytest's JUnit report: the counts stand on its testsuite element. */
export const readPytest: Reader = (text) => {
  const attribute = (name: string): number =>
    Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(text)?.[1] ?? 0);
  const failed = attribute('failures') + attribute('errors');
  const skipped = attribute('skipped');
  return { passed: attribute('tests') - failed - skipped, failed, skipped };
};

/** Counts of a report file; a missing or broken one counts as one failure: something ended before it could report. */
export function readCounts(file: string, reader: Reader): Counts {
  try {
    return reader(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
