import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../contract/run.ts';
import { TEST_MANIFESTS, testFile, testReport } from '../fixtures.ts';
import { ask, idsOf, only, saidBy } from './testing.ts';

const liif = only('liif-edsr', 2);
const mimo = only('mimo-unet-realblur');
const mssnet = only('mssnet-realblur-r');
const CHOICES: readonly (Recipe | null)[] = [null, liif, mimo, mssnet];
const ran = testReport([{ model: 'liif-edsr', scale: 2 }]);

/** What is answered whatever model is chosen. */
const everywhere = (question: string): readonly (readonly string[])[] =>
  CHOICES.map((recipe) => idsOf(ask(question, recipe)));

describe('rights in Limpid’s own work', () => {
  it.each([
    'What license are your weights under?',
    'What is the licence of Limpid’s weights?',
    'are your weights open source',
    'Can I use your weights commercially?',
    'is limpid open source',
  ])('%s: says that nothing is stated yet, and nothing of the authors’ licences', (question) => {
    for (const ids of everywhere(question)) {
      expect(ids[0]).toBe('page-rights');
      expect(ids).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?:L19|M21|S25|page-licence)$/u)]));
    }
  });

  it.each([
    'Can I sell prints of the result?',
    'Is selling the result allowed?',
    'May we publish the results?',
    'who owns the copyright of the result?',
  ])('%s: comes first', (question) => {
    for (const ids of everywhere(question)) expect(ids[0]).toBe('page-rights');
  });

  it('are told beside the authors’ where neither is meant more than the other', () => {
    expect(idsOf(ask('What is the licence of the code?', mssnet))).toEqual(['S25', 'page-rights']);
    expect(idsOf(ask('Is MSSNet open source?', mssnet))[0]).toBe('S25');
    expect(idsOf(ask('Is the licence plate readable?', liif))).not.toContain('page-rights');
  });

  it('are no answer to who sells pictures', () => {
    expect(idsOf(ask('Does it sell my photos?', liif))).toEqual(['page-local', 'page-kept', 'page-no-training']);
  });
});

describe('the PSNR of a result', () => {
  it.each(['what is the PSNR of my result', 'how much better is my picture now in dB', 'is 44.17 dB a good score?'])(
    '%s: cannot be known without the true picture, and no published figure stands beside that',
    (question) => {
      const { reply } = ask(question, liif, ran);
      const said = reply?.kind === 'answered' ? reply.statements : [];
      expect(said.map(({ id }) => id).slice(0, 2)).toEqual(['page-no-truth', 'run-shrunk']);
      expect(said.some(({ published }) => published)).toBe(false);
      expect(said.map(({ id }) => id)).not.toContain('page-rights');
      const deblurred = idsOf(ask(question, mimo, testReport([{ model: 'mimo-unet-realblur' }])));
      expect(deblurred.slice(0, 2)).toEqual(['page-no-truth', 'run-change']);
    },
  );

  it('is not what a question on the published sets asks for', () => {
    expect(idsOf(ask('What psnr score does it reach?', liif, ran))).not.toContain('page-no-truth');
  });

  it('stands apart from published figures where both are told', () => {
    const ids = idsOf(ask('Can I trust it at 6x?', liif, ran));
    expect(ids).toContain('run-shrunk');
    expect(ids.join(' ')).toContain('figures-authors');
    expect(ids).toContain('figures-sets');
  });
});

describe('who made it', () => {
  it.each(['Who made Limpid?', 'Who wrote Limpid?', 'author of Limpid', 'Who made you?', 'who made this picture'])(
    '%s: no source says, and the papers’ authors did not',
    (question) => {
      for (const recipe of CHOICES) expect(ask(question, recipe).reply?.kind).toBe('declined');
    },
  );

  it('is told of the weights, of a result and of a network', () => {
    expect(idsOf(ask('Who made these weights?', mimo))[0]).toBe('own-weights-mimo-unet-realblur');
    expect(idsOf(ask('Who trained it?', liif))[0]).toBe('own-weights-liif-edsr');
    expect(idsOf(ask('Who made this result?', liif, ran))).toEqual(['run-cite-liif-edsr']);
    expect(idsOf(ask('Who made the model that you use?', liif))[0]).toBe('written-liif-paper');
    expect(idsOf(ask('Who owns the result?', liif))[0]).toBe('page-rights');
  });
});

describe('the sets of pictures that a question names', () => {
  it.each(['How good is MSSNet RealBlur-R?', 'How good is MSSNet RealBlur-R here?'])(
    '%s: no figure of the set that the model is named after stands first',
    (question) => {
      for (const ids of everywhere(question)) expect(ids[0]).toBe('own-score-mssnet-realblur-r-0');
    },
  );

  it('are not named by the model of a result', () => {
    const question = 'What PSNR does my result with MSSNet RealBlur-R have?';
    for (const ids of everywhere(question)) {
      expect(ids[0]).toBe('page-no-truth');
      expect(ids).not.toContain('S16');
    }
    const after = ask(question, mssnet, testReport([{ model: 'mssnet-realblur-r' }]));
    expect(idsOf(after).slice(0, 2)).toEqual(['page-no-truth', 'run-change']);
    expect(idsOf(ask('How good is MSSNet RealBlur-R on RealBlur-R?', mssnet))[0]).toBe('S16');
  });

  it.each(['Was it trained on RealBlur?', 'has it seen the RealBlur data set'])('%s: no', (question) => {
    for (const recipe of [mimo, mssnet]) {
      const [first, second] = idsOf(ask(question, recipe));
      expect([first, second]).toEqual([`own-name-${recipe[0].model}`, 'page-sets']);
    }
    expect(saidBy(ask(question, mssnet))).toMatch(
      /^Limpid’s weights for MSSNet RealBlur-R have not seen the RealBlur data set/u,
    );
    expect(idsOf(ask(question, liif))[0]).toBe('page-sets');
  });

  it.each(['Did you train on GoPro?', 'Did you train on DIV2K?', 'Was it trained on Set5?'])('%s: no', (question) => {
    for (const ids of everywhere(question)) expect(ids[0]).toBe('page-sets');
  });

  it('are not among the pictures that are credited', () => {
    expect(readFileSync('training/CREDITS.tsv', 'utf8')).not.toMatch(/div2k|gopro|realblur|set5/iu);
  });

  it('are not denied of an imported file, or of the authors’ own', () => {
    const weights = [testFile('mssnet-realblur-r')];
    const imported = idsOf(ask('Was it trained on RealBlur?', mssnet, null, { weights }));
    expect(imported.join(' ')).not.toMatch(/own-|page-sets/u);
    expect(idsOf(ask('How were the authors’ weights trained?', mimo)).slice(0, 2)).toEqual(['M12', 'Q4a']);
  });

  it('explain the names of two models', () => {
    expect(idsOf(ask('What does RealBlur mean?', mimo))[0]).toBe('own-name-mimo-unet-realblur');
    expect(idsOf(ask('Why is it called RealBlur?'))).toContain('own-name-mssnet-realblur-r');
  });
});

describe('how it was measured', () => {
  it.each(['How did you measure the agreement? luma or RGB?', 'is the psnr on luma?'])('%s', (question) => {
    expect(idsOf(ask(question, liif))).toEqual(['page-agreement', 'own-score-liif-edsr-0', 'L21']);
    expect(idsOf(ask(question, mimo))).toEqual(['page-agreement', 'own-score-mimo-unet-realblur-0']);
    expect(saidBy(ask(question, liif))).toMatch(/over red, green and blue, not luma.*\n.*luma PSNR/u);
  });

  it.each([
    'Did you tune on the test set?',
    'are the scores cherry picked?',
    'only two test pairs?',
    'is there data leakage',
    'was the validation set seen in training',
  ])('%s: says what is held out', (question) => {
    for (const ids of everywhere(question)) expect(ids[0]).toBe('page-held-out');
    expect(idsOf(ask(question, mimo))).toEqual([
      'page-held-out',
      'own-score-mimo-unet-realblur-0',
      'own-score-few-mimo-unet-realblur',
    ]);
    const imported = ask(question, mimo, null, { weights: [testFile('mimo-unet-realblur')] });
    expect(idsOf(imported)).toEqual(['page-held-out']);
  });

  it.each(['Is there a gas leak?', 'What are good test images for printers?'])(
    'is not what is asked here: %s',
    (question) => {
      expect(ask(question, liif).reply?.kind).toBe('declined');
    },
  );
});

describe('to cite Limpid', () => {
  it('is to name version and weights, then the papers', () => {
    expect(idsOf(ask('how do i cite limpid', liif))).toEqual(['page-cite', 'own-sha-liif-edsr', 'written-liif-paper']);
    const after = ask('how do i cite limpid', liif, ran);
    expect(idsOf(after)).toEqual(['page-cite', 'run-cite-liif-edsr', 'written-liif-paper']);
    expect(saidBy(after)).toMatch(
      /no publication of its own.*\n.*Limpid 0\.1\.0, LIIF-EDSR, .*own weights \(SHA-256 ab12/u,
    );
    expect(idsOf(ask('how do i cite limpid'))).toContain('written-mssnet-paper');
  });

  it('is to name the file where one was loaded', () => {
    const chosen = ask('Can I cite this?', liif, null, { weights: [testFile('liif-edsr')] });
    expect(idsOf(chosen)).toEqual(['page-cite', 'plan-weights-liif-edsr', 'written-liif-paper']);
    const file = testReport([{ model: 'liif-edsr', scale: 2, weights: { owner: 'imported', name: 'a.pth' } }]);
    expect(saidBy(ask('Can I cite this?', liif, file))).toContain('LIIF-EDSR, with an imported file, a.pth');
  });

  it('for its scores is to say how few pictures they rest on', () => {
    const ids = idsOf(ask('Can I cite your PSNR values in my thesis?', mimo));
    expect(ids[0]).toBe('page-cite');
    expect(ids).toEqual(expect.arrayContaining(['own-score-mimo-unet-realblur-0', 'own-score-few-mimo-unet-realblur']));
    expect(idsOf(ask('How do I cite MIMO-UNet?', mimo))).not.toContain('page-cite');
  });
});

describe('how many of its networks are trained', () => {
  const remark = 'the first three of its six U-Nets are trained';
  const models = TEST_MANIFESTS.map((one) => ({ ...one, training: { ...one.training, remark } }));

  it.each([
    'does mssnet really use six networks here?',
    'How many U-Nets does it have, and are all trained?',
    'How many stages does it have?',
  ])('%s: is told with the weights’ own remark', (question) => {
    expect(idsOf(ask(question, mssnet, null, { models }))).toEqual(
      expect.arrayContaining(['S3', 'own-remark-mssnet-realblur-r']),
    );
    const imported = idsOf(ask(question, mssnet, null, { models, weights: [testFile('mssnet-realblur-r')] }));
    expect(imported).toContain('S3');
    expect(imported.join(' ')).not.toContain('own-remark');
  });
});
