import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest, TrainingRun } from '../../contract/manifest.ts';
import { MODEL_IDS } from '../../contract/models.ts';
import { manifestProblem } from '../../contract/validate-manifest.ts';
import { testFile, testManifest } from './fixtures.ts';
import { scoreOf } from './project.ts';
import { copyWords, optionWords, ownWords } from './shipped.ts';

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

  it.each(shipped)(
    '$name: the runs of its training add up, and their pictures are those that are credited',
    (manifest) => {
      const { runs = [], minutes, iterations } = manifest.training;
      const sum = (of: (run: TrainingRun) => number): number => runs.reduce((total, run) => total + of(run), 0);
      expect(sum((run) => run.minutes)).toBeCloseTo(minutes, 1);
      expect(sum((run) => run.iterations)).toBe(iterations);
      const credits = readFileSync('training/CREDITS.tsv', 'utf8').trimEnd().split('\n').slice(1);
      const counts: Record<string, number> = {};
      for (const line of credits) {
        const licence = line.split('\t')[2] ?? '';
        counts[licence] = (counts[licence] ?? 0) + 1;
      }
      for (const { licences } of runs) expect(licences).toEqual(counts);
    },
  );

  it.each(shipped)('$name: its record is in the words that training/limpid/records.py writes', ({ training }) => {
    const { runs = [], machine, summary } = training;
    expect([...new Set(runs.map((run) => run.machine))].join('; then ')).toBe(machine);
    for (const { data, machine: ran, licences = {} } of runs) {
      expect(data).not.toMatch(/\bIn 0 %|\bhand shake\b|(?<!simulated )hand-shake/u);
      expect(ran).not.toMatch(/_|\d (?:thread|core)/u);
      for (const licence of Object.keys(licences)) {
        const family = licence.replace(/ (?:Licen[cs]e|\d\.\d|\(version not stated\))$/u, '');
        expect(summary, licence).toContain(family);
      }
    }
  });

  it('enlarge by the factors that they name', () => {
    for (const { scale, summary } of shipped.filter(({ task }) => task === 'enlarge')) {
      expect(summary).toContain(`by any factor from ${scale?.min ?? 0} to ${scale?.max ?? 0}`);
    }
  });

  it('are told with each of two real pairs and with the sharp picture that they change most', () => {
    const mimo = shipped.find(({ id }) => id === 'mimo-unet-realblur');
    if (mimo === undefined) throw new Error('MIMO-UNet RealBlur is shipped');
    const [pairs, sharp] = mimo.scores.map((score, index) => ({ score, said: scoreOf(mimo, score, index).text }));
    expect(pairs?.score.pictures).toHaveLength(2);
    for (const { picture, value } of pairs?.score.pictures ?? [])
      expect(pairs?.said).toContain(`${picture} ${value.toFixed(2)} dB`);
    expect(sharp?.score.worst).toBeLessThan(sharp?.score.value ?? 0);
    expect(sharp?.said).toContain(`${sharp?.score.worst?.toFixed(2)} dB on the worst of them`);
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

  it('is said in one line where models stand in a list', () => {
    const copy = { ...base, training: { ...base.training, sameAs: 'liif-edsr' as const } };
    const models = [copy, testManifest('liif-edsr')];
    const file = testFile('liif-rdn');
    const line = (manifest: Manifest, chosen: string): string =>
      optionWords({ manifest, download: 0, weights: [file], chosen }, models);
    expect(line(base, 'limpid')).toBe('LIIF-RDN');
    expect(line(copy, 'limpid')).toBe('LIIF-RDN (same picture, slower)');
    expect(line(copy, file.id)).toBe('LIIF-RDN (with mine.pth)');
  });
});
