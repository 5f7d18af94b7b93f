import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import type { Recipe, Step } from '../../contract/run.ts';
import { checkMemory } from './memory.ts';
import { checkRecipe } from './recipe.ts';

const enlarging = {
  id: 'liif-edsr',
  name: 'LIIF-EDSR',
  task: 'enlarge',
  scale: { min: 1, max: 8, step: 0.1, trained: [1, 4] },
};
const deblurring = { id: 'mimo-unet-plus', name: 'MIMO-UNet+', task: 'deblur' };
const manifests = new Map([
  ['liif-edsr', enlarging],
  ['mimo-unet-plus', deblurring],
] as unknown as [ModelId, Manifest][]);
const step = (model: string, scale: number): Step => ({ model: model as ModelId, scale, quality: 'best' });

describe('checkRecipe', () => {
  const code = (recipe: Step[]): string | null => {
    try {
      checkRecipe(recipe as unknown as Recipe, manifests);
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  it('takes one step, and deblur then enlarge', () => {
    expect(code([step('liif-edsr', 2.5)])).toBeNull();
    expect(code([step('mimo-unet-plus', 1)])).toBeNull();
    expect(code([step('mimo-unet-plus', 1), step('liif-edsr', 2)])).toBeNull();
  });
  it.each([
    ['nothing', [], 'bad-request'],
    ['an unknown model', [step('esrgan', 2)], 'unknown-model'],
    ['scale 0', [step('liif-edsr', 0)], 'bad-scale'],
    ['scale 9', [step('liif-edsr', 9)], 'bad-scale'],
    ['no number', [step('liif-edsr', NaN)], 'bad-scale'],
    ['enlarging with a deblurring model', [step('mimo-unet-plus', 2)], 'bad-scale'],
    ['enlarging first', [step('liif-edsr', 2), step('mimo-unet-plus', 1)], 'bad-request'],
    ['three steps', [step('liif-edsr', 2), step('liif-edsr', 2), step('liif-edsr', 2)], 'bad-request'],
  ])('refuses %s', (_, recipe, expected) => {
    expect(code(recipe)).toBe(expected);
  });
});

describe('checkMemory', () => {
  const input = {
    width: 4000,
    height: 3000,
    depth: 8 as const,
    data: new Uint8ClampedArray(0),
    colorSpace: 'srgb' as const,
  };
  const GB = 1024 ** 3;
  it('lets a 64-megapixel result through', () => {
    expect(() => checkMemory(0, input, { width: 9237, height: 6928 }, 2.3, 2 * GB, 4 * GB)).not.toThrow();
  });
  it('says when other pictures take the room', () => {
    expect(() => checkMemory(3 * GB, input, { width: 4000, height: 3000 }, 1, 5 * GB, 4 * GB)).toThrow(
      /already take 3\.0 GB.*remove some/,
    );
  });
  it('says which factor would fit', () => {
    expect(() => checkMemory(0, input, { width: 32000, height: 24000 }, 8, 5 * GB, 4 * GB)).toThrow(
      /768\.0 megapixels.*up to 3\.3× would fit/,
    );
  });
});
