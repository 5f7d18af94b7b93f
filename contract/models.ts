import ids from './model-ids.json' with { type: 'json' };

/** A model of the catalogue; its folder under public/models carries the same name. Which there are is data, so no union. */
export type ModelId = string;

/** The catalogue in the picker's order. training/limpid/export adds a model to the list when it first writes its folder. */
export const MODEL_IDS: readonly ModelId[] = ids;

export function isModelId(value: unknown): boolean {
  return typeof value === 'string' && MODEL_IDS.includes(value);
}

/** What a model does to a picture: `enlarge` gives more pixels, `deblur` keeps the size. */
export type Task = 'enlarge' | 'deblur';

/** How the worker drives the graphs. A new model with a known pipeline needs no new code that runs it. */
export type Pipeline = 'liif' | 'image-to-image';

/** `best`: LIIF's local ensemble (paper, Eq. 4), four answers a pixel. `fast`: the nearest cell alone. */
export const QUALITIES = ['best', 'fast'] as const;
export type Quality = (typeof QUALITIES)[number];
