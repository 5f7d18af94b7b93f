import { claims, own, passage, slot } from './types.ts';
import type { SeedAnswer } from './types.ts';

const SAME_SIZE = ['mssnet-code', 'model/MSSNet_eval.py, last line; model/MSSNet.py, line 291'] as const;

/** A diagram enlarged 2×, with a deblurring model recommended: it can explain crisp edges, not the doubling. */
export const SEED_000: SeedAnswer = {
  task: [
    passage(
      null,
      own(
        '000-job',
        'code',
        'You speak of a diagram enlarged 2×, which is super-resolution; the recommended model does the neighbouring job.',
        SAME_SIZE,
      ),
      claims('S1'),
      own(
        '000-doubling',
        'reasoned',
        'So it can help to explain crisp edges, but the doubling came from another step.',
        SAME_SIZE,
      ),
      slot('two-steps'),
    ),
    passage(
      'Limits.',
      claims('S14'),
      own(
        '000-diagram',
        'reasoned',
        'A clean diagram is neither a photograph nor shaken, so it lies outside what that recipe practises.',
        ['mssnet-code', 'datalist/datalist_gopro_train.txt'],
      ),
      own(
        '000-name',
        'reasoned',
        'RealBlurR in the model’s name points to weights for camera blur in photographs, not to drawings.',
        ['mssnet-code', 'README.md, pre-trained models'],
      ),
      claims('S12'),
    ),
  ],
  workflow: [
    passage('Input.', claims('S21', 'S20'), slot('padding')),
    passage('Model.', claims('S3', 'S6', 'S5', 'S7', 'S8', 'S10')),
    passage(
      'Output.',
      own('000-output', 'code', 'What comes out is one picture of the height and width that went in.', SAME_SIZE),
      own(
        '000-enlarge',
        'reasoned',
        'If 2× is wanted, a resize or an enlarging model has to stand before or after it.',
        SAME_SIZE,
      ),
    ),
    passage(
      'What helps edges.',
      claims('S2'),
      own(
        '000-edges',
        'reasoned',
        'For edges and fine detail these parts may be credited: several scales, a middle scale that keeps every pixel, features handed on instead of pictures, and a correction added to the input.',
        ['mssnet-code', 'model/MSSNet.py, lines 151–179, 199–231 and 256–291'],
      ),
      claims('S13'),
    ),
  ],
};
