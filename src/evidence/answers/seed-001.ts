import { claims, own, passage, slot } from './types.ts';
import type { SeedAnswer } from './types.ts';

/** Shadows, dim corners, enlarging and "not fake", with a deblurring model: three of four premises are not its work. */
export const SEED_001: SeedAnswer = {
  task: [
    passage(
      null,
      own(
        '001-job',
        'code',
        'You name harsh shadows, dim corners, an enlarged picture and a smooth result that does not look fake; the recommended model removes blur from photographs, and that is all.',
        ['mimo-code', 'README.md, line 18; models/MIMOUNet.py, lines 163–166'],
      ),
      claims('M1', 'M16'),
      own(
        '001-silent',
        'reasoned',
        'If dim corners became lighter or noise became less, the supplied sources do not say how: those would be other steps.',
        ['mimo-code', 'README.md, line 18; train.py, lines 51–71'],
        ['mimo-paper', 'abstract'],
      ),
      slot('two-steps'),
    ),
    passage('On looking fake.', claims('M2', 'M10', 'M17', 'M18')),
    passage('The name.', claims('Q4'), slot('network')),
  ],
  workflow: [
    passage('Input.', claims('M20', 'M19'), slot('padding')),
    passage('Model.', claims('M4', 'M5', 'M6', 'M7', 'M8')),
    passage(
      'Output.',
      claims('M9'),
      own('001-output', 'code', 'The photo leaves with the height and width with which it came.', [
        'mimo-code',
        'models/MIMOUNet.py, lines 163–166; eval.py, line 41',
      ]),
    ),
  ],
};
