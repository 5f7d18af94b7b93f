import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCounts, readPlaywright, readPytest, readVitest } from './counts.ts';
import { ensureChromium } from './ensure-browser.ts';
import { runLane, type LaneResult, type Step } from './lanes.ts';
import { ensurePython } from './python.ts';

/**
 * `npm test`: everything, on a fresh machine too. Says what it runs, stops at the first failure, and ends with one line
 * that sums the tests of all three runners.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, '.cache/test-reports');

const local = (program: string): string => join(ROOT, 'node_modules/.bin', program);
const report = (name: string): string => join(REPORTS, name);

/** The training tests and a test in Chromium need it: made once, before anything runs beside anything else. */
const PREPARATION: readonly Step[] = [{ name: 'Python environment', command: () => [ensurePython(), '--version'] }];

const STATIC: readonly Step[] = [
  ...['contract', 'workers', 'src', '.'].map((project) => ({
    name: `types: ${project === '.' ? 'tests and tools' : project}`,
    command: () => [local('tsc'), '-p', project],
  })),
  { name: 'lint', command: () => [local('oxlint'), '--type-aware'] },
  { name: 'unused code', command: () => [local('knip')] },
  { name: 'format', command: () => [local('prettier'), '--check', '--log-level', 'warn', '.'] },
  {
    name: 'unit tests',
    command: () => [
      local('vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report('vitest.json')}`,
    ],
    counts: () => readCounts(report('vitest.json'), readVitest),
  },
  { name: 'build', command: () => [local('vite'), 'build', '--logLevel', 'warn'] },
];

/** On one thread, beside the static steps. */
const TRAINING: readonly Step[] = [
  {
    name: 'training, in Python',
    command: () => [ensurePython(), '-m', 'pytest', '-q', 'training/tests', `--junitxml=${report('pytest.xml')}`],
    counts: () => readCounts(report('pytest.xml'), readPytest),
  },
];

/** Alone: its tests fill every core by themselves. */
const BROWSER: readonly Step[] = [
  {
    name: 'page and command line in Chromium',
    command: () => {
      process.stdout.write(`${ensureChromium()}\n`);
      return [local('playwright'), 'test', '--reporter=list,json'];
    },
    environment: () => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright.json'), LIMPID_DIST: join(ROOT, 'dist') }),
    counts: () => readCounts(report('playwright.json'), readPlaywright),
  },
];

async function main(): Promise<number> {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const where = { cwd: ROOT, stop: new AbortController() };
  const results: LaneResult[] = [await runLane(PREPARATION, where)];
  results.push(...(await Promise.all([runLane(STATIC, where), runLane(TRAINING, { ...where, quiet: true })])));
  process.stdout.write(results.map(({ text }) => text).join(''));
  results.push(await runLane(BROWSER, where));
  const sum = (what: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((total, result) => total + result[what], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')].map(String);
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return where.stop.signal.aborted || sum('failed') > 0 ? 1 : 0;
}

process.exitCode = await main();
