import { claims, own, passage, slot } from './types.ts';
import type { SeedAnswer } from './types.ts';

/** Enlarging by 4 with LIIF-RDN: "hidden details" and "so accurately" promise more than the method does. */
export const SEED_004: SeedAnswer = {
  task: [
    passage(
      null,
      own(
        '004-job',
        'paper',
        'You enlarged an image by 4, which is super-resolution, and the recommended model does it with one network for all factors.',
        ['liif-paper', '§3; Table 1'],
      ),
      own(
        '004-predicted',
        'reasoned',
        'At 4× the result has sixteen pixels for every pixel of yours; the extra ones are predicted, not uncovered.',
        ['liif-paper', '§3, Eq. 1–2; §4'],
      ),
      claims('L10'),
    ),
    passage(
      'Limits.',
      own('004-edge', 'paper', 'A factor of 4 is the very edge of the range in which the authors trained it.', [
        'liif-paper',
        '§5.1',
      ]),
      claims('L12', 'L18'),
      own('004-accurate', 'reasoned', '“So accurately” is more than the sources support.', ['liif-paper', '§4; §5.2']),
    ),
  ],
  workflow: [
    passage('Input.', claims('L16')),
    passage('Model.', claims('L2', 'R1', 'L4', 'L3', 'L6', 'L5')),
    passage(
      'Output.',
      own(
        '004-output',
        'code',
        'At 4× an input of H × W pixels becomes 4H × 4W, and each of these output pixels is asked for in this way.',
        ['liif-code', 'demo.py, lines 28–35'],
      ),
      claims('R7'),
    ),
    passage('How much it gains.', claims('R3', 'R8', 'R4', 'R5'), slot('own-figures')),
  ],
};
