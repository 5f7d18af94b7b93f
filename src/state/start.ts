import { engine } from '../engine/index.ts';
import { loseResults } from './crash.ts';
import { refreshEstimate } from './estimate.ts';
import { set } from './store.ts';

/** Asks the worker once what this device can do and which models there are, and listens for its death. */
export async function start(): Promise<void> {
  engine.onCrash(loseResults);
  await Promise.all([loadModels(), loadCapabilities()]);
}

/** Reads the models anew: after a run (weights are on the device now) and after an import. */
export async function loadModels(): Promise<void> {
  const result = await engine.models();
  set({ models: result.ok ? { kind: 'ready', list: result.value } : { kind: 'failed', error: result.error } });
  refreshEstimate();
}

async function loadCapabilities(): Promise<void> {
  const result = await engine.capabilities();
  if (result.ok) set({ capabilities: result.value });
}
