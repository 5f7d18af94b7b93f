import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../contract/manifest.ts';
import { MODEL_IDS } from '../../../contract/models.ts';
import { testFile } from '../fixtures.ts';
import { ask, idsOf, only, saidBy } from './testing.ts';

/** What is shipped: the answer is read out of the words of its training runs. */
const models: readonly Manifest[] = MODEL_IDS.map(
  (id) => JSON.parse(readFileSync(`public/models/${id}/manifest.json`, 'utf8')) as Manifest,
);
const mssnet = only('mssnet-realblur-r');

describe('the length of blur', () => {
  it.each([
    'how large may the blur be?',
    'maximum motion blur size?',
    'my blur is about 60 pixels long, will it work',
    'what is the largest blur it can remove',
    'Can it remove a 60 px motion blur?',
  ])('%s: is answered by the training, not by limits of files', (question) => {
    expect(idsOf(ask(question, mssnet, null, { models }))).toEqual([
      'own-blur-mssnet-realblur-r',
      'own-data-mssnet-realblur-r-0',
    ]);
    expect(saidBy(ask(question, null, null, { models }))).toContain(
      'Limpid’s weights for MIMO-UNet RealBlur practised on camera shake of at most 24 pixels, and on objects that moved up to 16 pixels more',
    );
    const enlarging = idsOf(ask(question, only('liif-edsr', 2), null, { models }));
    expect(enlarging).toEqual(['L11', 'own-blur-mimo-unet-realblur', 'own-data-mimo-unet-realblur-0', 'two-steps']);
  });

  it('that is asked about is named where it is beyond the training, and not where it is within', () => {
    const said = (question: string): string => saidBy(ask(question, mssnet, null, { models }));
    expect(said('my blur is about 60 pixels long, will it work')).toContain('of 60 pixels, as of any longer blur');
    for (const length of [12, 30]) {
      expect(said(`my blur is about ${length} pixels long, will it work`)).toContain('16 pixels more; of longer blur');
    }
  });

  const training = (change: Partial<Manifest['training']>): readonly Manifest[] =>
    models.map((one) => {
      const { runs: _, ...rest } = one.training;
      return { ...one, training: { ...rest, ...change } };
    });

  it('is read out of a record without runs, such as an earlier release had', () => {
    const data =
      '272 photographs, blurred by simulated hand-shake, depth and object motion of up to 26 pixels; low light';
    const said = saidBy(ask('how large may the blur be?', mssnet, null, { models: training({ data }) }));
    expect(said).toContain('camera shake of at most 26 pixels; of longer blur');
  });

  it('is told in the record’s own words where those name no pixels', () => {
    const silent = training({ data: 'The weights learned from photographs.' });
    expect(idsOf(ask('how large may the blur be?', mssnet, null, { models: silent }))).toEqual([
      'own-data-mssnet-realblur-r-0',
    ]);
  });

  it('is not told of an imported file by Limpid’s record', () => {
    const ids = idsOf(
      ask('how large may the blur be?', mssnet, null, { models, weights: [testFile('mssnet-realblur-r')] }),
    );
    expect(ids).toEqual(['plan-weights-mssnet-realblur-r', 'S14']);
  });

  it('is not the size of a blurry picture', () => {
    expect(idsOf(ask('How large can a blurry picture be?', mssnet, null, { models }))[0]).toBe('page-size');
    expect(idsOf(ask('How long does it take to remove blur?', mssnet, null, { models }))[0]).toBe('plan-none');
  });
});
