import { mkdirSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import { CliError } from './failure.ts';

/** Why a file cannot be read as a picture, in one sentence; null when it is a file with something in it. */
export function inputProblem(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return `${path} does not exist.`;
  if (found.isDirectory()) return `${path} is a folder; name the pictures in it.`;
  if (!found.isFile()) return `${path} is not a file.`;
  return found.size === 0 ? `${path} is empty.` : null;
}

/** Makes the folder for results. Throws CliError when something else is in its place. */
export function prepareOutput(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'it is a file' : 'it cannot be made';
    throw new CliError(`--out ${folder} cannot be the folder for results: ${reason}.`);
  }
}

/** A checkpoint named on the command line. Throws CliError when it is not a file. */
export function checkWeights(path: string): void {
  const problem = inputProblem(path);
  if (problem !== null) throw new CliError(`--weights: ${problem}`);
}

/** Names for results in one folder: two inputs of one name do not overwrite each other. */
export function placer(folder: string): (name: string) => string {
  const used = new Set<string>();
  return (name) => {
    const { name: stem, ext } = parse(name);
    let candidate = name;
    for (let i = 2; used.has(candidate.toLowerCase()); i += 1) candidate = `${stem}-${String(i)}${ext}`;
    used.add(candidate.toLowerCase());
    return join(folder, candidate);
  };
}
