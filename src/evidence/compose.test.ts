import { describe, expect, it } from 'vitest';
import type { ModelId } from '../../contract/models.ts';
import type { Recipe, RunReport } from '../../contract/run.ts';
import { answerQuestion } from './ask/reply.ts';
import { compose, statementsOf } from './compose.ts';
import { LINE } from './figure.ts';
import { answer, ids, one, text } from './compose-fixture.ts';
import { TEST_INPUT, TEST_MANIFESTS, testManifest, testReport } from './fixtures.ts';
import { STORIED, theStory } from './models.ts';
import { scores } from './project.ts';

const scaleOf = (model: ModelId): number => (theStory(model, []).task === 'enlarge' ? 2.5 : 1);

describe.each(STORIED)('%s', (model) => {
  const recipe = one(model, scaleOf(model));
  const report = testReport([{ model, scale: scaleOf(model) }]);

  it('is explained before a run as what would happen', () => {
    const composed = answer({ recipe });
    expect(text(composed)).toMatch(/With these settings .* would/u);
    expect(text(composed)).toContain('Trained by this project');
    expect(composed.sources.map(({ key }) => key)).not.toContain('run');
    expect(composed.figure?.output.title).toBe('The result would be');
  });

  it('is explained after a run by what it did', () => {
    const composed = answer({ recipe, report });
    for (const id of [
      'run-size-0',
      'run-backend-0',
      'run-backend-why-0',
      'run-tiles-0',
      'run-time',
      'run-weights-0',
      'run-change',
    ]) {
      expect(ids(composed)).toContain(id);
    }
    expect(composed.sources.map(({ key }) => key)).toContain('run');
    const weights = statementsOf(composed).find(({ id }) => id === 'run-weights-0');
    expect(weights?.citations[0].place).toContain('ab12'.repeat(16));
    expect(ids(composed).includes('run-shrunk')).toBe(theStory(model, []).task === 'enlarge');
  });

  it('says whose weights the published figures speak of, in every state', () => {
    for (const composed of [answer({ recipe }), answer({ recipe, report }), answer({ recipe, models: [] })]) {
      const said = statementsOf(composed);
      expect(said.some(({ published }) => published)).toBe(true);
      expect(said.some(({ id }) => id === `figures-authors-${model}`)).toBe(true);
    }
  });

  it('is drawn in lines that fit a narrow panel', () => {
    for (const composed of [answer({ recipe, picture: null }), answer({ recipe }), answer({ recipe, report })]) {
      const stages = composed.figure?.steps.flatMap((step) => step.stages) ?? [];
      expect(stages.length).toBeGreaterThan(3);
      for (const line of stages.flatMap((stage) => [stage.title, ...stage.lines])) {
        expect(line.length, line).toBeLessThanOrEqual(LINE);
      }
    }
  });
});

describe('a run', () => {
  it('of two steps tells both, and shares what they share', () => {
    const steps = [{ model: 'mimo-unet-plus' }, { model: 'liif-edsr', scale: 2 }] as const;
    const recipe: Recipe = [...one('mimo-unet-plus'), ...one('liif-edsr', 2)] as unknown as Recipe;
    const composed = answer({ recipe, report: testReport(steps) });
    expect(ids(composed)).toEqual(
      expect.arrayContaining(['run-size-0', 'run-size-1', 'run-weights-0', 'run-weights-1']),
    );
    expect(composed.sources.map(({ key }) => key)).toEqual(expect.arrayContaining(['mimo-code', 'liif-code']));
    expect(composed.workflow.map(({ lead }) => lead)).toEqual(
      expect.arrayContaining(['Step 1: MIMO-UNet+.', 'Step 2: LIIF-EDSR.']),
    );
  });

  it('with other settings than those chosen is named as such, and its numbers stay out', () => {
    const composed = answer({ recipe: one('liif-edsr', 3), report: testReport([{ model: 'liif-edsr', scale: 2 }]) });
    expect(ids(composed)).toContain('run-stale');
    expect(text(composed)).toContain('made with other settings (LIIF-EDSR at 2×)');
    expect(ids(composed)).not.toContain('run-time');
  });

  it('of another picture is not spoken of', () => {
    const report = testReport([{ model: 'liif-edsr', scale: 2 }], { picture: 'another' });
    expect(ids(answer({ recipe: one('liif-edsr', 2), report })).join(' ')).not.toMatch(/run-/u);
  });

  it('with Limpid’s weights says what they are and what they learned from', () => {
    const models = TEST_MANIFESTS.map((manifest) => ({
      ...manifest,
      training: { ...manifest.training, remark: 'half trained' },
    }));
    const report = testReport([{ model: 'mssnet-realblur-r' }]);
    const told = text(answer({ models, recipe: one('mssnet-realblur-r'), report }));
    expect(told).toContain('Worth knowing about Limpid’s weights for MSSNet RealBlur-R: half trained.');
    expect(told).toContain('Limpid’s weights for MSSNet RealBlur-R learned from');
  });

  it('decoded fast does not claim the blend of four', () => {
    const report = testReport([{ model: 'liif-edsr', scale: 2, quality: 'fast' }]);
    const composed = answer({ recipe: one('liif-edsr', 2, 'fast'), report });
    expect(ids(composed)).not.toContain('L5');
    expect(ids(composed)).toEqual(expect.arrayContaining(['L20', 'own-fast-liif-edsr', 'run-quality-0']));
    expect(text(composed)).toContain('costs 0.24 dB (Set5 ×2)');
  });

  it('with an imported file claims neither the paper’s scores nor Limpid’s', () => {
    const weights = { owner: 'imported', name: 'mine.pth' } as const;
    const report = testReport([{ model: 'liif-edsr', scale: 2, weights }]);
    const composed = answer({ recipe: one('liif-edsr', 2), report });
    expect(text(composed)).toContain('LIIF-EDSR used an imported file, mine.pth (SHA-256');
    expect(text(composed)).toContain(
      'Limpid cannot tell whose file mine.pth is; published figures speak of it only if',
    );
    expect(text(composed)).not.toMatch(/nobody has stated|none of the authors|weights of its own/u);
    expect(ids(composed).join(' ')).not.toMatch(/own-score/u);
  });

  it.each(['authors', 'imported'] as const)('with a file (%s) claims no known answer', (owner) => {
    const ran = testReport([{ model: 'liif-edsr', scale: 2, weights: { owner, name: 'mine.pth' } }]);
    const on = (name: 'webgpu' | 'wasm'): string => {
      const steps = ran.steps.map((step) => ({ ...step, backend: { ...step.backend, name, proof: 0.002 } }));
      const said = statementsOf(answer({ recipe: one('liif-edsr', 2), report: { ...ran, steps } }));
      return said.find(({ id }) => id === 'run-proof-0')?.text ?? '';
    };
    expect(on('wasm')).toMatch(/an answer in a plausible range; .*there is no known answer\.$/u);
    expect(on('wasm')).not.toContain('came within');
    expect(on('webgpu')).toMatch(
      /came within 0\.5 of 255 of what this device’s CPU answers to a small picture; .*no known answer\.$/u,
    );
    const own = text(answer({ recipe: one('liif-edsr', 2), report: testReport([{ model: 'liif-edsr', scale: 2 }]) }));
    expect(own).toContain('it came within 0.1 of 255 of the known answer to a small picture.');
  });

  it('that gives the picture back exactly says so and divides by nothing', () => {
    const report = testReport([{ model: 'liif-edsr', scale: 1 }]);
    const exact: RunReport = {
      ...report,
      measure: { backProjectionDb: Infinity, changedShare: 0, meanChange: 0, maxChange: 0, reference: 'bicubic' },
    };
    const composed = answer({ recipe: one('liif-edsr', 1), report: exact });
    expect(text(composed)).toContain('your picture again, value for value');
    expect(text(composed)).toContain('0 % of the pixels differ');
    expect(text(composed)).not.toMatch(/Infinity|NaN/u);
  });

  it('that survived a fault tells it', () => {
    const report = testReport([{ model: 'liif-edsr', scale: 2 }], {
      events: ['The GPU was lost after 2 of 6 tiles; the rest ran on WASM.'],
    });
    expect(text(answer({ recipe: one('liif-edsr', 2), report }))).toContain('The GPU was lost after 2 of 6 tiles');
  });
});

it('a drawing has a result to show only when a run filled it', () => {
  const report = testReport([{ model: 'liif-edsr', scale: 2 }]);
  const recipe = one('liif-edsr', 2);
  expect(answer({ recipe, report }).figure?.ran).toBe(true);
  expect(answer({ recipe }).figure?.ran).toBe(false);
  // A finished run of another model than the one that an example question recommends.
  expect(answer({ recipe: null, report, seed: '000' }).figure?.ran).toBe(false);
});

describe('limits', () => {
  it('above 4× name extrapolation, up to 4× do not', () => {
    expect(ids(answer({ recipe: one('liif-rdn', 4.1) }))).toContain('L12');
    expect(ids(answer({ recipe: one('liif-rdn', 4) }))).not.toContain('L12');
  });
});

describe('Limpid’s own scores', () => {
  it('are those of the wanted factor, with the command that printed them', () => {
    const manifest = testManifest('liif-edsr');
    expect(scores(manifest, 4, 'best').map(({ set }) => set)).toEqual(['Set5 x4']);
    expect(scores(manifest, 3, 'best').map(({ set }) => set)).toEqual(['Set5 x2', 'Set5 x4']);
    const said = statementsOf(answer({ recipe: one('liif-edsr', 4) })).find(({ id }) => id.startsWith('own-score'));
    expect(said?.text).toContain('31.20 dB on Set5 ×4; bicubic resizing has 28.40 dB');
    expect(said?.citations[0]).toMatchObject({ kind: 'project', command: 'npm run evaluate -- --scale 4' });
  });

  it('name their own baseline, and keep sharp pictures apart from blurred ones', () => {
    const said = text(answer({ recipe: one('mimo-unet-realblur') }));
    expect(said).toContain('27.50 dB on real pairs; the blurred input has 26.40 dB');
    expect(said).toMatch(/change sharp pictures: 42\.70 dB on .*, where JPEG at quality 90 has 33\.90 dB/u);
    expect(said).not.toMatch(/blurred input has 33/u);
    expect(said).toContain('Figures of different sets of pictures, or measured in different ways, cannot be compared');
  });

  it('are told by the way of decoding', () => {
    const manifest = testManifest('liif-edsr');
    const nearest = { ...manifest.scores[0], set: 'Set5 x2, nearest cell', value: 36.9 } as (typeof manifest.scores)[0];
    const both = { ...manifest, scores: [nearest, ...manifest.scores] };
    expect(scores(both, 2, 'best').map(({ value }) => value)).toEqual([37.1]);
    expect(scores(both, 2, 'fast').map(({ value }) => value)).toEqual([36.9]);
  });

  it('name no seam that nobody has measured', () => {
    const manifest = testManifest('mssnet-realblur-r');
    const unmeasured = { ...manifest, seam: { maxDifference: 1, tile: 0, measuredOn: 'not measured yet' } };
    const asked = { recipe: one('mssnet-realblur-r'), question: 'How large are the seams between tiles?' };
    expect(text(answer({ ...asked, models: [manifest] }))).toContain('a drawn test card');
    expect(text(answer({ ...asked, models: [unmeasured] }))).not.toContain('not measured yet');
  });
});

it('before anything is chosen says what Limpid does', () => {
  const composed = answer({ picture: null, models: [] });
  expect(composed.figure).toBeNull();
  expect(composed.task.map(({ lead }) => lead)).toEqual(['Enlarging.', 'Removing blur.', 'Here.']);
  expect(composed.workflow).toHaveLength(2);
});

it('leaves a question open until what answers it has been loaded', () => {
  const input = { ...TEST_INPUT, question: 'Does it invent detail?' };
  const open = compose(input);
  expect(open).toMatchObject({ question: input.question, reply: null });
  expect(open.task).toEqual(compose({ ...input, question: null }).task);
  expect(compose(input, answerQuestion).reply?.kind).toBe('answered');
});
