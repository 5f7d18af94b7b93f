import { engine } from '../engine/index.ts';
import { loseResults, tellLostWeights } from './crash.ts';
import { refreshEstimate } from './estimate.ts';
import { reportText } from './notice.ts';
import { get, set } from './store.ts';

/** Asks the worker once what this device can do and which models there are, and listens for its death. */
export async function start(): Promise<void> {
  engine.onCrash(() => {
    loseResults();
    void modelsAfterCrash();
  });
  await Promise.all([loadModels(), loadCapabilities(), sweepWeights()]);
}

/** Another tab may have imported weights, or chosen others: the models are read anew whenever the page comes into sight. */
export function startLookingAgain(): void {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && get().models.kind !== 'loading') void loadModels();
  });
}

/** Reads the models anew: before and after a run (weights are on the device then) and after an import. */
export async function loadModels(): Promise<void> {
  const { kind: before } = get().models;
  const result = await engine.models();
  set({ models: result.ok ? { kind: 'ready', list: result.value } : { kind: 'failed', error: result.error } });
  refreshEstimate();
  // The worker that should have told both had died. Not whenever they are missing: one that dies of the question would be
  // asked without end.
  if (result.ok && before === 'failed' && get().capabilities === null) void loadCapabilities();
}

let asking = false;

/** Where imported weights cannot be stored, they died with the worker. One that dies while it is asked is not asked again. */
async function modelsAfterCrash(): Promise<void> {
  const { models } = get();
  if (asking || models.kind !== 'ready') return;
  asking = true;
  try {
    await loadModels();
    tellLostWeights(models);
  } finally {
    asking = false;
  }
}

async function loadCapabilities(): Promise<void> {
  const result = await engine.capabilities();
  set(result.ok ? { capabilities: result.value } : { capabilitiesError: result.error });
}

/** What an earlier visit stored and cannot be used any more goes, and is told. */
async function sweepWeights(): Promise<void> {
  const result = await engine.sweepWeights();
  if (result.ok && result.value.length > 0) reportText('weights', 'error', result.value.join(' '));
}
