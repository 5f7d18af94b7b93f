import type { Manifest } from '../../contract/manifest.ts';
import { isModelId, type ModelId } from '../../contract/models.ts';
import type { Rect, Size } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import type { Recipe, RunRequest, Step } from '../../contract/run.ts';
import type { StepModel } from './step-plan.ts';

function checkStep(step: Step, manifest: Manifest): void {
  if (manifest.task === 'deblur') {
    if (step.scale !== 1)
      throw new LimpidError(
        'bad-scale',
        `${manifest.name} keeps the picture's size; it cannot enlarge by ${step.scale}.`,
      );
    return;
  }
  const { min, max } = manifest.scale ?? { min: 1, max: 1 };
  if (!Number.isFinite(step.scale) || step.scale < min || step.scale > max) {
    throw new LimpidError('bad-scale', `${manifest.name} enlarges by ${min} to ${max}, not by ${step.scale}.`);
  }
  if (step.quality !== 'best' && step.quality !== 'fast') {
    throw new LimpidError(
      'bad-request',
      `"${String(step.quality)}" is no decoding quality; there are "best" and "fast".`,
    );
  }
}

/** Throws `unknown-model`, `bad-scale` or `bad-request` with a sentence that names what is wrong. */
export function checkRecipe(recipe: Recipe, manifests: ReadonlyMap<ModelId, Manifest>): void {
  if (recipe.length < 1 || recipe.length > 2) throw new LimpidError('bad-request', 'A recipe has one step or two.');
  const tasks = recipe.map((step) => {
    const manifest = isModelId(step.model) ? manifests.get(step.model) : undefined;
    if (!manifest) throw new LimpidError('unknown-model', `There is no model called "${step.model}".`);
    checkStep(step, manifest);
    return manifest.task;
  });
  if (tasks.length === 2 && (tasks[0] !== 'deblur' || tasks[1] !== 'enlarge')) {
    throw new LimpidError('bad-request', 'A recipe of two steps deblurs first and then enlarges.');
  }
}

/**
 * Throws `bad-request` where a step is to be decoded "fast" with weights that are not known to be trained for it: an imported
 * file may never have been. `models` are those of the steps, with the weights chosen for each.
 */
export function checkQuality(recipe: Recipe, models: readonly Pick<StepModel, 'shown' | 'weights'>[]): void {
  for (const [i, { shown, weights }] of models.entries()) {
    if (recipe[i]?.quality !== 'fast' || shown.task !== 'enlarge') continue;
    if (weights.owner !== 'limpid' || shown.fast === undefined)
      throw new LimpidError(
        'bad-request',
        `The quality "fast" needs weights that were trained for it, which is not known of ${weights.name}; use "best".`,
      );
  }
}

/** Throws `bad-request` where weights are chosen that the page does not name: another tab may have changed them just now. */
export function checkWeights(
  named: RunRequest['weights'],
  models: readonly Pick<StepModel, 'shown' | 'weights'>[],
): void {
  for (const { shown, weights } of models) {
    if (named?.[shown.id] === undefined || named[shown.id] === weights.id) continue;
    throw new LimpidError(
      'bad-request',
      `The weights of ${shown.name} have just been changed to ${weights.name}: press Restore again if you want those.`,
    );
  }
}

/** The part of the picture on screen in pixels; null when the page did not say. */
export function viewRect(view: RunRequest['view'], size: Size): Rect | null {
  if (!view) return null;
  return {
    x: view.x * size.width,
    y: view.y * size.height,
    width: view.width * size.width,
    height: view.height * size.height,
  };
}
