import { claims, own, passage, slot } from './types.ts';
import type { SeedAnswer } from './types.ts';

/** Enlarging by 2 with LIIF-EDSR: the one question whose model does what is asked. */
export const SEED_002: SeedAnswer = {
  task: [
    passage(
      null,
      own(
        '002-job',
        'paper',
        'You enlarged one small image by 2, which is single-image super-resolution, and the recommended model is made for exactly that.',
        ['liif-paper', '§3; Table 1'],
      ),
      claims('L1'),
      own('002-range', 'paper', 'A factor of 2 lies inside the range of 1 to 4 in which the authors trained it.', [
        'liif-paper',
        '§5.1',
      ]),
      claims('L10'),
    ),
    passage('Limits.', claims('L11')),
  ],
  workflow: [
    passage('Input.', claims('L16')),
    passage('Model.', claims('L2', 'E1', 'L4', 'L3', 'L6', 'L5')),
    passage(
      'Output.',
      own(
        '002-output',
        'code',
        'At 2× an input of H × W pixels becomes 2H × 2W, and each of these output pixels is asked for in this way.',
        ['liif-code', 'demo.py, lines 28–35'],
      ),
    ),
    passage(
      'What keeps edges and textures.',
      own(
        '002-edges',
        'reasoned',
        'Four parts work on edges and textures: the view of the neighbours, the exact position, the size of the pixel and the blending of four answers.',
        ['liif-paper', 'Eq. 1–4; Table 3'],
      ),
      claims('L7', 'E3', 'E4'),
      slot('own-figures'),
    ),
  ],
};
