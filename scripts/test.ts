import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCounts, readPlaywright, readPytest, readVitest, type Counts } from './counts.ts';
import { ensureChromium } from './ensure-browser.ts';
import { ensurePython } from './python.ts';

/**
 * `npm test`: everything, on a fresh machine too. Says what it runs, stops at the first failure, and ends with one line
 * that sums the tests of all three runners.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, '.cache/test-reports');

interface Step {
  readonly name: string;
  readonly command: () => readonly string[];
  readonly environment?: () => Record<string, string>;
  readonly counts?: () => Counts;
}

const local = (program: string): string => join(ROOT, 'node_modules/.bin', program);
const report = (name: string): string => join(REPORTS, name);

const STEPS: readonly Step[] = [
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
  {
    name: 'page and command line in Chromium',
    command: () => {
      process.stdout.write(`${ensureChromium()}\n`);
      return [local('playwright'), 'test', '--reporter=list,json'];
    },
    environment: () => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright.json'), LIMPID_DIST: join(ROOT, 'dist') }),
    counts: () => readCounts(report('playwright.json'), readPlaywright),
  },
  {
    name: 'training, in Python',
    command: () => [ensurePython(), '-m', 'pytest', '-q', 'training/tests', `--junitxml=${report('pytest.xml')}`],
    counts: () => readCounts(report('pytest.xml'), readPytest),
  },
];

function runStep(step: Step): boolean {
  try {
    const [program = '', ...parts] = step.command();
    const environment = { ...process.env, ...step.environment?.() };
    return spawnSync(program, parts, { cwd: ROOT, stdio: 'inherit', env: environment }).status === 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

function main(): number {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  let [passed, failed] = [0, 0];
  let good = true;
  for (const step of STEPS) {
    process.stdout.write(`\n== ${step.name}\n`);
    const started = performance.now();
    good = runStep(step);
    const counts = step.counts?.() ?? { passed: 0, failed: good ? 0 : 1 };
    passed += counts.passed;
    failed += good ? counts.failed : Math.max(1, counts.failed);
    const took = ((performance.now() - started) / 1000).toFixed(0);
    process.stdout.write(`== ${step.name}: ${good ? 'passed' : 'FAILED'} in ${took} s\n`);
    if (!good) break;
  }
  process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`);
  return good && failed === 0 ? 0 : 1;
}

process.exitCode = main();
