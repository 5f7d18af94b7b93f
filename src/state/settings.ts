import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId, Quality } from '../../contract/models.ts';
import type { OutputFormat } from '../../contract/picture.ts';
import type { Recipe, Step } from '../../contract/run.ts';
import type { ModelState } from '../../contract/worker-api.ts';

/** What the controls say; kept whole when the model changes, so that going back finds it as it was. */
export interface Settings {
  readonly model: ModelId;
  readonly scale: number;
  readonly quality: Quality;
  readonly deblurFirst: boolean;
  readonly deblurModel: ModelId;
  /** `auto`: PNG with the picture's own depth. */
  readonly format: OutputFormat | 'auto';
  /** 1 to 100, for formats that lose something. */
  readonly compressionQuality: number;
  readonly keepLocation: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  model: 'liif-edsr',
  scale: 2,
  quality: 'best',
  deblurFirst: false,
  deblurModel: 'mimo-unet-realblur',
  format: 'auto',
  compressionQuality: 92,
  keepLocation: false,
};

/**
 * A model's manifest as it holds for the weights that are chosen: "Fast" was taught to Limpid's weights and measured on
 * them; an imported file may never have been trained to answer from the nearest cell alone.
 */
export function withChosenWeights({ manifest, chosen }: Pick<ModelState, 'manifest' | 'chosen'>): Manifest {
  if (chosen === 'limpid') return manifest;
  const { fast: _, ...rest } = manifest;
  return rest;
}

export const SCALE = { min: 1, max: 8, step: 0.1 } as const;

/** The nearest scale that the model offers: inside its range, on its step. NaN gives `fallback`. */
export function snapScale(value: number, fallback: number, range?: Manifest['scale']): number {
  if (!Number.isFinite(value)) return fallback;
  const { min, max, step } = range ?? SCALE;
  const inside = Math.min(max, Math.max(min, value));
  // Decimal steps are not exact in binary: (2.55 - 1) / 0.1 is 15.499999999999998, 1 + 23 * 0.1 is 3.3000000000000003.
  return Number((min + Math.round((inside - min) / step + 1e-9) * step).toFixed(6));
}

/** Result size in pixels, by the very rounding that the run uses. */
export { outputSize as resultSize } from '../../contract/size.ts';

/** The steps these settings ask for, with manifests as they hold for the chosen weights; null while the model's manifest is not there yet. */
export function recipeOf(settings: Settings, manifests: readonly Manifest[]): Recipe | null {
  const manifest = manifests.find((candidate) => candidate.id === settings.model);
  if (manifest === undefined) return null;
  if (manifest.task === 'deblur') return [{ model: manifest.id, scale: 1, quality: 'best' }];
  const enlarge: Step = {
    model: manifest.id,
    scale: snapScale(settings.scale, DEFAULT_SETTINGS.scale, manifest.scale),
    quality: manifest.fast === undefined ? 'best' : settings.quality,
  };
  const deblur = manifests.find((candidate) => candidate.id === settings.deblurModel && candidate.task === 'deblur');
  if (!settings.deblurFirst || deblur === undefined) return [enlarge];
  return [{ model: deblur.id, scale: 1, quality: 'best' }, enlarge];
}

/**
 * A recipe that has waited for its turn, with manifests as they hold for the weights that are chosen by now: files that
 * were imported meanwhile may not decode fast.
 */
export function recipeNow([first, second]: Recipe, manifests: readonly Manifest[]): Recipe {
  const now = (step: Step): Step => {
    const manifest = manifests.find(({ id }) => id === step.model);
    return manifest === undefined || manifest.fast !== undefined ? step : { ...step, quality: 'best' };
  };
  return second === undefined ? [now(first)] : [now(first), now(second)];
}

/** The factor a recipe multiplies sides by. */
export const recipeScale = (recipe: Recipe): number => recipe.reduce((product, step) => product * step.scale, 1);
