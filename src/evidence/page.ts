import { fact } from './fact.ts';
import { factor } from './format.ts';
import { PRACTICE } from './practice.ts';
import { inSource, project } from './types.ts';
import type { Evidence } from './types.ts';

/** General facts of Limpid that no manifest holds. */
export const PAGE_FACTS: readonly Evidence[] = [
  ...PRACTICE,
  fact({
    id: 'page-local',
    text: 'The picture stays on this device: the page sends nothing to any other address.',
    citations: [project('content security policy of the page')],
    about: 'private privacy upload cloud server device leave offline local send data safe',
  }),
  fact({
    id: 'page-kept',
    text: 'This browser keeps Limpid’s own files, the models that were fetched, weights that you load, the speed that was measured and choices such as the file format; a picture or a result stays no longer than the page, unless you save it.',
    citations: [
      project('what is kept of models: workers/models/files.ts'),
      project('what is kept of imported weights: workers/checkpoint/storage/opfs.ts'),
      project('ARCHITECTURE.md, “Offline”'),
    ],
    about: 'delete cookie store keep',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-offline',
    text: 'After the first visit Limpid works without a connection, with every model that has run once.',
    citations: [project('service worker of the page, and its store of models')],
    about: 'offline internet connection online upload server install download',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-psnr',
    text: 'PSNR, in dB, tells how close two pictures are, value by value: 6 dB more means half the difference; it does not tell which of them looks better.',
    citations: [project('how Limpid measures: training/limpid/metrics.py')],
    about: 'psnr dB decibel measure score mean',
  }),
  fact({
    id: 'page-range',
    text: `Limpid enlarges by any factor from ${factor(1)} to ${factor(8)}, in steps of 0.1.`,
    citations: [project('controls of the page, field “Scale”')],
    about: 'scale factor maximum minimum range large step',
    models: ['liif-edsr', 'liif-rdn'],
  }),
  fact({
    id: 'page-authors',
    text: 'Whoever holds the authors’ file can run it here through “Use the authors’ weights…”; it is then named in this panel.',
    citations: [project('controls of the page, button “Use the authors’ weights…”')],
    about: 'authors weights checkpoint file import own pth pkl download official original',
  }),
  fact({
    id: 'page-licence',
    text: 'Limpid trained weights of its own, because two of the three repositories state no licence and their files lie where a page cannot fetch them.',
    citations: [
      project('choice of weights'),
      inSource('mimo-code', 'whole tree, no licence'),
      inSource('mssnet-code', 'whole tree, no licence'),
    ],
    about: 'licence license weights authors why own commercial use allowed rights',
  }),
  fact({
    id: 'page-rights',
    text: 'Limpid’s own code and weights carry no licence statement yet, and the panel cannot tell you what you may do with a result.',
    citations: [project('the repository, which has no licence file')],
    about: 'licence sell',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-size',
    text: 'Limpid opens pictures of up to 120 megapixels and 32,767 pixels a side, from files of up to 1 GB.',
    citations: [project('limits of the decoder: workers/picture/limits.ts')],
    about: 'maximum megapixel',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-memory',
    text: 'A result may have up to 134 megapixels where there is memory for it; Limpid reckons before a run what it needs, and says what would fit when it is too much.',
    citations: [project('check of the memory: workers/restoration/memory.ts')],
    about: 'maximum megapixel memory',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-alpha',
    text: 'Transparency is kept: an enlarging model enlarges it with the picture, a deblurring model leaves it as it is.',
    citations: [project('handling of alpha: workers/restoration/pipelines.ts')],
    about: 'transparency alpha',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-alpha-files',
    text: 'A saved PNG holds transparency exactly, WebP drops the colours under fully transparent pixels, and JPEG, which has no transparency, puts the picture on white.',
    citations: [project('how results are written: docs/pictures.md, “Out”')],
    about: 'transparency alpha save format',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-device',
    text: 'Limpid runs in the browser of whatever device opens it: on the GPU where the browser offers WebGPU, else on the CPU through WebAssembly (WASM).',
    citations: [project('choice of the backend: workers/restoration/backend.ts')],
    about: 'phone device browser',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-tried',
    text: 'Limpid’s tests run in Chromium on a computer, some at the size of a phone’s screen; real phones and other browsers are not among them.',
    citations: [project('tests of the page: playwright.config.ts')],
    about: 'phone device browser',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-open',
    text: 'Limpid opens PNG, JPEG, WebP, AVIF, HEIC, TIFF, GIF (its first frame), BMP and SVG; what a camera calls raw is not among them.',
    citations: [project('kinds that are read: docs/pictures.md, “In”')],
    about: 'open read file format kind heic tiff raw',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-save',
    text: 'A result is saved as PNG, which keeps every value exactly, or as WebP or JPEG, which are smaller and do not; AVIF is offered where the browser can write it.',
    citations: [project('kinds that are written: docs/pictures.md, “Out”')],
    about: 'save write file format kind png webp jpeg avif',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-quality',
    text: 'WebP, JPEG and AVIF are written at quality 92 of 100 until you change “Compression quality”; format and quality are remembered in this browser.',
    citations: [project('controls of the page, “Compression quality”')],
    about: 'compression jpeg webp save',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-copy',
    text: 'A result can be copied as a PNG of 8 bits, and shared with other programs where the browser allows it.',
    citations: [project('controls of the page, “Copy picture” and “Share picture”')],
    about: 'copy clipboard share',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-exif',
    text: 'EXIF goes along into the saved file, AVIF excepted, with the new size and without its small preview; the place where the photo was taken is overwritten unless you ask to keep it.',
    citations: [project('how EXIF is written: docs/pictures.md, “Out”')],
    about: 'exif metadata location gps camera',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-marked',
    text: 'A saved PNG, WebP or JPEG says in its XMP data which model and weights made it, and calls itself “algorithmically enhanced”, a term of IPTC’s for such pictures; AVIF carries no such note.',
    citations: [
      project('what is written into a file: workers/picture/provenance.ts'),
      project('docs/pictures.md, “Out”'),
    ],
    about: 'xmp iptc provenance mark',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-many',
    text: 'With several pictures open, “All pictures” beside Restore runs them one after the other; from the command line npm run restore takes as many files as it is given.',
    citations: [project('controls of the page, beside Restore'), project('README.md, “Command line”')],
    about: 'several folder batch',
    byAboutAlone: true,
  }),
  fact({
    id: 'page-compare',
    text: 'The slider “Before and after” moves the line between your picture and the result; zoom and pan are the same for both.',
    citations: [project('controls of the page, slider “Before and after”')],
    about: 'slider',
    byAboutAlone: true,
  }),
];
