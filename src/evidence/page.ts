import { MODEL_IDS } from '../../contract/models.ts';
import { factor } from './format.ts';
import { inSource, project, state } from './types.ts';
import type { Evidence } from './types.ts';

/** General facts of Limpid that no manifest holds. */
export const PAGE_FACTS: readonly Evidence[] = [
  {
    statement: state({
      id: 'page-local',
      kind: 'project',
      text: 'The picture stays on this device: the page sends nothing to any other address.',
      citations: [project('content security policy of the page')],
    }),
    models: MODEL_IDS,
    about: 'private privacy upload cloud server device leave offline local send data safe',
  },
  {
    statement: state({
      id: 'page-offline',
      kind: 'project',
      text: 'After the first visit Limpid works without a connection, with every model that has run once.',
      citations: [project('service worker of the page, and its store of models')],
    }),
    models: MODEL_IDS,
    about: 'offline internet connection online upload server install download',
    byAboutAlone: true,
  },
  {
    statement: state({
      id: 'page-psnr',
      kind: 'project',
      text: 'PSNR, in dB, tells how close two pictures are, value by value: 6 dB more is half the difference; which of them looks better it does not tell.',
      citations: [project('how Limpid measures: training/limpid/metrics.py')],
    }),
    models: MODEL_IDS,
    about: 'psnr dB decibel measure score mean',
  },
  {
    statement: state({
      id: 'page-range',
      kind: 'project',
      text: `Limpid enlarges by any factor from ${factor(1)} to ${factor(8)}, in steps of 0.1.`,
      citations: [project('controls of the page, field “Scale”')],
    }),
    models: ['liif-edsr', 'liif-rdn'],
    about: 'scale factor maximum minimum range large step',
  },
  {
    statement: state({
      id: 'page-authors',
      kind: 'project',
      text: 'Whoever holds the authors’ file can run it here through “Use the authors’ weights…”; it is then named in this panel.',
      citations: [project('controls of the page, button “Use the authors’ weights…”')],
    }),
    models: MODEL_IDS,
    about: 'authors weights checkpoint file import own pth pkl download official original',
  },
  {
    statement: state({
      id: 'page-licence',
      kind: 'project',
      text: 'Limpid trained weights of its own, because two of the three repositories state no licence and their files lie where a page cannot fetch them.',
      citations: [
        project('choice of weights'),
        inSource('mimo-code', 'whole tree, no licence'),
        inSource('mssnet-code', 'whole tree, no licence'),
      ],
    }),
    models: MODEL_IDS,
    about: 'licence license weights authors why own commercial use allowed rights',
  },
  {
    statement: state({
      id: 'page-size',
      kind: 'project',
      text: 'Limpid opens pictures of up to 120 megapixels and 32,767 pixels a side, from files of up to 1 GB.',
      citations: [project('limits of the decoder: workers/picture/limits.ts')],
    }),
    models: MODEL_IDS,
    about: 'maximum picture megapixel file',
    byAboutAlone: true,
  },
  {
    statement: state({
      id: 'page-memory',
      kind: 'project',
      text: 'A result may have up to 134 megapixels where there is memory for it; Limpid reckons before a run what it needs, and says what would fit when it is too much.',
      citations: [project('check of the memory: workers/restoration/memory.ts')],
    }),
    models: MODEL_IDS,
    about: 'maximum megapixel memory',
    byAboutAlone: true,
  },
  {
    statement: state({
      id: 'page-alpha',
      kind: 'project',
      text: 'Transparency is kept: an enlarging model enlarges it with the picture, a deblurring model leaves it as it is.',
      citations: [project('handling of alpha: workers/restoration/pipelines.ts')],
    }),
    models: MODEL_IDS,
    about: 'transparency alpha',
    byAboutAlone: true,
  },
  {
    statement: state({
      id: 'page-alpha-files',
      kind: 'project',
      text: 'A saved PNG holds transparency exactly, WebP drops the colours under fully transparent pixels, and JPEG, which has no transparency, puts the picture on white.',
      citations: [project('how results are written: docs/pictures.md')],
    }),
    models: MODEL_IDS,
    about: 'transparency alpha save format',
    byAboutAlone: true,
  },
  {
    statement: state({
      id: 'page-device',
      kind: 'project',
      text: 'Limpid runs in the browser of whatever device opens it: on the GPU where the browser offers WebGPU, else on the CPU through WebAssembly.',
      citations: [project('choice of the backend: workers/restoration/backend.ts')],
    }),
    models: MODEL_IDS,
    about: 'phone device browser',
    byAboutAlone: true,
  },
  {
    statement: state({
      id: 'page-tried',
      kind: 'project',
      text: 'Limpid’s tests run in Chromium on a computer, some at the size of a phone’s screen; real phones and other browsers are not among them.',
      citations: [project('tests of the page: playwright.config.ts')],
    }),
    models: MODEL_IDS,
    about: 'phone device browser',
    byAboutAlone: true,
  },
];
