import { claims, own, passage, slot } from './types.ts';
import type { SeedAnswer } from './types.ts';

const SAME_SIZE = ['mimo-code', 'models/MIMOUNet.py, lines 163–166; eval.py, line 41'] as const;

/** A blurry logo enlarged 2×, with a deblurring model: two jobs are mixed, and the model does one of them. */
export const SEED_003: SeedAnswer = {
  task: [
    passage(
      null,
      own(
        '003-job',
        'code',
        'Two jobs are mixed here: removing blur, which the recommended model does, and enlarging, which it does not.',
        SAME_SIZE,
      ),
      claims('M1'),
      slot('two-steps'),
      own(
        '003-order',
        'reasoned',
        'Removing blur before enlarging is a choice of workflow; no supplied source prescribes the order.',
        SAME_SIZE,
        ['mimo-paper', 'abstract'],
      ),
    ),
    passage(
      'Limits.',
      claims('M12'),
      own(
        '003-outside',
        'reasoned',
        'Logos, text and the softness of a small file lie outside that; whether it helps them, the supplied sources do not say.',
        ['mimo-code', 'README.md, lines 47–73'],
      ),
      claims('M15'),
    ),
  ],
  workflow: [
    passage('Input.', claims('M20', 'M19'), slot('padding')),
    passage('Model.', claims('M4', 'M6', 'M7', 'Q1', 'M8', 'M2')),
    passage(
      'Output.',
      claims('M9'),
      own(
        '003-enlarge',
        'reasoned',
        'The size is still that of the input; enlarging, if wanted, is a separate step.',
        SAME_SIZE,
      ),
    ),
    passage('What makes it sharper.', claims('M3', 'M10', 'Q2'), slot('own-figures')),
  ],
};
