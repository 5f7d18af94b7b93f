import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../contract/run.ts';
import { TEST_MANIFESTS, testReport } from '../fixtures.ts';
import { ask, idsOf, only } from './testing.ts';

const liif = only('liif-edsr', 2);
const mimo = only('mimo-unet-realblur');
const first = (question: string, recipe: Recipe | null): string | undefined => idsOf(ask(question, recipe))[0];

describe('how Limpid is used', () => {
  it.each<[string, string]>([
    ['What is the max scale?', 'page-range'],
    ['max zoom', 'page-range'],
    ['Can it open HEIC?', 'page-open'],
    ['Can I open a jpg?', 'page-open'],
    ['Is there a limit on file size?', 'page-size'],
    ['How many pictures can I process?', 'page-many'],
    ['Does it work on an old laptop?', 'page-device'],
    ['Does it keep 16 bit?', 'page-depth'],
    ['Is my picture kept at 16 bits?', 'page-depth'],
    ['Does it keep the colour profile?', 'page-colours'],
    ['Does WASM give the same result as WebGPU?', 'page-proof'],
    ['Can I cancel a run?', 'page-cancel'],
    ['Can I run it from the command line?', 'page-command'],
    ['How do I load the authors’ weights?', 'page-authors'],
    ['Can I use a .pth file?', 'page-authors'],
    ['Can I use my own model?', 'page-authors'],
    ['What is the smallest factor?', 'page-range'],
    ['Which browsers support it?', 'page-device'],
    ['Why is my file bigger after saving?', 'page-save'],
    ['Is it legal to use for my client work?', 'page-rights'],
  ])('%s', (question, id) => {
    for (const recipe of [null, liif, mimo]) expect(first(question, recipe)).toBe(id);
  });

  it('is not answered for a model by what another does', () => {
    expect(idsOf(ask('What is the max scale?', mimo))).toEqual(['page-range', 'M1']);
    expect(idsOf(ask('Can I open a jpg?', mimo))).toEqual(['page-open']);
  });
});

describe('what a photographer and a researcher ask', () => {
  it.each<[string, Recipe, string]>([
    ['fix blury photo', liif, 'L11'],
    ['Will it fix camera shake?', liif, 'L11'],
    ['Does tiling leave seams?', mimo, 'own-seam-mimo-unet-realblur'],
    ['How many photos was it trained on?', mimo, 'own-licences-mimo-unet-realblur-0'],
    ['How much sharper will it be?', mimo, 'own-score-mimo-unet-realblur-0'],
    ['Why does the result look the same?', mimo, 'plan-none'],
    ['Is it safe for medical images?', liif, 'L10'],
    ['Which dataset gave the PSNR of 37.39?', liif, 'own-score-liif-edsr-0'],
    ['What learning rate was used?', mimo, 'own-training-mimo-unet-realblur'],
    ['How many threads are used?', liif, 'plan-none'],
    ['Why did it fall back to WASM?', liif, 'plan-none'],
  ])('%s', (question, recipe, id) => {
    expect(first(question, recipe)).toBe(id);
  });

  it('after a run is answered by it', () => {
    const report = testReport([{ model: 'mimo-unet-realblur' }]);
    expect(idsOf(ask('Why does it look the same?', mimo, report))[0]).toBe('run-change');
    expect(idsOf(ask('What did you change in my picture?', mimo, report))[0]).toBe('run-change');
    expect(idsOf(ask('Why did it fall back to WASM?', mimo, report)).slice(0, 2)).toEqual([
      'run-backend-0',
      'run-backend-why-0',
    ]);
  });

  it('tells a copy by the record', () => {
    const models = TEST_MANIFESTS.map((one) =>
      one.id === 'mimo-unet-plus'
        ? { ...one, training: { ...one.training, sameAs: 'mimo-unet-realblur' as const } }
        : one,
    );
    expect(idsOf(ask('Is MIMO-UNet+ a copy?', liif, null, { models }))).toEqual(['own-copy-mimo-unet-plus']);
  });

  it.each(['Which camera should I buy?', 'Is the seam of my trousers straight?'])('%s: is declined', (question) => {
    expect(ask(question, liif).reply?.kind).toBe('declined');
  });
});
