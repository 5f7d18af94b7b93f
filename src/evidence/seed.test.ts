import { describe, expect, it } from 'vitest';
import { compose, statementsOf } from './compose.ts';
import type { Answer, ComposeInput } from './compose.ts';
import { TEST_INPUT, TEST_MANIFESTS, TEST_PICTURE, testReport } from './fixtures.ts';
import { theStory } from './models.ts';
import { QUESTIONS, SEED_IDS, seedOf, theQuestion } from './questions.ts';
import type { SeedId } from './questions.ts';
import { SUPPLIED_LINKS } from './supplied-links.ts';
import { validateAnswer } from './validate.ts';

/** What an honest answer to each of the five example questions must and must not say. */
interface Expectation {
  readonly task: readonly RegExp[];
  readonly workflow: readonly RegExp[];
  readonly ids: readonly string[];
  readonly never: readonly RegExp[];
  readonly related: Readonly<Record<string, RegExp>>;
}

const NEVER_ANYWHERE = [
  /CNAPS/u,
  /(?:recovers?|restores?|uncovers?) the (?:original|hidden|true) details?/iu,
  /reported by|is reported/u,
  /state.of.the.art/iu,
];

const EXPECTED: Readonly<Record<SeedId, Expectation>> = {
  '000': {
    task: [
      /super-resolution/u,
      /does not enlarge/u,
      /doubling came from another step/u,
      /Deblur first/u,
      /outside/u,
      /“pixel shuffle”/u,
    ],
    workflow: [
      /multiples of sixteen/u,
      /one at the coarsest scale, two at the middle one, three at full size/u,
      /half-size copy/u,
      /input plus a learned correction/u,
      /before or after it/u,
    ],
    ids: ['S1', 'S2', 'S3', 'S5', 'S6', 'S7', 'S8', 'S10', 'S12', 'S13', 'S14', 'S20', 'S21', 'two-steps'],
    never: [
      /3[0-9]\.\d\d dB/u,
      /MSSNet (?:enlarges|upscales)/iu,
      /trained on (?:diagrams|drawings)/iu,
      /FeatSharp (?:made|sharpened)/iu,
    ],
    related: { featsharp: /no picture/u, fit3d: /no bearing/u },
  },
  '001': {
    task: [
      /removes blur/u,
      /harsh shadows/u,
      /enlarges nothing/u,
      /brightens shadows/u,
      /noise removal/u,
      /other steps/u,
      /“\+” network/u,
      /no adversarial term/u,
      /can still be wrong/u,
      /correction that is added/u,
    ],
    workflow: [
      /multiples of four/u,
      /full, half and quarter/u,
      /SCM/u,
      /FAM/u,
      /AFF/u,
      /three sharpened pictures/u,
      /only the last is kept/u,
      /clamped/u,
      /height and width with which it came/u,
    ],
    ids: ['M1', 'M2', 'M10', 'M16', 'M17', 'M18', 'Q4', 'M4', 'M9', 'M19', 'M20'],
    never: [/RealBlur-[JR]/u, /3[0-9]\.\d\d dB/u, /lifts shadows|denoises|guarantee/iu],
    related: {
      featsharp: /no picture/u,
      mask2alpha: /mask, not a sharper or brighter photo/u,
      'pu-ray': /word “upsampling” is shared.*point clouds/u,
    },
  },
  '002': {
    task: [
      /single-image super-resolution/u,
      /range of 1 to 4/u,
      /prediction and not recovered evidence/u,
      /blur, noise and JPEG damage are not/u,
    ],
    workflow: [
      /−1 to 1/u,
      /64 learned numbers/u,
      /2H × 2W/u,
      /exact offset/u,
      /how large the output pixel is/u,
      /blended by area/u,
      /34\.67 dB; bicubic resizing scores 31\.01 dB/u,
      /0\.14 dB.*0\.04 dB.*0\.03 dB.*0\.02 dB/u,
      /Published figures belong to the authors’ weights/u,
    ],
    ids: ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L10', 'L11', 'L16', 'E1', 'E3'],
    never: [/diffusion/iu, /uses an adversarial/iu, /trained on text/iu, /authors.{0,40}Set5|Set14/u],
    related: {
      featsharp: /no picture/u,
      mask2alpha: /mask/u,
      'em-consistency': /electron microscopy.*enlarges nothing/u,
    },
  },
  '003': {
    task: [
      /Two jobs are mixed/u,
      /enlarges nothing/u,
      /Deblur first/u,
      /no supplied source prescribes the order/u,
      /2,103 .*GoPro pairs of motion blur/u,
      /Logos, text and the softness of a small file lie outside/u,
      /reads letters/u,
    ],
    workflow: [
      /multiples of four/u,
      /full, half and quarter/u,
      /twenty correction blocks/u,
      /separate step/u,
      /32\.45 dB and SSIM 0\.957/u,
      /Published figures belong to the authors’ weights/u,
    ],
    ids: ['M1', 'M2', 'M3', 'M9', 'M12', 'M15', 'Q1', 'Q2', 'two-steps'],
    never: [/RealBlur/u, /recogni[sz]es letters/iu, /handles out-of-focus/iu, /27\.63|31\.92|28\.99/u],
    related: {
      featsharp: /no picture/u,
      pouf: /no bearing on sharpening or enlarging/u,
      cof: /Shares only a name.*not the coarse-to-fine deblurring/u,
    },
  },
  '004': {
    task: [
      /super-resolution/u,
      /sixteen pixels for every pixel/u,
      /predicted, not uncovered/u,
      /very edge of the range/u,
      /Above ×4 LIIF extrapolates/u,
      /more than the sources support/u,
      /wrong letter/u,
    ],
    workflow: [
      /−1 to 1/u,
      /sixteen dense blocks/u,
      /4H × 4W/u,
      /44 tera-multiplications/u,
      /29\.27 dB; bicubic resizing scores 26\.66 dB/u,
      /0\.27 dB .*18 times/u,
      /Urban100 \(26\.68/u,
      /not always ahead/u,
      /Published figures belong to the authors’ weights/u,
    ],
    ids: ['L2', 'L3', 'L5', 'L6', 'L10', 'L12', 'L16', 'L18', 'R1', 'R3', 'R4', 'R5', 'R7', 'R8'],
    never: [/reads? (?:the )?(?:small )?text/iu, /beats everything/iu, /Elastic-DETR enhances/iu],
    related: {
      'segmentation-resolution': /creates no detail/u,
      featsharp: /no picture/u,
      'elastic-detr': /nothing to do with making text or patterns clear/u,
    },
  },
};

const nothing: ComposeInput = { ...TEST_INPUT, models: [], picture: null };

const textOf = (answer: Answer, part: 'task' | 'workflow'): string =>
  answer[part].flatMap(({ statements }) => statements.map(({ text }) => text)).join('\n');
const allText = (answer: Answer): string =>
  [
    textOf(answer, 'task'),
    textOf(answer, 'workflow'),
    answer.figure?.description ?? '',
    ...answer.sources.map(({ title, line, read }) => `${title}\n${line?.text ?? ''}\n${read}`),
  ].join('\n');

function check(answer: Answer, seed: SeedId): void {
  const { task, workflow, ids, never, related } = EXPECTED[seed];
  expect(validateAnswer(answer, SUPPLIED_LINKS[seed])).toEqual([]);
  for (const pattern of task) expect(textOf(answer, 'task')).toMatch(pattern);
  for (const pattern of workflow) expect(textOf(answer, 'workflow')).toMatch(pattern);
  const said = statementsOf(answer);
  expect(said.map(({ id }) => id)).toEqual(expect.arrayContaining([...ids]));
  for (const { id, kind, citations } of said) {
    expect(kind, id).not.toBe('reported');
    for (const citation of citations) {
      if (citation.kind === 'source') expect(theQuestion(seed).supplied, id).toContain(citation.source);
    }
  }
  for (const pattern of [...never, ...NEVER_ANYWHERE]) expect(allText(answer)).not.toMatch(pattern);
  for (const [source, pattern] of Object.entries(related)) {
    expect(answer.sources.find(({ key }) => key === source)?.line?.text, source).toMatch(pattern);
  }
}

describe.each(SEED_IDS)('question %s', (seed) => {
  const { model, question } = theQuestion(seed);
  const scale = theStory(model, []).task === 'enlarge' ? (theQuestion(seed).factor ?? 2) : 1;

  it('is answered honestly before any run', () => {
    check(compose({ ...nothing, seed }), seed);
  });

  it('is answered honestly with Limpid’s manifests and settings', () => {
    const recipe = [{ model, scale, quality: 'best' }] as const;
    const answer = compose({ ...nothing, models: TEST_MANIFESTS, recipe, picture: TEST_PICTURE, seed });
    check(answer, seed);
    expect(textOf(answer, 'workflow')).toContain('Trained by this project');
  });

  it('is filled with the numbers of a run', () => {
    const report = testReport([{ model, scale }]);
    const recipe = [{ model, scale, quality: 'best' }] as const;
    const answer = compose({ ...nothing, models: TEST_MANIFESTS, recipe, picture: TEST_PICTURE, report, seed });
    check(answer, seed);
    expect(textOf(answer, 'workflow')).toMatch(/6 tiles of 96 pixels/u);
    expect(textOf(answer, 'workflow')).toMatch(/weights that Limpid trained itself, not the authors’/u);
    expect(textOf(answer, 'task')).toMatch(/12 % of the pixels differ/u);
    expect(answer.figure?.description).toMatch(/6 tiles of 96 px · WASM · 2\.3 s/u);
    expect(answer.sources.map(({ key }) => key)).toContain('run');
  });

  it('keeps to the recommended model when the run on screen used another', () => {
    const other = model === 'liif-edsr' ? 'liif-rdn' : 'liif-edsr';
    const report = testReport([{ model: other, scale: 2 }]);
    const answer = compose({ ...nothing, models: TEST_MANIFESTS, picture: TEST_PICTURE, report, seed });
    check(answer, seed);
    expect(answer.sources.map(({ key }) => key)).not.toContain('run');
  });

  it('is recognised when somebody types it', () => {
    expect(seedOf(question)).toBe(seed);
    expect(seedOf(`“${question.toUpperCase().replaceAll(/\s/gu, '  ')}”`)).toBe(seed);
    expect(seedOf(question.slice(0, -20))).toBeNull();
  });

  it('numbers its sources from 1 with the recommended model’s paper and code first', () => {
    const { sources } = compose({ ...nothing, seed });
    expect(sources.map(({ number }) => number)).toEqual(sources.map((_, index) => index + 1));
    expect(sources.slice(0, 2).map(({ key }) => key)).toEqual([theStory(model, []).paper, theStory(model, []).code]);
  });
});

describe('the five questions', () => {
  it('recommend five different models', () => {
    expect(new Set(QUESTIONS.map(({ model }) => model)).size).toBe(5);
  });

  it('tell a two-step run whole without leaving the supplied sources', () => {
    const report = testReport([{ model: 'mimo-unet-plus' }, { model: 'liif-edsr', scale: 2 }]);
    const answer = compose({ ...nothing, models: TEST_MANIFESTS, picture: TEST_PICTURE, report, seed: '003' });
    check(answer, '003');
    expect(answer.figure?.steps.map(({ model }) => model)).toEqual(['mimo-unet-plus', 'liif-edsr']);
    expect(answer.figure?.output.lines).toEqual(['508 × 340 pixels']);
    // LIIF's stages cannot rest on the code of MIMO-UNet, which alone was supplied.
    expect(answer.figure?.caption.citations.map(({ kind }) => kind)).toEqual(['run']);
    expect(statementsOf(answer).map(({ id }) => id)).toContain('run-shrunk-limit');
  });

  it('do not contradict a run with another factor, decoded from the nearest cell', () => {
    const report = testReport([{ model: 'liif-edsr', scale: 6, quality: 'fast' }]);
    const answer = compose({ ...nothing, models: TEST_MANIFESTS, picture: TEST_PICTURE, report, seed: '002' });
    const told = statementsOf(answer).map(({ id }) => id);
    expect(told).toEqual(expect.arrayContaining(['run-factor', 'L12', 'L20']));
    expect(told).not.toContain('L5');
  });

  it('say that figures and weights agree when the authors’ file ran, as far as a third party’s checksum tells', () => {
    const weights = { owner: 'authors', name: 'edsr-baseline-liif.pth' } as const;
    const report = testReport([{ model: 'liif-edsr', scale: 2, weights }]);
    const answer = compose({ ...nothing, models: TEST_MANIFESTS, picture: TEST_PICTURE, report, seed: '002' });
    expect(textOf(answer, 'workflow')).toMatch(
      /the authors have not confirmed, the file of this run .* holds their weights/u,
    );
    expect(textOf(answer, 'workflow')).not.toMatch(/weights of its own/u);
  });
});
