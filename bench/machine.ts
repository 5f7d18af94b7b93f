import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What a reader needs to know of the place where figures were measured. */
export interface Machine {
  /** Processor and logical cores. */
  readonly machine: string;
  readonly versions: string;
}

/** This machine, and the versions of what is measured: the repository's commit, with a word when files differ from it. */
export function describeMachine(): Machine {
  const versions = [`onnxruntime-web ${version('onnxruntime-web')}`, `node ${process.versions.node}`];
  const commit = git('rev-parse', '--short', 'HEAD');
  if (commit !== null) versions.push(`commit ${commit}${git('status', '--porcelain') === '' ? '' : ' with changes'}`);
  return {
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${String(cpus().length)} threads`,
    versions: versions.join(', '),
  };
}

/** One sentence when something else runs here: times are too long then. Null on an idle machine. */
export function busyNote(): string | null {
  const [load = 0] = loadavg();
  if (load <= 0.5) return null;
  return `The machine was busy when this began (load ${load.toFixed(1)} on ${String(cpus().length)} threads): times are too long.`;
}

/** Writes bench/results/NAME for each file; the results of a machine are not part of the repository. */
export function saveResult(files: Readonly<Record<string, string>>): void {
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}${name}`, text);
}

/** A moment as part of a file's name. */
export const fileStamp = (iso: string): string => iso.replaceAll(/[:.]/g, '-');

/** Git's answer; null without git, or outside a repository. */
function git(...parts: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', [...parts], { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function version(name: string): string {
  const { version: found } = JSON.parse(readFileSync(`${ROOT}node_modules/${name}/package.json`, 'utf8')) as {
    version: string;
  };
  return found;
}
