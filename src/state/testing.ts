import { MODEL_IDS, type ModelId } from '../../contract/models.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { EncodedPicture, PictureInfo } from '../../contract/picture.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Recipe, RunPlan, RunReport, RunRequest } from '../../contract/run.ts';
import type { ModelState, RestorationApi, RunDelegate } from '../../contract/worker-api.ts';
import type { Engine } from '../engine/client.ts';
import { recipeScale, resultSize } from './settings.ts';

/** Values and an engine for this folder's tests; nothing of the page imports it. */

export const infoOf = (id: string, name = `${id}.png`): PictureInfo => ({
  id,
  name,
  kind: 'png',
  bytes: 100,
  depth: 8,
  grey: false,
  alpha: false,
  colorSpace: 'srgb',
  orientation: 1,
  frames: 1,
  hasLocation: false,
  notes: [],
  width: 30,
  height: 20,
});

export function reportOf(picture: string, recipe: Recipe, weights = 'limpid'): RunReport {
  const input = { width: 30, height: 20 };
  return {
    picture,
    input,
    output: resultSize(input, recipeScale(recipe)),
    steps: recipe.map((step) => ({ ...step, weights: { id: weights } })) as unknown as RunReport['steps'],
    seconds: 1,
    loadSeconds: 0,
    measure: { backProjectionDb: null, changedShare: 0, meanChange: 0, maxChange: 0, reference: 'input' },
    events: [],
    version: 'test',
    finishedAt: '2026-01-01T00:00:00Z',
  };
}

/** Only what the state looks at. */
export const manifestOf = (id: ModelId): Manifest => {
  const liif = id.startsWith('liif');
  return {
    id,
    name: id,
    task: liif ? 'enlarge' : 'deblur',
    pipeline: liif ? 'liif' : 'image-to-image',
    ...(liif
      ? { scale: { min: 1, max: 8, step: 0.1, trained: [1, 4] }, fast: { costDb: 0.2, measuredOn: 'Set5 x2' } }
      : {}),
  } as unknown as Manifest;
};

export const modelStates = (): ModelState[] =>
  MODEL_IDS.map((id) => ({ manifest: manifestOf(id), download: 0, weights: [], chosen: 'limpid' }));

export interface FakeRun {
  readonly job: string;
  readonly request: RunRequest;
  readonly delegate: RunDelegate;
  readonly end: (result: Result<RunReport>) => void;
}

/** Opens everything but files named "bad…"; a run ends when the test says so, or is cancelled. */
export class FakeEngine implements Engine {
  readonly runs: FakeRun[] = [];
  readonly closed: string[] = [];
  encoded: Result<EncodedPicture> = fail('encode-failed', 'not in this test');
  planFailure: ReturnType<typeof fail> | null = null;
  /** Tells the page that the worker has died. */
  crash: () => void = () => undefined;

  onCrash(listener: () => void): void {
    this.crash = listener;
  }

  readonly capabilities: RestorationApi['capabilities'] = async () => fail('internal', 'not in this test');
  readonly models: RestorationApi['models'] = async () => ok(modelStates());
  readonly tile: RestorationApi['tile'] = async () => fail('internal', 'not in this test');
  readonly encode: RestorationApi['encode'] = async () => this.encoded;
  readonly importWeights: RestorationApi['importWeights'] = async (_, name) =>
    fail('unknown-network', `“${name}” is no network of ours.`);
  readonly chooseWeights: RestorationApi['chooseWeights'] = async () => ok(null);
  readonly removeWeights: RestorationApi['removeWeights'] = async () => ok(null);
  readonly sweepWeights: RestorationApi['sweepWeights'] = async () => ok([]);

  readonly open: RestorationApi['open'] = async (id, _, name) =>
    name.startsWith('bad') ? fail('not-a-picture', `“${name}” is not a picture.`) : ok(infoOf(id, name));

  readonly close: RestorationApi['close'] = async (id) => {
    this.closed.push(id);
  };

  readonly plan: RestorationApi['plan'] = async ({ recipe }) =>
    this.planFailure ?? ok({ output: resultSize({ width: 30, height: 20 }, recipeScale(recipe)) } as RunPlan);

  readonly run: RestorationApi['run'] = (job, request, delegate) =>
    new Promise((end) => {
      this.runs.push({ job, request, delegate, end });
    });

  readonly looked: (readonly [job: string, view: RunRequest['view']])[] = [];
  readonly look: RestorationApi['look'] = async (job, view) => {
    this.looked.push([job, view]);
  };

  readonly cancel: RestorationApi['cancel'] = async (job) => {
    this.runs.findLast((run) => run.job === job)?.end(fail('cancelled', 'The run was cancelled.'));
  };
}
