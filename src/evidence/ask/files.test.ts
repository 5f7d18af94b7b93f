import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../contract/run.ts';
import { testFile, testReport } from '../fixtures.ts';
import { ask, idsOf, only } from './testing.ts';

const told = (...parts: Parameters<typeof ask>): string => {
  const { reply } = ask(...parts);
  return reply?.kind === 'answered' ? reply.statements.map(({ text }) => text).join('\n') : '';
};

describe('a file that the person has loaded', () => {
  const rdn = testFile('liif-rdn', { owner: 'authors', name: 'rdn-liif.pth' });
  const recipe = only('liif-rdn', 4);

  it('is named where a model is recommended, for the task that is asked about alone', () => {
    const weights = [rdn, testFile('mimo-unet-plus', { id: 'file-2' })];
    const ids = (question: string, set: Recipe) => idsOf(ask(question, set, null, { weights }));
    expect(ids('Which model should I use?', recipe).slice(0, 4)).toEqual([
      'choose-enlarge',
      'plan-weights-liif-rdn',
      'choose-deblur',
      'plan-weights-mimo-unet-plus',
    ]);
    const deblur = ids('Which model should I use for motion blur?', only('mimo-unet-realblur'));
    expect(deblur).toContain('plan-weights-mimo-unet-plus');
    expect(deblur).not.toContain('plan-weights-liif-rdn');
    expect(idsOf(ask('Which model should I use?', recipe)).join(' ')).not.toContain('plan-weights');
  });

  it('is told apart from Limpid’s weights where models are compared', () => {
    const question = 'Is LIIF-RDN better than LIIF-EDSR?';
    const mixed = told(question, recipe, null, { weights: [rdn] });
    expect(mixed).toContain('Limpid runs LIIF-EDSR with weights of its own');
    expect(mixed).toContain(
      'LIIF-RDN is set to run with the file rdn-liif.pth, which has the checksum of the authors’',
    );
    expect(mixed).toContain('By a checksum that the authors have not confirmed');
    expect(mixed).not.toContain('do not carry over to Limpid’s own');
    expect(told(question, recipe)).toContain('do not carry over to Limpid’s own');
    const foreign = told(question, recipe, null, {
      weights: [testFile('liif-rdn'), testFile('liif-edsr', { id: 'b' })],
    });
    expect(foreign).toContain('Limpid cannot tell whose file');
    expect(foreign).not.toMatch(/Limpid’s own|weights of its own/u);
  });

  it('is no longer what is set to run once the run used another', () => {
    const report = testReport([{ model: 'liif-rdn', scale: 4, weights: { owner: 'imported', name: 'a.pth' } }]);
    const weights = [testFile('liif-rdn', { name: 'b.pth' })];
    const said = told('How was it trained?', recipe, report, { weights });
    expect(said).toContain('used an imported file, a.pth');
    expect(said).not.toContain('b.pth');
    expect(told('How was LIIF-EDSR trained?', recipe, report, { weights: [testFile('liif-edsr')] })).toContain(
      'LIIF-EDSR is set to run with an imported file, mine.pth',
    );
  });
});

describe('“How good is it?”', () => {
  const score = 'own-score-liif-edsr-0';

  it.each<[string, Recipe | null, string]>([
    ['by the scores of the chosen model', only('liif-edsr', 2), score],
    ['by those of the best models where none is chosen', null, score],
  ])('is answered %s', (_, recipe, id) => {
    expect(idsOf(ask('How good is it?', recipe))[0]).toBe(id);
    expect(idsOf(ask('Is it any good?', recipe))[0]).toBe(id);
  });

  it('is answered by the run first', () => {
    const ids = idsOf(ask('How good is it?', only('liif-edsr', 2), testReport([{ model: 'liif-edsr', scale: 2 }])));
    expect(ids.slice(0, 4)).toEqual(['run-shrunk', 'run-shrunk-limit', 'run-change', score]);
  });

  it('is not answered by Limpid’s scores for another file', () => {
    const ids = idsOf(ask('How good is it?', only('liif-rdn', 4), null, { weights: [testFile('liif-rdn')] }));
    expect(ids.join(' ')).toMatch(/R3.*figures-authors-liif-rdn/u);
    expect(ids.join(' ')).not.toContain('own-score');
    expect(new Set(ids).size).toBe(ids.length);
  });
});
