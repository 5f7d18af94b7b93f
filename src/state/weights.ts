import type { ModelId } from '../../contract/models.ts';
import { engine } from '../engine/index.ts';
import { clearNotice, reportError, reportText } from './notice.ts';
import { loadModels } from './start.ts';
import { get, manifests, set } from './store.ts';

const CHECKPOINT = /\.(pth|pkl|pt|ckpt|safetensors)$/i;

/** Checkpoints are told from pictures by name here; what they hold is decided by content, in the worker. */
export const isWeightsFile = (name: string): boolean => CHECKPOINT.test(name);

/**
 * Reads an authors' checkpoint; the worker finds the model it belongs to and uses it from the next run on. `place` is
 * where the file was handed over: what happened is told there.
 */
export async function importWeights(file: Blob, name: string, place: 'open' | 'weights'): Promise<void> {
  clearNotice();
  set({ importing: name });
  const result = await engine.importWeights(file, name);
  set({ importing: null });
  if (!result.ok) {
    reportError(place, result.error);
    return;
  }
  await loadModels();
  const model = manifests(get()).find((manifest) => manifest.id === result.value.model)?.name ?? result.value.model;
  reportText(place, 'note', `${result.value.name} is on this device now; ${model} uses it from the next run on.`);
}

export async function chooseWeights(model: ModelId, id: string): Promise<void> {
  clearNotice();
  const result = await engine.chooseWeights(model, id);
  if (!result.ok) reportError('weights', result.error);
  await loadModels();
}

export async function removeWeights(id: string): Promise<void> {
  clearNotice();
  const result = await engine.removeWeights(id);
  if (!result.ok) reportError('weights', result.error);
  await loadModels();
}
