import { expect, it } from 'vitest';
import { testManifest } from './fixtures.ts';
import { ownData, ownEffort, ownLicences } from './training.ts';
import type { Manifest } from '../../contract/manifest.ts';

const manifest = testManifest('mimo-unet-realblur');
const models = [manifest, testManifest('mssnet-realblur-r')];
const of = (training: Partial<Manifest['training']>): Manifest => ({
  ...manifest,
  training: { ...manifest.training, ...training },
});
const texts = (statements: readonly { readonly text: string }[]): readonly string[] =>
  statements.map(({ text }) => text);

it('tells a training run by run, and of each run what the one before did not do', () => {
  expect(texts(ownData(manifest))).toEqual([
    'Limpid’s weights for MIMO-UNet RealBlur learned from photos and drawn pages in 2 runs.',
    'Run 1 of 2, 60 minutes and 15,000 steps: The network learned from crops of 272 photos. They were reduced by factors from 1 to 4. ' +
      'Run 2 of 2, 30 minutes and 5,000 steps, otherwise as the run before: Noise was added. Then 0.65 of its weights were blended with 0.35 of those that it began from.',
  ]);
  const [run] = manifest.training.runs ?? [];
  if (run === undefined) throw new Error('the fixture has runs');
  const other = { ...run, data: 'The network learned from crops of 272 photos. They were blurred. They were noisy.' };
  expect(texts(ownData(of({ runs: [run, other] }))).at(-1)).toContain(`15,000 steps: ${other.data}`);
  expect(texts(ownData(of({ runs: [run, { ...run, blended: 1.2 }] }))).at(-1)).toContain(
    ' Run 2 of 2, 60 minutes and 15,000 steps, was like the run before. Then the weights were moved 1.2 times the way that this run had gone.',
  );
});

it('tells a record of an earlier release, without runs, in its own parts', () => {
  const { runs: _, ...training } = manifest.training;
  expect(texts(ownData({ ...manifest, training: { ...training, data: 'photos; a part blended' } }))).toEqual([
    'Limpid’s weights for MIMO-UNet RealBlur learned from photos.',
    'In the training of Limpid’s weights for MIMO-UNet RealBlur: a part blended.',
  ]);
  expect(ownLicences({ ...manifest, training })).toEqual([]);
});

it('counts the licences of the photographs, once for runs of the same ones', () => {
  const once = texts(ownLicences(manifest));
  expect(once).toHaveLength(1);
  expect(once[0]).toContain('The 272 photographs and illustrations');
  expect(once[0]).toContain('CC BY-SA 4.0 (128), Unsplash License (144).');
  const [run] = manifest.training.runs ?? [];
  if (run === undefined) throw new Error('the fixture has runs');
  expect(ownLicences(of({ runs: [run, { ...run, licences: { CC0: 5 } }] }))).toHaveLength(2);
});

it('adds the teacher’s own training to how long it took', () => {
  const [run] = manifest.training.runs ?? [];
  if (run === undefined) throw new Error('the fixture has runs');
  const teacher = { model: 'mssnet-realblur-r' as const, share: 0.5, minutes: 346 };
  const taught = of({
    runs: [
      { ...run, teacher: { ...teacher, minutes: 222 } },
      { ...run, teacher },
    ],
  });
  expect(ownEffort(taught, models).text).toContain('had been trained for 5.8 hours before');
  expect(ownEffort(manifest, models).text).not.toContain('teacher');
});
