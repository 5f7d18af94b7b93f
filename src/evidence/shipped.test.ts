import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import { MODEL_IDS } from '../../contract/models.ts';
import { manifestProblem } from '../../contract/validate-manifest.ts';
import { testManifest } from './fixtures.ts';
import { copyWords, ownWords } from './shipped.ts';

const shipped = MODEL_IDS.map(
  (id) => JSON.parse(readFileSync(`public/models/${id}/manifest.json`, 'utf8')) as Manifest,
);
const numbers = ({ scores }: Manifest) => scores.map(({ set, value, baseline }) => [set, value, baseline]);

describe('the manifests that are shipped', () => {
  it.each(shipped)('$name says what its scores are compared with', (manifest) => {
    expect(manifestProblem(manifest)).toBeNull();
    for (const { set, against, baselineName } of manifest.scores) {
      expect(against, set).toBe(set.startsWith('Sharp') ? 'input' : 'truth');
      if (against === 'input') expect(baselineName, set).toContain('JPEG');
    }
  });

  it('may not carry a remark that would break the sentence around it', () => {
    for (const remark of ['An early checkpoint.', '', 7])
      expect(manifestProblem({ ...shipped[0], training: { ...shipped[0]?.training, remark } })).toContain('remark');
  });

  it('call no weights a copy whose scores differ, and no equal ones anything else', () => {
    for (const manifest of shipped) {
      const original = shipped.find(({ id }) => id === manifest.training.sameAs);
      const twin = shipped.find((other) => other !== manifest && String(numbers(other)) === String(numbers(manifest)));
      if (original !== undefined) expect(numbers(manifest)).toEqual(numbers(original));
      if (twin !== undefined)
        expect([manifest.training.sameAs, twin.training.sameAs]).toContainEqual(expect.any(String));
    }
  });
});

describe('what the picker says of Limpid’s weights', () => {
  const base = testManifest('liif-rdn');
  const of = (training: Partial<Manifest['training']>): Manifest => ({
    ...base,
    training: { ...base.training, ...training },
  });

  it('is that they are its own, with the warning of their record', () => {
    expect(ownWords(of({ summary: 'Trained on photos.' }), [])).toBe('Limpid’s own weights.');
    expect(ownWords(of({ remark: "removes little yet, but it's quick" }), [])).toBe(
      'Limpid’s own weights: removes little yet, but it’s quick.',
    );
  });

  it('is whose picture a copy gives', () => {
    const copy = of({ sameAs: 'liif-edsr' });
    const words = 'With Limpid’s weights LIIF-RDN gives the same picture as LIIF-EDSR, slower.';
    expect(copyWords(copy, [copy, testManifest('liif-edsr')])).toBe(words);
    expect(ownWords(copy, [copy, testManifest('liif-edsr')])).toBe(
      'Limpid’s own weights: the same picture as LIIF-EDSR, slower.',
    );
    expect(copyWords(base, [base, testManifest('liif-edsr')])).toBeNull();
  });
});
