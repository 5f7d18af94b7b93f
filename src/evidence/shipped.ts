import type { Manifest } from '../../contract/manifest.ts';
import type { ModelState } from '../../contract/worker-api.ts';

/** A manifest is written with straight apostrophes; the page sets round ones. */
export const typeset = (text: string): string => text.trim().replaceAll("'", '’');

/** The smaller model whose weights were copied exactly into this one's network; undefined when they were not. */
const originalOf = ({ training }: Manifest, models: readonly Manifest[]): Manifest | undefined =>
  models.find(({ id }) => id === training.sameAs);

/** Of weights that are an exact copy of a smaller model's: what they give, in one sentence; else null. */
export function copyWords(manifest: Manifest, models: readonly Manifest[]): string | null {
  const original = originalOf(manifest, models);
  if (original === undefined) return null;
  return `With Limpid’s weights ${manifest.name} gives the same picture as ${original.name}, slower.`;
}

/**
 * For the picker, where no file is imported: that the weights are Limpid's own, and what to know before choosing them.
 */
export function ownWords(manifest: Manifest, models: readonly Manifest[]): string {
  const original = originalOf(manifest, models);
  const remark = original === undefined ? manifest.training.remark : `the same picture as ${original.name}, slower`;
  return `Limpid’s own weights${remark === undefined ? '' : `: ${typeset(remark)}`}.`;
}

/** For a closed list of models: the name, and the file that the model runs with or that its weights are a copy. */
export function optionWords({ manifest, weights, chosen }: ModelState, models: readonly Manifest[]): string {
  const file = weights.find(({ id }) => id === chosen);
  if (file !== undefined) return `${manifest.name} (with ${file.name})`;
  const original = originalOf(manifest, models);
  return original === undefined ? manifest.name : `${manifest.name} (same picture, slower)`;
}
