import { describe, expect, it } from 'vitest';
import { readCounts, readPlaywright, readPytest, readVitest } from './counts.ts';

describe('test counts', () => {
  it('reads the three report formats', () => {
    expect(
      readVitest('{"numTotalTests":11,"numPassedTests":5,"numFailedTests":2,"numPendingTests":3,"numTodoTests":1}'),
    ).toEqual({ passed: 5, failed: 2, skipped: 4 });
    expect(readPlaywright('{"stats":{"expected":4,"unexpected":1,"flaky":2,"skipped":3}}')).toEqual({
      passed: 6,
      failed: 1,
      skipped: 3,
    });
    const junit =
      '<?xml version="1.0"?><testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1">';
    expect(readPytest(junit)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it('counts a report that is not there as a failure', () => {
    expect(readCounts('no-such-report.json', readVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
