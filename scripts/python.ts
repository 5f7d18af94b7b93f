import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VENV = join(ROOT, '.venv');
const REQUIREMENTS = join(ROOT, 'training/requirements.txt');
const PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const FIT = 'import sys, venv; sys.exit(sys.version_info < (3, 11))';

/**
 * The Python of `.venv` with the training requirements in it; made on first use and again when they change.
 * Throws one clear sentence when there is no Python or the packages cannot be had.
 */
export function ensurePython(): string {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const stamp = join(VENV, 'limpid-requirements.sha256');
  if (existsSync(PYTHON) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return PYTHON;
  const base = ['python3', 'python'].find((name) => spawnSync(name, ['-c', FIT], { stdio: 'ignore' }).status === 0);
  if (base === undefined) throw new Error('The training tests need Python 3.11 or newer with its venv module.');
  must(base, ['-m', 'venv', VENV], 'The virtual environment .venv could not be made.');
  must(
    PYTHON,
    ['-m', 'pip', 'install', '--quiet', '--retries', '1', '-r', REQUIREMENTS],
    'The Python packages of training/requirements.txt could not be installed.',
  );
  writeFileSync(stamp, wanted);
  return PYTHON;
}

function must(program: string, parts: readonly string[], sentence: string): void {
  if (spawnSync(program, parts, { stdio: 'inherit' }).status !== 0) throw new Error(sentence);
}
