import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../contract/manifest.ts';
import type { ModelId } from '../../../contract/models.ts';
import type { RunReport } from '../../../contract/run.ts';
import { TEST_MANIFESTS, testFile, testReport } from '../fixtures.ts';
import { bestModel } from './best.ts';
import { ask, idsOf, only, saidBy } from './testing.ts';

const liif = only('liif-edsr', 2);
const mimo = only('mimo-unet-realblur');
const mssnet = only('mssnet-realblur-r');

/** The fixtures with these values added to the first score of some. */
const scored = (more: Readonly<Partial<Record<ModelId, number>>>): readonly Manifest[] =>
  TEST_MANIFESTS.map((manifest) => ({
    ...manifest,
    scores: manifest.scores.map((score, index) => ({
      ...score,
      value: score.value + (index === 0 ? (more[manifest.id] ?? 0) : 0),
    })),
  }));

describe('scores that lie close together', () => {
  const close = scored({ 'mssnet-realblur-r': 0.033 });

  it('do not rank models: the least arithmetic does', () => {
    expect(bestModel('deblur', close)?.id).toBe('mimo-unet-realblur');
    expect(bestModel('deblur', scored({ 'mssnet-realblur-r': 0.19 }))?.id).toBe('mimo-unet-realblur');
    expect(bestModel('deblur', scored({ 'mssnet-realblur-r': 0.21 }))?.id).toBe('mssnet-realblur-r');
    expect(bestModel('deblur', scored({ 'mimo-unet-realblur': -0.3 }))?.id).toBe('mssnet-realblur-r');
    expect(bestModel('deblur', [])).toBeNull();
    expect(
      bestModel(
        'deblur',
        TEST_MANIFESTS.map((one) => ({ ...one, scores: [] })),
      )?.id,
    ).toBe('mimo-unet-realblur');
  });

  it.each(['Which model should I use for motion blur?', 'Is MSSNet better than MIMO-UNet?'])(
    '%s: says that they cannot tell the models apart',
    (question) => {
      const said = saidBy(ask(question, mimo, null, { models: close }));
      expect(said).toContain('lie 0.03 dB apart, too near to tell the models apart over so few pictures');
      expect(saidBy(ask(question, mimo, null, { models: scored({ 'mssnet-realblur-r': 1 }) }))).not.toContain(
        'dB apart,',
      );
      expect(saidBy(ask(question, mimo))).not.toContain('dB apart,');
    },
  );

  it.each(['is a difference of 0.03 dB significant?', 'Is 0.03 dB visible?'])('%s', (question) => {
    for (const recipe of [null, liif, mimo, mssnet]) {
      const ids = idsOf(ask(question, recipe, null, { models: close }));
      expect(ids[0]).toBe('page-close');
      expect(ids).toContain('page-psnr');
      expect(ids.join(' ').includes('own-close')).toBe(recipe !== liif);
    }
  });
});

describe('speed', () => {
  it.each([
    'Is MIMO-UNet faster than MSSNet?',
    'which deblur model is fastest',
    'Is MSSNet slower than MIMO-UNet RealBlur?',
  ])('%s: is compared by arithmetic, not by scores', (question) => {
    for (const recipe of [null, liif, mimo, mssnet]) {
      const answer = ask(question, recipe);
      expect(idsOf(answer).slice(0, 2)).toEqual(['own-work-deblur', 'own-work-speed-deblur']);
      expect(idsOf(answer).join(' ')).not.toContain('own-score');
      expect(saidBy(answer)).toMatch(/of these MIMO-UNet RealBlur should be the fastest/u);
    }
  });

  it('of all models is told task by task, with what LIIF’s decoder adds', () => {
    const models = TEST_MANIFESTS.map((manifest) =>
      manifest.task === 'enlarge'
        ? { ...manifest, compute: { ...manifest.compute, macPerOutputPixel: 789_504 } }
        : manifest,
    );
    for (const question of ['which model is the fastest', 'which model is slowest?']) {
      const answer = ask(question, null, null, { models });
      expect(saidBy(answer)).toContain('LIIF adds 0.79 million for each pixel of the result');
      expect(idsOf(answer)).toEqual([
        'own-work-enlarge',
        'own-work-decoder',
        'own-work-speed-enlarge',
        'own-work-deblur',
        'own-work-speed-deblur',
      ]);
    }
  });

  it('is told of the graphs that run: WASM’s own, or those of a GPU', () => {
    const own = (of: Manifest): Manifest => ({
      ...of,
      wasm: { graphs: {}, compute: { ...of.compute, macPerInputPixel: 480_000 } },
    });
    const models = TEST_MANIFESTS.map((one) =>
      own({ ...one, compute: { ...one.compute, macPerInputPixel: 1_370_000 } }),
    );
    const said = (report: RunReport | null): string =>
      saidBy(ask('How many multiplications does it take?', liif, report, { models }));
    expect(said(null)).toContain('(in the graphs that a GPU runs; WASM’s own take fewer): LIIF-EDSR 1.37');
    const report = testReport([{ model: 'liif-edsr', scale: 2 }]);
    expect(said(report)).toContain('(in WASM’s own graphs): LIIF-EDSR 0.48');
    const gpu = {
      ...report,
      steps: report.steps.map((step) => ({ ...step, backend: { ...step.backend, name: 'webgpu' as const } })),
    };
    expect(said(gpu)).toContain('that a GPU runs');
  });

  it('follows the network that an imported file brings', () => {
    const weights = [testFile('mimo-unet-realblur', { network: 'mimo-unet-plus' })];
    const said = saidBy(ask('which deblur model is fastest', mimo, null, { weights }));
    expect(said).toMatch(/of these MSSNet RealBlur-R should be the fastest/u);
  });

  it('of decoding and of devices is another question', () => {
    expect(idsOf(ask('Is Fast faster than Best?', liif))[0]).toBe('own-fast-liif-edsr');
    expect(idsOf(ask('Why is it so slow?', liif, testReport([{ model: 'liif-edsr', scale: 2 }])))[0]).toBe('run-time');
  });
});

describe('a comparison', () => {
  it.each([
    'is it better than photoshop’s super resolution',
    'is mssnet better than NAFNet',
    'MSSNet vs Restormer?',
    'Is MSSNet faster than NAFNet?',
    'Is LIIF as good as SwinIR for enlarging?',
    'Is Topaz better than LIIF-EDSR?',
    'Real-ESRGAN vs LIIF?',
    'Topaz compared to MSSNet',
    'Which is better, Topaz or LIIF?',
    'Is LIIF or Topaz better?',
    'Is Lightroom as good as Limpid for blur?',
  ])('with what nobody supplied is declined: %s', (question) => {
    for (const recipe of [null, liif, mssnet]) expect(ask(question, recipe).reply?.kind).toBe('declined');
  });

  it.each([
    'Is it better than bicubic?',
    'Is LIIF better than MetaSR?',
    'Why is the result worse than the original?',
    'Is MIMO-UNet+ better than the small MIMO-UNet for faces?',
    'Is bicubic better than LIIF?',
    'Is LIIF better for cats or dogs?',
    'Which is better for a face, LIIF-EDSR or LIIF-RDN?',
    'Why do edges look sharper than before?',
    'Is “Fast” or “Best” better?',
  ])('with what the sources speak of is answered: %s', (question) => {
    expect(ask(question, liif).reply?.kind).toBe('answered');
  });

  it('of LIIF with its encoder’s own network is not one of LIIF-EDSR with LIIF-RDN', () => {
    for (const recipe of [null, liif, mimo]) {
      expect(idsOf(ask('Is LIIF better than EDSR?', recipe))).toEqual(['E4', 'figures-authors-all']);
      expect(idsOf(ask('Is LIIF better than plain RDN?', recipe))[0]).toBe('R4');
      expect(idsOf(ask('Is LIIF-RDN better than LIIF-EDSR?', recipe))).toContain('R3');
    }
  });

  it('names the set that a figure is of', () => {
    const ids = idsOf(ask('PSNR of MIMO-UNet+ on RealBlur-R?', only('mimo-unet-plus')));
    expect(ids).toEqual(['Q8', 'figures-authors-mimo-unet-plus']);
    expect(idsOf(ask('What PSNR does MSSNet reach on RealBlur-R?', mssnet))[0]).toBe('S16');
  });
});

describe('words that a question shares with something else', () => {
  it.each<[string, string]>([
    ['which model for old family photos', 'page-many'],
    ['which model for old family photos', 'page-size'],
    ['can it zoom into faces', 'page-compare'],
    ['Why is the result so dark', 'page-rights'],
    ['does the result of an x-ray count', 'line-pu-ray'],
  ])('%s: nothing of %s', (question, id) => {
    for (const recipe of [null, liif, mimo, mssnet]) expect(idsOf(ask(question, recipe))).not.toContain(id);
  });

  it('do not hide what was asked', () => {
    expect(idsOf(ask('which model for old family photos', liif)).slice(0, 2)).toEqual([
      'choose-enlarge',
      'choose-deblur',
    ]);
    expect(idsOf(ask('What has PU-Ray to do with it?', mimo))).toContain('line-pu-ray');
  });
});
