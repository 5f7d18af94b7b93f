/** The catalogue's identifiers. A model's folder under public/models carries the same id. */
export const MODEL_IDS = [
  'liif-edsr',
  'liif-rdn',
  'mimo-unet-realblur',
  'mimo-unet-plus',
  'mssnet-realblur-r',
] as const;

export type ModelId = (typeof MODEL_IDS)[number];

export function isModelId(value: unknown): value is ModelId {
  return typeof value === 'string' && (MODEL_IDS as readonly string[]).includes(value);
}

/** What a model does to a picture: `enlarge` gives more pixels, `deblur` keeps the size. */
export type Task = 'enlarge' | 'deblur';

/** How the worker drives the graphs. A new model with a known pipeline needs no new code that runs it. */
export type Pipeline = 'liif' | 'image-to-image';

/** `best`: LIIF's local ensemble (paper, Eq. 4), four answers a pixel. `fast`: the nearest cell alone. */
export const QUALITIES = ['best', 'fast'] as const;
export type Quality = (typeof QUALITIES)[number];
