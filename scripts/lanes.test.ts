import { describe, expect, it } from 'vitest';
import { runLane, type Step } from './lanes.ts';

const node = (name: string, script: string): Step => ({ name, command: () => [process.execPath, '-e', script] });
const cwd = process.cwd();

describe('lanes of npm test', () => {
  it('runs steps in order, sums their tests and keeps what a quiet lane prints', async () => {
    const steps = [
      { ...node('first', 'console.log("one")'), counts: () => ({ passed: 3, failed: 0, skipped: 1 }) },
      {
        ...node('second', 'console.error(process.env.WORD)'),
        environment: () => ({ WORD: 'two' }),
        counts: () => ({ passed: 4, failed: 0, skipped: 2 }),
      },
    ];
    const { passed, failed, skipped, text } = await runLane(steps, { cwd, stop: new AbortController(), quiet: true });
    expect([passed, failed, skipped]).toEqual([7, 0, 3]);
    expect(text).toMatch(/== first\none\n== first: passed in \d+ s\n\n== second\ntwo\n== second: passed/);
  });

  it('stops at the first failure, its own or that of another lane', async () => {
    const stop = new AbortController();
    const [one, other] = await Promise.all([
      runLane([node('bad', 'process.exit(3)'), node('never', '')], { cwd, stop, quiet: true }),
      runLane([node('endless', 'setInterval(() => undefined, 1000)'), node('never', '')], { cwd, stop, quiet: true }),
    ]);
    expect([one.passed, one.failed, other.passed, other.failed]).toEqual([0, 1, 0, 0]);
    expect(one.text).toContain('bad: FAILED');
    expect(other.text).toContain('endless: stopped');
    expect(one.text + other.text).not.toContain('never');
  });

  it('says what keeps a command from starting', async () => {
    const steps: readonly Step[][] = [
      [{ name: 'gone', command: () => ['/no/such/program'] }],
      [
        {
          name: 'refused',
          command: () => {
            throw new Error('It needs Python.');
          },
        },
      ],
    ];
    const texts = await Promise.all(
      steps.map(async (lane) => {
        const { failed, text } = await runLane(lane, { cwd, stop: new AbortController(), quiet: true });
        expect(failed).toBe(1);
        return text;
      }),
    );
    expect(texts[0]).toContain('ENOENT');
    expect(texts[1]).toContain('It needs Python.\n');
  });
});
