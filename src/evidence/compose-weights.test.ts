import { describe, expect, it } from 'vitest';
import { answer, ids, one, text } from './compose-fixture.ts';
import { TEST_MANIFESTS, testFile, testReport } from './fixtures.ts';

describe('an imported file that is chosen', () => {
  it('is spoken of before a run, and Limpid’s weights are not', () => {
    const composed = answer({ recipe: one('liif-edsr', 2), weights: [testFile('liif-edsr')] });
    expect(text(composed)).toContain('LIIF-EDSR is set to run with an imported file, mine.pth (SHA-256 cd34');
    expect(text(composed)).toContain('Limpid cannot tell whose file mine.pth is');
    expect(text(composed)).not.toMatch(/weights of its own|Trained by this project|Limpid’s weights for/u);
  });

  it('of the authors is named as theirs before a run, by a checksum that they have not confirmed', () => {
    const weights = [testFile('liif-edsr', { owner: 'authors', name: 'edsr-baseline-liif.pth' })];
    const composed = answer({ recipe: one('liif-edsr', 2), weights });
    expect(text(composed)).toContain(
      'By a checksum that the authors have not confirmed, the file chosen for LIIF-EDSR holds their weights, of which the published figures speak',
    );
    expect(text(composed)).toContain(
      'set to run with the file edsr-baseline-liif.pth, which has the checksum of the authors’ weights in a third party’s copy (SHA-256',
    );
    expect(composed.sources.map(({ key }) => key)).toContain('project');
  });

  it('changes nothing that is said of another model, or of a run with Limpid’s weights', () => {
    const weights = [testFile('liif-edsr')];
    expect(text(answer({ recipe: one('liif-rdn', 2), weights }))).toContain('weights of its own');
    const report = testReport([{ model: 'liif-edsr', scale: 2 }]);
    expect(text(answer({ recipe: one('liif-edsr', 2), report, weights }))).not.toContain('mine.pth');
  });

  it.each(['chosen', 'run'])('of the larger network is described as that network (%s)', (when) => {
    const network = 'mimo-unet-plus' as const;
    const recipe = one('mimo-unet-realblur');
    const composed =
      when === 'run'
        ? answer({ recipe, report: testReport([{ model: 'mimo-unet-realblur', network }]) })
        : answer({ recipe, weights: [testFile('mimo-unet-realblur', { network })] });
    expect(composed.figure?.description).toContain('20 correction blocks');
    expect(ids(composed)).toContain('Q1');
    expect(ids(composed)).not.toContain('P1');
    expect(ids(composed)).not.toContain('P2');
  });
});

describe('weights under the name of a data set', () => {
  it.each(['mimo-unet-realblur', 'mssnet-realblur-r'] as const)('are said not to have seen it: %s', (model) => {
    const recipe = one(model);
    expect(text(answer({ recipe }))).toContain('have not seen the RealBlur data set');
    expect(text(answer({ recipe, weights: [testFile(model)] }))).not.toContain('have not seen');
  });

  it('are no other models’', () => {
    expect(text(answer({ recipe: one('mimo-unet-plus') }))).not.toContain('have not seen');
  });
});

describe('weights that are a copy of a smaller model’s', () => {
  const copied = TEST_MANIFESTS.map((manifest) =>
    manifest.id === 'liif-rdn'
      ? { ...manifest, training: { ...manifest.training, sameAs: 'liif-edsr' as const } }
      : manifest,
  );
  const recipe = one('liif-rdn', 4);
  const same = 'With Limpid’s weights LIIF-RDN gives the same picture as LIIF-EDSR, slower.';

  it('are said to give its picture, before a run and after, and to gain nothing', () => {
    const report = testReport([{ model: 'liif-rdn', scale: 4 }]);
    for (const composed of [
      answer({ models: copied, recipe }),
      answer({ models: copied, recipe, report }),
      answer({ models: copied, recipe, seed: '004' }),
    ]) {
      expect(text(composed)).toContain(same);
    }
    expect(ids(answer({ models: copied, recipe }))).not.toContain('R8');
    expect(text(answer({ models: copied, recipe }))).toContain('That training was LIIF-EDSR’s: 90 minutes');
  });

  it('are not spoken of when another file runs, or another model', () => {
    const weights = [testFile('liif-rdn')];
    expect(text(answer({ models: copied, recipe, weights }))).not.toContain(same);
    expect(text(answer({ models: copied, recipe: one('liif-edsr', 4) }))).not.toContain(same);
    expect(text(answer({ recipe }))).not.toContain('same picture');
  });
});
