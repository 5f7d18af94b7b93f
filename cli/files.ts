import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { CliError } from './failure.ts';

/** Why a file cannot be read as a picture, in one sentence; null when it is a file with something in it. */
export function inputProblem(path: string): string | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return `${path} does not exist.`;
    if (found.isDirectory()) return `${path} is a folder; name the pictures in it.`;
    if (!found.isFile()) return `${path} is not a file.`;
    accessSync(path, constants.R_OK);
    return found.size === 0 ? `${path} is empty.` : null;
  } catch (error) {
    return `${path} ${UNREACHABLE[codeOf(error)] ?? 'cannot be read'}.`;
  }
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by you',
  ELOOP: 'is a link that leads back to itself',
  ENAMETOOLONG: 'is no file: its name is too long',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Makes the folder for results and tries it. Throws CliError when nothing can be written there. */
export function prepareOutput(folder: string): void {
  let reason = 'it cannot be made';
  try {
    mkdirSync(folder, { recursive: true });
    reason = 'nothing can be written into it';
    // permissions alone do not tell: a disk may be read-only
    rmdirSync(mkdtempSync(join(folder, '.limpid-')));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') reason = 'it is a file';
    throw new CliError(`--out ${folder} cannot be the folder for results: ${reason}.`);
  }
}

/** An empty folder for what is needed only meanwhile. It goes when the process ends. */
export function scratchFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A checkpoint named on the command line. Throws CliError when it is not a file. */
export function checkWeights(path: string): void {
  const problem = inputProblem(path);
  if (problem !== null) throw new CliError(`--weights: ${problem}`);
}

/** Which file a path leads to, by any name or link; null when there is none or it cannot be reached. */
function identity(path: string): string | null {
  try {
    const found = statSync(path, { bigint: true });
    return `${String(found.dev)}:${String(found.ino)}`;
  } catch {
    return null;
  }
}

/** True also for a link that leads nowhere: writing through it would make a file elsewhere. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Names for results in one folder: two inputs of one name do not overwrite each other, no result overwrites one of `inputs`
 * (paths), by whatever name it is reached, and none a file that is there already, unless `overwrite`.
 */
export function placer(folder: string, inputs: readonly string[], overwrite: boolean): (name: string) => string {
  const used = new Set<string>();
  const kept = new Set(inputs.map(identity));
  kept.delete(null);
  const taken = (name: string): boolean => {
    const path = join(folder, name);
    return used.has(name.toLowerCase()) || (overwrite ? kept.has(identity(path)) : exists(path));
  };
  return (name) => {
    const { name: stem, ext } = parse(name);
    let candidate = name;
    for (let i = 2; taken(candidate); i += 1) candidate = `${stem}-${String(i)}${ext}`;
    used.add(candidate.toLowerCase());
    return join(folder, candidate);
  };
}
