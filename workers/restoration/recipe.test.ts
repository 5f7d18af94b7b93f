import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import type { Recipe, Step } from '../../contract/run.ts';
import { startBudget } from './budget.ts';
import { checkMemory, peakMemory } from './memory.ts';
import type { OpenPicture } from './pictures.ts';
import { checkQuality, checkRecipe, checkWeights } from './recipe.ts';
import { planRun, type RunContext } from './run.ts';

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
const step = (model: string, scale: number): Step => ({ model, scale, quality: 'best' });

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

describe('checkQuality', () => {
  const fast: Recipe = [
    { model: 'mimo-unet-plus', scale: 1, quality: 'best' },
    { model: 'liif-edsr', scale: 2, quality: 'fast' },
  ];
  const model = (shown: object, owner: string, name = 'own.pth') =>
    ({ shown, weights: { owner, name } }) as unknown as Parameters<typeof checkQuality>[1][number];
  const trained = { ...enlarging, fast: { costDb: 0.2, measuredOn: 'Set5 x2' } };
  it('lets weights decode fast that were trained for it, whatever deblurs before', () => {
    const models = [model(deblurring, 'imported'), model(trained, 'limpid')];
    expect(() => checkQuality(fast, models)).not.toThrow();
  });
  it.each([
    ['the authors’', model(trained, 'authors'), /not known of own\.pth/],
    ['imported', model(trained, 'imported'), /not known of own\.pth/],
    ['Limpid’s own, but slow,', model(enlarging, 'limpid', 'Limpid’s weights'), /not known of Limpid’s weights/],
  ])('refuses it with %s weights, which do decode best', (_, own, sentence) => {
    const models = [model(deblurring, 'limpid'), own];
    expect(() => checkQuality(fast, models)).toThrow(sentence);
    expect(() => checkQuality([fast[0], { ...fast[1], quality: 'best' }], models)).not.toThrow();
  });
});

describe('checkWeights', () => {
  const models = [{ shown: enlarging, weights: { id: 'mine', name: 'own.pth' } }] as unknown as Parameters<
    typeof checkWeights
  >[1];
  it('lets a run use the weights that the page names, and any where it names none', () => {
    for (const named of [undefined, {}, { 'liif-edsr': 'mine', 'liif-rdn': 'limpid' }] as const) {
      expect(() => checkWeights(named, models)).not.toThrow();
    }
  });
  it('refuses others, by name', () => {
    expect(() => checkWeights({ 'liif-edsr': 'limpid' }, models)).toThrow(
      /^The weights of LIIF-EDSR .* own\.pth: press/,
    );
  });
});

describe('planRun', () => {
  it('refuses weights that the page does not name', async () => {
    const own = { shown: enlarging, weights: { id: 'mine', owner: 'imported', name: 'own.pth' } };
    const context = { manifests: () => Promise.resolve(manifests), model: () => Promise.resolve(own) };
    const weights = { 'liif-edsr': 'limpid' };
    const request = { picture: '1', recipe: [step('liif-edsr', 2)], weights, backend: 'auto' } as const;
    const planned = planRun(context as unknown as RunContext, {} as OpenPicture, request);
    await expect(planned).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining('own.pth') });
  });
  it('refuses what the weights chosen for a model cannot do', async () => {
    const own = { shown: { ...enlarging, fast: {} }, weights: { owner: 'imported', name: 'own.pth' } };
    const context = { manifests: () => Promise.resolve(manifests), model: () => Promise.resolve(own) };
    const request = { picture: '1', recipe: [{ ...step('liif-edsr', 2), quality: 'fast' }], backend: 'auto' } as const;
    const planned = planRun(context as unknown as RunContext, {} as OpenPicture, request);
    await expect(planned).rejects.toThrow(/not known of own\.pth/);
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
  it('counts pixels, what the viewer keeps of them, and float planes', () => {
    const shape = { steps: 1, half: false, parameters: 0 };
    const result = { width: 100, height: 100 };
    const peak = (change: Partial<typeof shape>): number =>
      peakMemory(0, input, result, { ...shape, ...change }, 'wasm') - startBudget('wasm').bytes;
    const plain = 12e6 * (4 + 4 / 3) + 1e4 * (4 + 4 / 3 + 1 / 3);
    expect(peak({})).toBeCloseTo(plain);
    expect(peak({ half: true })).toBeCloseTo(plain + 15 * 12e6);
    expect(peak({ half: true, steps: 2 })).toBeCloseTo(plain + 27 * 12e6);
  });
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
      /768 megapixels.*up to 3\.3× would fit/,
    );
  });
});
