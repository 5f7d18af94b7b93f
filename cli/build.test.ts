import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ensureBuilt } from './build.ts';

const vite = vi.hoisted(() => ({ build: vi.fn() }));
vi.mock('vite', () => vite);

let root = '';
beforeEach(() => {
  vi.stubEnv('LIMPID_DIST', '');
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  root = mkdtempSync(join(tmpdir(), 'limpid-build-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/main.ts'), '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vite.build.mockReset();
  rmSync(root, { recursive: true });
});

const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const read = (name: string): string => readFileSync(join(root, 'dist', name), 'utf8');

/** As Vite does it: the folder is emptied first, and files come one after the other. */
function builds(name: string, milliseconds: number): void {
  vite.build.mockImplementationOnce(async (config: { build?: { outDir?: string } }) => {
    const folder = config.build?.outDir ?? join(root, 'dist');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await wait(milliseconds);
    writeFileSync(join(folder, 'headless.html'), name);
    writeFileSync(join(folder, 'script.js'), name);
  });
}

it('builds once, and again when a source is newer', async () => {
  builds('first', 0);
  expect(await ensureBuilt(root)).toBe(join(root, 'dist'));
  expect(await ensureBuilt(root)).toBe(join(root, 'dist'));
  expect(vite.build).toHaveBeenCalledTimes(1);
  await wait(20);
  writeFileSync(join(root, 'src/main.ts'), 'new');
  builds('second', 0);
  await ensureBuilt(root);
  expect([read('headless.html'), read('script.js')]).toEqual(['second', 'second']);
  expect(readdirSync(root).sort()).toEqual(['dist', 'src']);
});

it('leaves what another command has built meanwhile, and serves already, as it is', async () => {
  builds('slow', 120);
  builds('quick', 20);
  const slow = ensureBuilt(root);
  await ensureBuilt(root);
  const seen = new Set<string>();
  const watched = setInterval(() => seen.add(read('headless.html') + read('script.js')), 5);
  await slow;
  clearInterval(watched);
  expect(seen).toEqual(new Set(['quickquick']));
  expect(readdirSync(root).sort()).toEqual(['dist', 'src']);
});

it('leaves nothing behind when the build fails', async () => {
  vite.build.mockImplementationOnce((config: { build?: { outDir?: string } }) => {
    mkdirSync(config.build?.outDir ?? join(root, 'dist'));
    return Promise.reject(new Error('no such file'));
  });
  await expect(ensureBuilt(root)).rejects.toThrow('The page could not be built: no such file');
  expect(readdirSync(root)).toEqual(['src']);
});
