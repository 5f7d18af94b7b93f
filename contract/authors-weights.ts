import type { NetworkId } from './manifest.ts';
import type { ModelId } from './models.ts';

/**
 * Where the authors publish their weights, for the page's section "Use the authors' weights…" and for docs/authors-weights.md, which a
 * test compares with this list. Limpid never fetches these links: the person does, and drops the file on the page.
 */
export interface AuthorsWeights {
  /** Model that the file serves. */
  readonly model: ModelId;
  readonly network: NetworkId;
  /** What the authors call these weights. */
  readonly title: string;
  /** File name as published, null where the authors name none. */
  readonly file: string | null;
  /** Code repository with the authors' own list of downloads. */
  readonly repository: string;
  readonly links: readonly AuthorsLink[];
  /** What the authors state about the weights' licence, in one sentence. */
  readonly licence: string;
  /** What a person should know before downloading, in one sentence. */
  readonly note?: string;
  /** Of the file, lowercase hex, where a public record of it exists (Git LFS pointers of a third party's copy). */
  readonly sha256?: string;
  readonly bytes?: number;
}

export interface AuthorsLink {
  readonly label: string;
  readonly url: string;
}

const LIIF = {
  repository: 'https://github.com/yinboc/liif',
  licence: 'The code is under the BSD 3-Clause licence; nothing separate is said about the weights.',
} as const;

const MIMO = {
  repository: 'https://github.com/chosj95/MIMO-UNet',
  licence: 'No licence is stated, neither for the code nor for the weights, so all rights stay with the authors.',
} as const;

const MSSNET = {
  repository: 'https://github.com/kky7/MSSNet',
  licence: 'No licence is stated, neither for the code nor for the weights, so all rights stay with the authors.',
} as const;

const drive = (id: string): AuthorsLink => ({
  label: 'Google Drive',
  url: `https://drive.google.com/file/d/${id}/view?usp=sharing`,
});

export const AUTHORS_WEIGHTS: readonly AuthorsWeights[] = [
  {
    ...LIIF,
    model: 'liif-edsr',
    network: 'liif-edsr',
    title: 'LIIF with EDSR-baseline',
    file: 'edsr-baseline-liif.pth',
    links: [
      { label: 'Dropbox', url: 'https://www.dropbox.com/s/6f402wcn4v83w2v/edsr-baseline-liif.pth?dl=0' },
      drive('1wBHSrgPLOHL_QVhPAIAcDC30KSJLf67x'),
    ],
    sha256: '1cf77e16f33ee17bd04049f497eaea1e06f25585dbb1919e4c7cd1d9d4d23d57',
    bytes: 18_890_445,
  },
  {
    ...LIIF,
    model: 'liif-rdn',
    network: 'liif-rdn',
    title: 'LIIF with RDN',
    file: 'rdn-liif.pth',
    links: [
      { label: 'Dropbox', url: 'https://www.dropbox.com/s/mzha6ll9kb9bwy0/rdn-liif.pth?dl=0' },
      drive('1xaAx6lBVVw_PJ3YVp02h3k4HuOAXcUkt'),
    ],
    note: 'Two thirds of this file are the optimiser state of its training, which Limpid passes over.',
    sha256: '7bf835bc969b85ead12ef3bd8e4bca7349777ae1fdbea6021f1b62608f4a323a',
    bytes: 268_184_311,
  },
  {
    ...MIMO,
    model: 'mimo-unet-realblur',
    network: 'mimo-unet-plus',
    title: 'MIMO-UNet+ trained with RealBlur-J',
    file: null,
    links: [drive('1N3n-ozw1twt96ohX4tjsSAIcHrlNwHZ7')],
    note: 'The authors publish RealBlur weights in the + size only; keep "RealBlur" in the file\'s name, for the tensors do not tell what they were trained on.',
  },
  {
    ...MIMO,
    model: 'mimo-unet-realblur',
    network: 'mimo-unet',
    title: 'MIMO-UNet trained on GoPro',
    file: 'MIMO-UNet.pkl',
    links: [drive('1EQJoQj3YMLFfzrbgzWMD3Xj96RqLdIlx')],
    note: 'This is the small network of MIMO-UNet RealBlur, but its authors trained these weights on GoPro.',
  },
  {
    ...MIMO,
    model: 'mimo-unet-plus',
    network: 'mimo-unet-plus',
    title: 'MIMO-UNet+ trained on GoPro',
    file: 'MIMO-UNetPlus.pkl',
    links: [drive('166sufeHcdDTgXHNbCRzTC4T6DzuflB5m')],
  },
  {
    ...MSSNET,
    model: 'mssnet-realblur-r',
    network: 'mssnet',
    title: 'MSSNet trained on RealBlur',
    file: null,
    links: [drive('1sXFzGosChS-nBd5k4zxVxTAm68sfCY_o')],
    note: 'The authors do not say whether this link holds RealBlur-J, RealBlur-R or both, nor in which size; Limpid runs the middle size (54/42/42).',
  },
  {
    ...MSSNET,
    model: 'mssnet-realblur-r',
    network: 'mssnet',
    title: 'MSSNet trained on GoPro',
    file: null,
    links: [drive('1DFYjlW6uCGIoND2fqE03_ZzSl3Kt73Ul')],
    note: 'The training script names its last checkpoint model_03000E.pt; Limpid runs the middle size (54/42/42).',
  },
];
