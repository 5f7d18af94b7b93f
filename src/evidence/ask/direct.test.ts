import { describe, expect, it } from 'vitest';
import type { Recipe, RunPlan } from '../../../contract/run.ts';
import { testFile, testReport } from '../fixtures.ts';
import { ask, idsOf, only } from './testing.ts';

describe('the first sentence is the one that was asked for', () => {
  const plan: RunPlan = {
    output: { width: 508, height: 340 },
    tiles: 6,
    macs: 1e9,
    memory: 1e6,
    seconds: 12.3,
    backend: 'wasm-threads',
  };
  const liif = only('liif-edsr', 2);
  const mimo = only('mimo-unet-realblur');
  const first = (question: string, recipe: Recipe | null, ran: boolean): string => {
    const report = ran ? testReport(recipe ?? []) : null;
    const estimate = recipe !== null && !ran ? plan : null;
    return idsOf(ask(question, recipe, report, { estimate }))[0] ?? 'declined';
  };

  it.each<[string, Recipe | null, string]>([
    ['Can I trust the letters at 4x?', only('liif-edsr', 4), 'L18'],
    ['Which model should I use for motion blur?', liif, 'choose-deblur'],
    ['Which model should I use for motion blur?', null, 'choose-deblur'],
    ['What is LIIF?', only('liif-edsr', 3), 'L1'],
    ['What is MIMO-UNet?', liif, 'M1'],
    ['What is MIMO-UNet?', null, 'M1'],
    ['How does MSSNet work?', liif, 'S1'],
    ['How does LIIF-RDN work?', null, 'L1'],
    ['How long will it take?', liif, 'plan-time'],
    ['Does it need internet?', liif, 'page-local'],
    ['What is the loss function?', liif, 'L9'],
    ['Is it safe to use for private photos?', mimo, 'page-local'],
    ['Why is it so slow?', mimo, 'plan-time'],
    ['Does it use my GPU?', liif, 'plan-backend'],
    ['What does dB mean?', liif, 'page-psnr'],
    ['Can I use the result commercially?', liif, 'page-rights'],
    ['What is the licence of the code?', liif, 'L19'],
    ['Who wrote LIIF?', liif, 'written-liif-paper'],
    ['Who made MSSNet?', null, 'written-mssnet-paper'],
    ['How do I cite MIMO-UNet?', null, 'written-mimo-paper'],
    ['On which hardware was it trained?', liif, 'own-effort-liif-edsr'],
    ['Was it trained on a GPU?', mimo, 'own-effort-mimo-unet-realblur'],
    ['How many iterations was it trained for?', liif, 'own-effort-liif-edsr'],
    ['How many pictures is the score based on?', mimo, 'own-score-few-mimo-unet-realblur'],
    ['Is MSSNet better than MIMO-UNet?', mimo, 'own-score-mimo-unet-realblur-0'],
    ['Is the PSNR measured on luma or RGB?', liif, 'page-agreement'],
    ['Does it use batch normalisation?', liif, 'E1'],
    ['What SSIM does LIIF report?', null, 'L22'],
    ['What is the GoPro score of MSSNet?', only('mssnet-realblur-r'), 'S28'],
    ['What limitations does the MIMO-UNet paper state?', mimo, 'M23'],
    ['Is CoF used in MIMO-UNet?', mimo, 'line-cof'],
    ['What is the receptive field?', only('mimo-unet-plus'), 'Q7'],
    ['Can it fix a defocused photo?', mimo, 'M22'],
    ['Is Fast worse than Best?', liif, 'own-fast-liif-edsr'],
    ['Do you store my pictures?', liif, 'page-local'],
    ['Can I copy the result to the clipboard?', liif, 'page-copy'],
    ['What JPEG quality does it use?', liif, 'page-quality'],
    ['Does it send data to Google?', null, 'page-local'],
    ['Can I use it as evidence in court?', liif, 'L10'],
    ['Was a teacher network used?', mimo, 'own-training-mimo-unet-realblur'],
    ['Can it fix an out of focus photo?', mimo, 'M22'],
    ['Can it remove noise?', mimo, 'M16'],
    ['Can it read text?', mimo, 'M15'],
    ['What is the maximum scale?', liif, 'page-range'],
    ['Should I deblur before enlarging?', liif, 'two-steps'],
    ['Which model is best for text?', liif, 'choose-enlarge'],
    ['What data was it trained on?', liif, 'own-training-liif-edsr'],
    ['What licences do the training photos have? Any CC BY-SA?', liif, 'own-licences-liif-edsr-0'],
    ['What licences do the training photos have?', null, 'own-licences-liif-edsr-0'],
    ['Was it trained on copyrighted pictures?', mimo, 'own-licences-mimo-unet-realblur-0'],
    ['Whose weights are these?', liif, 'own-weights-liif-edsr'],
    ['What is the difference between Best and Fast?', liif, 'own-fast-liif-edsr'],
    ['How big can my picture be?', liif, 'page-size'],
    ['What is the maximum picture size?', mimo, 'page-size'],
    ['What is the largest image I can open?', null, 'page-size'],
    ['How many megapixels can it handle?', null, 'page-size'],
    ['Does it keep transparency?', liif, 'page-alpha'],
    ['Is transparency kept?', null, 'page-alpha'],
    ['Will it work on my phone?', liif, 'page-device'],
    ['Is it good for text?', liif, 'L18'],
    ['How well does it work?', liif, 'own-score-liif-edsr-0'],
    ['Does it work in Safari?', null, 'page-device'],
    ['Does it keep a transparent background?', liif, 'page-alpha'],
    ['Will my logo stay transparent?', null, 'page-alpha'],
    ['Does it keep the EXIF data?', liif, 'page-exif'],
    ['Is my location removed from the photo?', null, 'page-exif'],
    ['Which file formats can I open?', null, 'page-open'],
    ['Can it handle RAW files?', liif, 'page-open'],
    ['What format should I save in?', mimo, 'page-save'],
    ['Can I download it as WebP?', liif, 'page-save'],
    ['Can I process many pictures at once?', liif, 'page-many'],
    ['Is there a batch mode for photos?', null, 'page-many'],
    ['What does the slider do?', liif, 'page-compare'],
    ['Is this AI?', liif, 'page-marked'],
    ['What is the receptive field?', liif, 'E5'],
    ['Can I cite this?', liif, 'page-cite'],
  ])('before a run: %s', (question, recipe, id) => {
    expect(first(question, recipe, false)).toBe(id);
  });

  it.each<[string, Recipe, string]>([
    ['Why did the colours change?', liif, 'run-change'],
    ['Why did the colours change?', mimo, 'run-change'],
    ['Did it run on my graphics card?', liif, 'run-backend-0'],
    ['Why is it so slow?', liif, 'run-time'],
    ['Did it make up details?', liif, 'run-shrunk'],
    ['Are the faces real?', liif, 'run-shrunk'],
    ['What changed in my picture?', mimo, 'run-change'],
    ['What is a tile?', liif, 'run-tiles-0'],
    ['Is the licence plate readable?', liif, 'L18'],
    ['How does it know what the letters are?', liif, 'L18'],
    ['Explain this to me', liif, 'run-size-0'],
    ['How does MSSNet work?', liif, 'S1'],
    ['How much padding was added?', mimo, 'run-padding-0'],
    ['How long was it trained?', liif, 'own-effort-liif-edsr'],
  ])('after a run: %s', (question, recipe, id) => {
    expect(first(question, recipe, true)).toBe(id);
  });

  it('says after an estimate of time and backend only that nothing is measured yet', () => {
    for (const question of ['How long will it take?', 'Does it use my GPU?', 'How many tiles will it use?']) {
      expect(idsOf(ask(question, liif, null, { estimate: plan })), question).not.toContain('plan-none');
    }
    const { reply } = ask('What changed?', liif, null, { estimate: plan });
    const none = reply?.kind === 'answered' ? reply.statements.find(({ id }) => id === 'plan-none')?.text : '';
    expect(none).toContain('measured on the result');
    expect(none).not.toMatch(/time|tiles|backend/u);
  });

  it('leaves work without a connection out of a choice of model', () => {
    for (const recipe of [null, liif, mimo]) {
      expect(idsOf(ask('Which model should I use?', recipe))).not.toContain('page-offline');
    }
    expect(idsOf(ask('Does it work offline?', liif))).toContain('page-offline');
  });

  it('asks the weights’ own record whether noise was in the training', () => {
    const told = idsOf(ask('Was it trained with noise or JPEG compression?', liif));
    expect(told.slice(0, 3)).toEqual(['L11', 'own-training-liif-edsr', 'own-data-liif-edsr-0']);
    expect(told).toContain('own-data-liif-edsr-1');
  });

  it('keeps published figures and Limpid’s own apart wherever both stand', () => {
    const told = idsOf(ask('Is it better than bicubic?', liif));
    expect(told).toContain('E3');
    expect(told.join(' ')).toMatch(/own-score/u);
    expect(told).toContain('figures-sets');
  });

  it('says nothing of another tool', () => {
    expect(ask('Is it better than Real-ESRGAN?', liif).reply?.kind).toBe('declined');
    expect(ask('Is it better than Topaz Gigapixel?', liif).reply?.kind).toBe('declined');
  });

  it('names the estimate, or that this device was not measured yet', () => {
    const said = (seconds: number | null): string => {
      const { reply } = ask('How long will it take?', liif, null, { estimate: { ...plan, seconds } });
      return reply?.kind === 'answered' ? reply.statements[0].text : '';
    };
    expect(said(12.3)).toContain('about 10 s');
    expect(said(null)).toContain('has not measured this device');
  });

  it('after the change that was measured, says that no colour is taught to change', () => {
    const report = testReport([{ model: 'liif-edsr', scale: 2 }]);
    expect(idsOf(ask('Why did the colours change?', liif, report)).slice(0, 2)).toEqual(['run-change', 'L17']);
  });
});

describe('a model that a question names', () => {
  it('is given no settings that nobody has set', () => {
    const { reply } = ask('What size does LIIF give, in pixels?', only('liif-edsr', 3));
    const said = reply?.kind === 'answered' ? reply.statements : [];
    expect(said.filter(({ kind }) => kind === 'settings').map(({ text }) => text)).not.toContainEqual(
      expect.stringMatching(/LIIF-RDN|into 254 × 170/u),
    );
    expect(said.map(({ id }) => id)).toContain('plan-size-0');
  });

  it('is not told by the run of another', () => {
    const report = testReport([{ model: 'liif-edsr', scale: 2 }]);
    const told = idsOf(ask('Can I trust MSSNet, does it look fake?', only('liif-edsr', 2), report));
    expect(told).toContain('S22');
    expect(told.join(' ')).not.toMatch(/run-/u);
  });

  it('is described without Limpid’s training when an imported file is chosen', () => {
    const told = idsOf(ask('How was it trained?', only('liif-edsr', 2), null, { weights: [testFile('liif-edsr')] }));
    expect(told[0]).toBe('plan-weights-liif-edsr');
    expect(told.join(' ')).not.toMatch(/own-/u);
  });
});
