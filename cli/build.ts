import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { CliError } from './failure.ts';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'index.html',
  'headless.html',
  'vite.config.ts',
  'package-lock.json',
  'src',
  'workers',
  'contract',
  'public',
];

/**
 * The built page's folder; builds it first when it is absent or older than any of its sources. LIMPID_DIST names a folder
 * to be used as it is.
 */
export async function ensureBuilt(root = HERE): Promise<string> {
  const given = process.env['LIMPID_DIST'];
  if (given !== undefined && given !== '') return given;
  const folder = join(root, 'dist');
  const newest = Math.max(...SOURCES.map((source) => newestTime(join(root, source))));
  const fresh = (): boolean => {
    const found = statSync(join(folder, 'headless.html'), { throwIfNoEntry: false });
    return found !== undefined && found.mtimeMs >= newest;
  };
  if (fresh()) return folder;
  process.stderr.write('Building the page first (once)…\n');
  // Beside it, and moved when it is whole: another command may be building too, or serve what is there already.
  const own = `${folder}-${randomUUID()}`;
  const tidy = (): void => {
    for (const left of [own, `${own}-old`]) rmSync(left, { recursive: true, force: true });
  };
  process.once('exit', tidy);
  try {
    await build({ root, logLevel: 'error', build: { outDir: own } });
    if (!fresh()) replace(folder, own);
  } catch (error) {
    throw new CliError(`The page could not be built: ${error instanceof Error ? error.message : String(error)}`, 'run');
  } finally {
    tidy();
    process.off('exit', tidy);
  }
  return folder;
}

function replace(folder: string, own: string): void {
  if (existsSync(folder)) renameSync(folder, `${own}-old`);
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another command has put its own there in between.
    if (!existsSync(folder)) throw error;
  }
}

/** Latest change of a file or of anything in a folder, in milliseconds; 0 when it is not there. */
export function newestTime(path: string): number {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const inner = readdirSync(path).map((name) => newestTime(join(path, name)));
  return Math.max(found.mtimeMs, ...inner);
}
