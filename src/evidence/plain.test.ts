import { describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import { ask, idsOf, only, saidBy } from './ask/testing.ts';
import { answer, ids, text } from './compose-fixture.ts';
import { LINE } from './figure.ts';
import { TEST_MANIFESTS, testManifest, testReport } from './fixtures.ts';
import { toMarkdown } from './markdown.ts';
import { STORIED, theStory } from './models.ts';
import { SOURCES } from './sources.ts';
import { validateAnswer, validateStatement } from './validate.ts';

vi.mock('../../contract/model-ids.json', async (original) => ({
  default: [...(await original<{ default: ModelId[] }>()).default, 'sixth-net', 'sixth-liif'],
}));

const made = (from: ModelId, id: ModelId, name: string): Manifest => ({
  ...testManifest(from),
  id,
  name,
  network: id,
  accepts: [],
  summary: 'Takes the shake out of photos.',
  parameters: 6_801_981,
});
const sixth = made('mimo-unet-realblur', 'sixth-net', 'Sixth-Net+');
const enlarging = made('liif-edsr', 'sixth-liif', 'Sixth LIIF');
const models = [...TEST_MANIFESTS, sixth, enlarging];
const step = (scale = 1) => only(scale === 1 ? 'sixth-net' : 'sixth-liif', scale);

describe('a model without a story', () => {
  it.each([
    ['sixth-net', 1],
    ['sixth-liif', 6],
  ])('%s is explained by its manifest alone', (model, scale) => {
    for (const report of [null, testReport([{ model: 'liif-edsr' }])]) {
      const ran =
        report === null
          ? null
          : { ...report, steps: report.steps.map((one) => ({ ...one, model, scale, network: model })) };
      const told = answer({ models, recipe: step(scale), report: ran });
      expect(validateAnswer(told, [])).toEqual([]);
      for (const part of [told.task, told.workflow])
        expect(part.flatMap(({ statements }) => statements).length).toBeGreaterThan(0);
      expect(text(told)).toContain('Takes the shake out of photos.');
      expect(text(told)).toContain('No paper or code about Sixth');
      expect(text(told)).toContain('6,801,981 parameters');
      expect(ids(told)).toContain(`own-score-${model}-0`);
      // Claims, and what is said of published figures, belong to networks that somebody has read about.
      expect(ids(told).filter((id) => /^[A-Z]\d|^figures-authors/u.test(id))).toEqual([]);
      expect(told.sources.map(({ group }) => group)).not.toContain('model');
      expect(told.sources.find(({ key }) => key === 'project')?.line?.id).toBe(`plain-none-${model}`);
      expect(toMarkdown(told)).toContain('No paper or code about Sixth');
      expect(told.figure?.caption.citations.map(({ kind }) => kind)).not.toContain('source');
      for (const { title, lines } of told.figure?.steps[0]?.stages ?? [])
        for (const line of [title, ...lines]) expect(line.length).toBeLessThanOrEqual(LINE);
    }
  });

  it('is told in sentences that end, fit and cite its manifest', () => {
    for (const manifest of [sixth, enlarging, { ...sixth, halfSizeInput: true as const, summary: 'No stop' }]) {
      const { does, limits, input, model } = theStory(manifest.id, [manifest]);
      for (const said of [...does, ...limits, ...input, ...model]) {
        if (typeof said === 'string') throw new Error(`${said} is a claim`);
        expect(validateStatement(said, SOURCES)).toEqual([]);
        expect(said.citations[0]).toMatchObject({
          kind: 'project',
          place: expect.stringContaining(manifest.name) as string,
        });
      }
    }
  });

  it('borrows no stages from a network of the same name, whose code was not read for it', () => {
    const twin = { ...sixth, network: 'mimo-unet' };
    const told = answer({ models: [...TEST_MANIFESTS, twin], recipe: step() });
    expect(told.figure?.steps[0]?.stages.map(({ title }) => title)).toEqual(['Pad', 'Network']);
  });

  it('is not there without its manifest', () => {
    expect(() => theStory('sixth-net', [])).toThrow('There is no model sixth-net.');
    for (const id of STORIED) expect(theStory(id, []).unread).toBeUndefined();
  });
});

describe('the question box', () => {
  it.each([
    'What is Sixth-Net+?',
    'How does sixth net plus work?',
    'what does the sixthnet+ do',
    'Tell me about Sixth-Net+',
  ])('finds it by its name: %s', (question) => {
    for (const recipe of [null, only('liif-rdn', 2), step()]) {
      const told = ask(question, recipe, null, { models });
      expect(idsOf(told)).toContain('plain-summary-sixth-net');
      expect(saidBy(told)).not.toContain('LIIF');
    }
  });

  it.each<[string, string]>([
    ['Who made Sixth-Net+?', 'plain-none-sixth-net'],
    ['Can I trust the letters that Sixth-Net+ gives?', 'plain-none-sixth-net'],
    ['How was Sixth-Net+ trained?', 'own-training-sixth-net'],
    ['Can Sixth-Net+ enlarge four times?', 'two-steps'],
    ['Is MSSNet better than Sixth-Net+?', 'own-score-sixth-net-0'],
    ['Is Sixth-Net+ faster than MSSNet?', 'own-work-deblur'],
    ['How good is Sixth-Net+?', 'own-score-sixth-net-0'],
    ['Does Sixth LIIF remove blur?', 'plain-none-sixth-liif'],
    ['Can Sixth LIIF enlarge 6 times?', 'plain-task-sixth-liif'],
  ])('%s', (question, id) => {
    expect(idsOf(ask(question, null, null, { models }))).toContain(id);
  });

  it('takes "Sixth" alone, and what is off the subject, for no question about it', () => {
    expect(ask('Who was Henry the sixth?', null, null, { models }).reply?.kind).toBe('declined');
    expect(ask('What does Sixth-Net+ cost at the bakery on Sundays?', null, null, { models }).reply?.kind).toBe(
      'declined',
    );
  });
});
