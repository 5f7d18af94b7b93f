import { describe, expect, it } from 'vitest';
import { ask, idsOf, only, saidBy } from './ask/testing.ts';
import { TEST_MANIFESTS, testFile, testReport } from './fixtures.ts';

const QUESTION = 'does tiling change the result?';
const models = TEST_MANIFESTS.map((manifest) =>
  manifest.network === 'mssnet' || manifest.network === 'mimo-unet-plus'
    ? { ...manifest, halo: 96, reach: manifest.network === 'mssnet' ? 687 : 577 }
    : manifest,
);

describe('what tiles change', () => {
  it('is told as measured with Limpid’s weights', () => {
    expect(idsOf(ask(QUESTION, only('mssnet-realblur-r'), null, { models }))[0]).toBe('own-seam-mssnet-realblur-r');
  });

  it('is told of the graphs that it was measured with, where WASM has its own', () => {
    const [model] = models;
    const own = models.map((one) => ({ ...one, wasm: { graphs: {}, compute: one.compute } }));
    const recipe = only(model?.id ?? 'liif-edsr', 2);
    const words = 'with the graphs that a GPU runs, from which WASM’s own differ by rounding';
    expect(saidBy(ask(QUESTION, recipe, null, { models: own }))).toContain(words);
    expect(saidBy(ask(QUESTION, recipe, null, { models }))).not.toContain(words);
  });

  it.each(['chosen', 'run'])(
    'was not measured with a file (%s) whose network sees farther than a tile carries',
    (when) => {
      const recipe = only('mssnet-realblur-r');
      const weights = when === 'chosen' ? [testFile('mssnet-realblur-r')] : [];
      const file = { owner: 'imported', name: 'mine.pth' } as const;
      const report = when === 'run' ? testReport([{ model: 'mssnet-realblur-r', weights: file }]) : null;
      const answer = ask(QUESTION, recipe, report, { models, weights });
      expect(saidBy(answer)).toContain('was not measured with the file mine.pth');
      expect(saidBy(answer)).toContain('up to 687 pixels away, and tiles carry 96 pixels');
      expect(idsOf(answer).join(' ')).not.toContain('own-seam');
    },
  );

  it('is rounding with any file where a tile carries all that a pixel can see', () => {
    const said = saidBy(ask(QUESTION, only('liif-edsr', 2), null, { models, weights: [testFile('liif-edsr')] }));
    expect(said).toContain('with any file tiles change no more than rounding does');
    expect(said).not.toContain('not measured');
  });

  it('is told by the network that the file brings', () => {
    const weights = [testFile('mimo-unet-realblur', { network: 'mimo-unet-plus' })];
    const said = saidBy(ask(QUESTION, only('mimo-unet-realblur'), null, { models, weights }));
    expect(said).toContain('up to 577 pixels away, and tiles carry 96 pixels');
  });
});
