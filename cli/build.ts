import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { CliError } from './failure.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
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
export async function ensureBuilt(): Promise<string> {
  const given = process.env['LIMPID_DIST'];
  if (given !== undefined && given !== '') return given;
  const folder = join(ROOT, 'dist');
  const built = join(folder, 'headless.html');
  const newest = Math.max(...SOURCES.map((source) => newestTime(join(ROOT, source))));
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return folder;
  process.stderr.write('Building the page first (once)…\n');
  try {
    await build({ root: ROOT, logLevel: 'error' });
  } catch (error) {
    throw new CliError(`The page could not be built: ${error instanceof Error ? error.message : String(error)}`, 'run');
  }
  return folder;
}

/** Latest change of a file or of anything in a folder, in milliseconds; 0 when it is not there. */
export function newestTime(path: string): number {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const inner = readdirSync(path).map((name) => newestTime(join(path, name)));
  return Math.max(found.mtimeMs, ...inner);
}
