import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../contract/run.ts';
import { ask, idsOf, only } from './testing.ts';

const liif = only('liif-edsr', 2);
const mimo = only('mimo-unet-realblur');
const CHOICES: readonly (Recipe | null)[] = [null, liif, mimo, only('mssnet-realblur-r')];

/** What is answered whatever model is chosen. */
const everywhere = (question: string): readonly (readonly string[])[] =>
  CHOICES.map((recipe) => idsOf(ask(question, recipe)));

describe('where pictures go', () => {
  it.each([
    'What happens to my data?',
    'What do you do with my data?',
    'Is my data safe?',
    'What do you do with my photos?',
    'Where do my photos go?',
    'What happens to my photo?',
    'Does my photo leave my computer?',
    'Are you sending my pictures anywhere?',
    'Where are my photos stored?',
    'Who can see my photos?',
    'Can anyone see my pictures?',
    'Do you keep a copy of my photo?',
    'Are my pictures deleted afterwards?',
    'Can my employer see what I open?',
  ])('%s: nowhere, and nothing is said of what the weights learned', (question) => {
    for (const ids of everywhere(question)) expect(ids).toEqual(['page-local', 'page-kept', 'page-no-training']);
  });

  it.each(['Do you track me?', 'Are there cookies?', 'Does Limpid collect analytics?', 'Does Limpid phone home?'])(
    '%s',
    (question) => {
      for (const ids of everywhere(question)) expect(ids).toEqual(['page-local', 'page-kept']);
    },
  );

  it.each(['Can I delete my data?', 'What happens if I close the tab?'])('%s: what the browser keeps', (question) => {
    for (const ids of everywhere(question)) expect(ids).toEqual(['page-kept']);
  });

  it('are told of data that somebody sends, without the data of the training', () => {
    for (const ids of everywhere('Does it send data to Google?')) expect(ids).toEqual(['page-local']);
  });

  it.each<[string, string]>([
    ['Does it keep my photo’s colours?', 'L17'],
    ['Can I share my photo?', 'page-copy'],
    ['Is my image saved as PNG?', 'page-save'],
    ['Is my GPS position kept in the file?', 'page-exif'],
    ['What happens to my photo inside the encoder?', 'L2'],
  ])('%s: asks for something else', (question, id) => {
    expect(idsOf(ask(question, liif))).toContain(id);
    for (const ids of everywhere(question)) expect(ids).not.toContain('page-local');
  });

  it.each(['Is there a gas leak?', 'How do I bake cookies?'])('%s: is declined', (question) => {
    expect(ask(question, liif).reply?.kind).toBe('declined');
  });
});

it('finds nothing by a word that is everywhere', () => {
  expect(idsOf(ask('What happened to my picture?', liif))).toEqual(['L1']);
  expect(ask('And the pictures?', mimo).reply?.kind).toBe('declined');
});

describe('a person’s pictures and training', () => {
  it.each([
    'Will my photos be used for training?',
    'Are my photos used to train your AI?',
    'Do you use my images for machine learning?',
    'is my picture added to the training data',
    'Do you train on my photos?',
  ])('%s: says that they stay here, and nothing of what the weights learned', (question) => {
    for (const ids of everywhere(question)) expect(ids).toEqual(['page-local', 'page-no-training']);
  });

  it('are not what a question on the training asks for', () => {
    expect(idsOf(ask('What data was it trained on?', liif))[0]).toBe('own-training-liif-edsr');
  });
});
