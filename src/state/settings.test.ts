import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, recipeOf, resultSize, snapScale, withChosenWeights } from './settings.ts';
import { manifestOf } from './testing.ts';

describe('snapScale', () => {
  it('keeps what the model offers and brings the rest to it', () => {
    const range = manifestOf('liif-edsr').scale;
    const snap = (value: number) => snapScale(value, 2, range);
    expect([1, 2.5, 3.3, 7.9, 8].map(snap)).toEqual([1, 2.5, 3.3, 7.9, 8]);
    expect([0, -3, 9, 1e9].map(snap)).toEqual([1, 1, 8, 8]);
    expect([2.54, 2.55, 2.56, 3.3000000000000003].map(snap)).toEqual([2.5, 2.6, 2.6, 3.3]);
  });

  it('falls back when nothing was typed', () => {
    expect(snapScale(Number.NaN, 2.5)).toBe(2.5);
    expect(snapScale(Number.POSITIVE_INFINITY, 2.5)).toBe(2.5);
  });
});

describe('resultSize', () => {
  it('is exact to the pixel and never empty', () => {
    expect(resultSize({ width: 256, height: 171 }, 2.5)).toEqual({ width: 640, height: 428 });
    // 25 * 2.3 is 57.49999999999999 in binary.
    expect(resultSize({ width: 25, height: 1 }, 2.3)).toEqual({ width: 58, height: 2 });
    expect(resultSize({ width: 1, height: 1 }, 1)).toEqual({ width: 1, height: 1 });
  });
});

describe('recipeOf', () => {
  const manifests = (['liif-edsr', 'mimo-unet-plus', 'mssnet-realblur-r'] as const).map(manifestOf);
  const settings = { ...DEFAULT_SETTINGS, scale: 3.3, quality: 'fast' } as const;

  it('is one enlarging step', () => {
    expect(recipeOf(settings, manifests)).toEqual([{ model: 'liif-edsr', scale: 3.3, quality: 'fast' }]);
  });

  it('puts deblurring first when asked to', () => {
    expect(recipeOf({ ...settings, deblurFirst: true, deblurModel: 'mssnet-realblur-r' }, manifests)).toEqual([
      { model: 'mssnet-realblur-r', scale: 1, quality: 'best' },
      { model: 'liif-edsr', scale: 3.3, quality: 'fast' },
    ]);
  });

  it('keeps the size for a deblurring model, whatever the other controls say', () => {
    expect(recipeOf({ ...settings, model: 'mimo-unet-plus', deblurFirst: true }, manifests)).toEqual([
      { model: 'mimo-unet-plus', scale: 1, quality: 'best' },
    ]);
  });

  it('answers the best way where the weights know no other', () => {
    const { fast: _, ...slow } = manifestOf('liif-edsr');
    expect(recipeOf(settings, [slow])).toEqual([{ model: 'liif-edsr', scale: 3.3, quality: 'best' }]);
  });

  it('answers the best way with an imported file: “Fast” was measured on Limpid’s weights', () => {
    const manifest = manifestOf('liif-edsr');
    const quality = (chosen: string) => recipeOf(settings, [withChosenWeights({ manifest, chosen })])?.[0].quality;
    expect(quality('file-1')).toBe('best');
    expect(quality('limpid')).toBe('fast');
  });

  it('deblurs first with the quicker of two models that give the same picture', () => {
    const both = [...manifests, manifestOf('mimo-unet-realblur')];
    expect(recipeOf({ ...settings, deblurFirst: true }, both)?.[0].model).toBe('mimo-unet-realblur');
  });

  it('is nothing without the manifest', () => {
    expect(recipeOf(settings, [])).toBeNull();
  });
});
