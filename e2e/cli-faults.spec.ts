import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findChromium } from '../cli/browser.ts';
import { HeadlessLimpid } from '../cli/headless.ts';
import { begin } from './command.ts';
import { png } from './pictures.ts';

/** Commands whose browser ends under them, or that are asked to end. */
let folder = '';
const at = (name: string): string => join(folder, name);
const MODEL = ['--model', 'liif-edsr', '--scale', '2', '--backend', 'wasm'];

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limpid-cli-faults-'));
  await mkdir(at('hr'));
  // In the middle one that takes its time.
  for (const [name, width, height] of [
    ['a.png', 16, 12],
    ['b.png', 640, 480],
    ['c.png', 16, 12],
  ] as const)
    await writeFile(at(`hr/${name}`), (await png(width, height)).buffer);
  await writeFile(at('chromium'), `#!/bin/sh\necho $$ >> "${at('pids')}"\nexec "${findChromium() ?? ''}" "$@"\n`);
  await chmod(at('chromium'), 0o755);
});
test.beforeEach(() => rm(at('pids'), { force: true }));
test.afterAll(() => rm(folder, { recursive: true }));

/** Process ids of the browsers that the command has started. */
const browsers = async (): Promise<number[]> => (await readFile(at('pids'), 'utf8')).trim().split('\n').map(Number);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const until = (file: string): Promise<void> =>
  expect.poll(() => existsSync(at(file)), { timeout: 90_000, intervals: [50] }).toBe(true);

test('Chromium that ends costs the picture that it was at: the next gets a new one, and all are reported', async () => {
  const inputs = ['a', 'b', 'c'].map((name) => at(`hr/${name}.png`));
  const argv = [...inputs, ...MODEL, '--json', '--out', at('out')];
  const { ended } = begin({ LIMPID_CHROMIUM: at('chromium') }, 'restore', ...argv);
  await until('out/a-2x.png');
  const [first = 0] = await browsers();
  process.kill(first, 'SIGKILL');
  const ran = await ended;
  expect(ran.code).toBe(1);
  expect(ran.err).toContain(`${at('hr/b.png')}: Chromium ended unexpectedly.`);
  const { pictures } = JSON.parse(ran.out) as { pictures: { input: string; ok: boolean }[] };
  expect(pictures.map(({ input, ok }) => [input, ok])).toEqual(inputs.map((input, i) => [input, i !== 1]));
  expect(await browsers()).toHaveLength(2);
});

for (const name of ['restore', 'evaluate'] as const)
  test(`${name} that is asked to end ends, and its browser with it`, async () => {
    const inputs = name === 'restore' ? [at('hr/a.png'), at('hr/b.png'), at('hr/c.png')] : ['--hr', at('hr')];
    const argv = [...inputs, ...MODEL, '--out', at(name)];
    const { child, ended } = begin({ LIMPID_CHROMIUM: at('chromium') }, name, ...argv);
    await until(name === 'restore' ? 'restore/a-2x.png' : 'evaluate/a.png');
    child.kill('SIGTERM');
    const ran = await ended;
    expect(ran.code).toBe(143);
    expect(ran.err).not.toContain('ended');
    const [own = 0, ...more] = await browsers();
    expect(more).toEqual([]);
    await expect.poll(() => isAlive(own)).toBe(false);
  });

test('what fails before the first picture leaves no browser and no server behind', async () => {
  let started: HeadlessLimpid | undefined;
  const starting = HeadlessLimpid.start({ backend: 'wasm' }, (limpid) => {
    started = limpid;
    return Promise.reject(new Error('The page ended.'));
  });
  await expect(starting).rejects.toThrow('The page ended.');
  expect(started?.alive).toBe(false);
});

test('a run that fails leaves no picture behind', async () => {
  const limpid = await HeadlessLimpid.start({ backend: 'wasm' });
  try {
    const recipe = [{ model: 'liif-edsr', scale: 99, quality: 'best' }] as const;
    const failed = await limpid.restore(at('hr/a.png'), { recipe, backend: 'wasm' });
    expect(failed).toMatchObject({ ok: false, error: { code: 'bad-scale' } });
    const saved = await limpid.save({ format: 'png' }, at);
    expect(saved).toMatchObject({ ok: false, error: { message: 'This picture is not open any more.' } });
  } finally {
    await limpid.close();
  }
});
