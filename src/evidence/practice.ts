import { fact } from './fact.ts';
import { decibels } from './format.ts';
import { project } from './types.ts';
import type { Evidence } from './types.ts';

/** Scores that lie less than this apart, in dB, do not rank two models: they rest on a handful of pictures. */
export const CLOSE_DB = 0.2;

/** How Limpid measures, what it trains on, and how to cite it. */
export const PRACTICE: readonly Evidence[] = [
  fact({
    id: 'page-no-training',
    text: 'Nothing learns from your pictures: the page only runs networks, and the program that trains them is no part of it.',
    citations: [project('training/README.md, “Training and export”')],
    about: 'upload private',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-no-truth',
    text: 'How near a result is to the truth cannot be told here: a PSNR of that would need the true picture, and the page has only the one that you opened.',
    citations: [project('what is measured on a result: workers/picture/measure.ts')],
    about: 'truth',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-agreement',
    text: 'The agreement that a run tells is PSNR over red, green and blue, not luma, of all pixels that are not fully transparent, no border left out: the result is shrunk back bicubically and compared with your picture.',
    citations: [project('what is measured on a result: workers/picture/measure.ts')],
    about: 'luma rgb agreement',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-close',
    text: `Limpid takes gains less than ${decibels(CLOSE_DB)} apart as equal: over as few pictures as it measures, such a difference cannot tell two models apart.`,
    citations: [project('ranking of the models: src/evidence/ask/best.ts')],
    about: 'significant',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-held-out',
    text: 'Limpid’s weights were trained neither on Set5, nor on the real blurred pairs, nor on the held-out pictures; all were looked at while shares were chosen, such as those of blended weights, so their scores flatter a little.',
    citations: [project('training/README.md, “What is held out”')],
    about: 'held leak overfit validation',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-sets',
    text: 'Limpid’s own weights learned from drawn pages and from the pictures that training/CREDITS.tsv names one by one; DIV2K, GoPro, RealBlur and Set5 are not among them.',
    citations: [project('training/CREDITS.tsv'), project('training/README.md, “Set-up”')],
    about: 'credits',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-cite',
    text: 'Limpid has no publication of its own: name it with its version, the model and its weights by their SHA-256, all of which a saved PNG, WebP or JPEG holds in its XMP data, and then the papers.',
    citations: [project('docs/pictures.md, “Out”')],
    about: 'bibtex',
    byAboutAlone: true,
  }),
];
