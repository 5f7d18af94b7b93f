import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../contract/manifest.ts';
import { TEST_MANIFESTS, testFile } from '../fixtures.ts';
import { ask, idsOf, only, saidBy } from './testing.ts';

const DATA =
  '272 photographs, blurred by simulated hand-shake, depth and object motion of up to 24 pixels; a tenth in low light';
const models: readonly Manifest[] = TEST_MANIFESTS.map((manifest) =>
  manifest.task === 'deblur' ? { ...manifest, training: { ...manifest.training, data: DATA } } : manifest,
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
      'Limpid’s weights for MIMO-UNet RealBlur practised on blur of up to 24 pixels',
    );
    const enlarging = idsOf(ask(question, only('liif-edsr', 2), null, { models }));
    expect(enlarging).toEqual(['L11', 'own-blur-mimo-unet-realblur', 'own-data-mimo-unet-realblur-0', 'two-steps']);
  });

  it('that is asked about is named where it is beyond the training, and not where it is within', () => {
    const said = (question: string): string => saidBy(ask(question, mssnet, null, { models }));
    expect(said('my blur is about 60 pixels long, will it work')).toContain('of 60 pixels, as of any longer blur');
    expect(said('my blur is about 12 pixels long, will it work')).toContain('24 pixels; of longer blur');
  });

  it('is told in the record’s own words where those name no pixels', () => {
    expect(idsOf(ask('how large may the blur be?', mssnet))).toEqual(['own-data-mssnet-realblur-r-0']);
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
