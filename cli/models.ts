import { readFileSync } from 'node:fs';
import type { Manifest } from '../contract/manifest.ts';
import { isModelId, MODEL_IDS, type ModelId } from '../contract/models.ts';
import { manifestProblem } from '../contract/validate-manifest.ts';
import { CliError } from './failure.ts';

const FOLDER = new URL('../public/models/', import.meta.url);

/** The manifest of a model of the catalogue. Throws CliError when its folder is incomplete. */
export function readManifest(id: ModelId): Manifest {
  const parsed: unknown = JSON.parse(readFileSync(new URL(`${id}/manifest.json`, FOLDER), 'utf8'));
  const problem = manifestProblem(parsed);
  if (problem !== null) throw new CliError(`The manifest of ${id} cannot be used: ${problem}.`, 'run');
  return parsed as Manifest;
}

/** A model id from the command line. Throws CliError with the names that exist. */
export function parseModel(value: string, option: string): ModelId {
  if (isModelId(value)) return value;
  throw new CliError(`${option} ${value} is not a model; there are ${MODEL_IDS.join(', ')}.`);
}
