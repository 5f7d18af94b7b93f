import type { ModelId } from '../../contract/models.ts';
import type { NewImport } from '../../contract/worker-api.ts';
import { engine } from '../engine/index.ts';
import { clearNotice, reportError, reportText, sentenceOf } from './notice.ts';
import { naming } from './refusals.ts';
import { loadModels } from './start.ts';
import { get, manifests, set, withoutOne, type Notice } from './store.ts';
import { emptyTrash } from './trash.ts';

const CHECKPOINT = /\.(pth|pkl|pt|ckpt|safetensors)$/i;

/** Checkpoints are told from pictures by name here; what they hold is decided by content, in the worker. */
export const isWeightsFile = (name: string): boolean => CHECKPOINT.test(name);

/** Reads an authors' checkpoint and tells below the weights what became of it. */
export async function importWeights(file: Blob, name: string): Promise<void> {
  clearNotice();
  const { tone, text } = await readWeights(file, name);
  reportText('weights', tone, tone === 'error' ? naming({ name, message: text }) : text);
}

/** The worker finds the model that a checkpoint belongs to and uses it from the next run on; the answer is to be told. */
export async function readWeights(file: Blob, name: string): Promise<Pick<Notice, 'tone' | 'text'>> {
  emptyTrash();
  set(({ importing }) => ({ importing: [...importing, name] }));
  const result = await engine.importWeights(file, name);
  set(({ importing }) => ({ importing: withoutOne(importing, name) }));
  if (!result.ok) return { tone: 'error', text: sentenceOf(result.error) };
  await loadModels();
  const model = manifests(get()).find((manifest) => manifest.id === result.value.model)?.name ?? result.value.model;
  return { tone: 'note', text: importedText(result.value, model) };
}

function importedText({ name, lasting }: NewImport, model: string): string {
  const used = `${model} uses it from the next run on`;
  if (lasting) return `${name} is on this device now; ${used}.`;
  return `${name} was read; ${used}, until this page is closed or reloaded: this browser gives Limpid no storage here.`;
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
