/** Where a link leads, as its document names it. */
type LinkKind = 'Paper' | 'GitHub' | 'Project page';

export interface Link {
  readonly kind: LinkKind;
  /** Character for character as supplied with a question. */
  readonly url: string;
}

/** `report`: somebody other than the authors, quoted as such and without a link, because none was supplied. */
type SourceKind = 'paper' | 'code' | 'report';

export interface Source {
  readonly id: SourceId;
  readonly kind: SourceKind;
  readonly title: string;
  /** Empty where the supplied documents name none. */
  readonly authors: readonly string[];
  /** Null where nobody states it. */
  readonly year: number | null;
  readonly venue: string;
  readonly links: readonly Link[];
  /** How much of it was read for this panel. */
  readonly read: string;
}

export const SOURCE_IDS = [
  'liif-paper',
  'liif-code',
  'mimo-paper',
  'mimo-code',
  'mssnet-paper',
  'mssnet-code',
  'featsharp',
  'fit3d',
  'mask2alpha',
  'pu-ray',
  'em-consistency',
  'pouf',
  'cof',
  'segmentation-resolution',
  'elastic-detr',
  'mlwnet',
  'promptrestorer',
  'papers-with-code',
  'mindspore-port',
] as const;

export type SourceId = (typeof SOURCE_IDS)[number];

const SUMMARY = 'Only the summary supplied with the question was read.';

const paper = (url: string): Link => ({ kind: 'Paper', url });
const github = (url: string): Link => ({ kind: 'GitHub', url });

function related(id: SourceId, title: string, year: number, arxiv: string, links: readonly Link[]): Source {
  return { id, kind: 'paper', title, authors: [], year, venue: `arXiv ${arxiv}`, links, read: SUMMARY };
}

function report(id: SourceId, title: string, year: number | null, venue: string): Source {
  return {
    id,
    kind: 'report',
    title,
    authors: [],
    year,
    venue,
    links: [],
    read: 'Not by the authors of the model; quoted as a report.',
  };
}

const LIIF_AUTHORS = ['Yinbo Chen', 'Sifei Liu', 'Xiaolong Wang'];
const MIMO_AUTHORS = ['Sung-Jin Cho', 'Seo-Won Ji', 'Jun-Pyo Hong', 'Seung-Won Jung', 'Sung-Jea Ko'];
const MSSNET_AUTHORS = ['Kiyeon Kim', 'Seungyong Lee', 'Sunghyun Cho'];

const ALL: readonly Source[] = [
  {
    id: 'liif-paper',
    kind: 'paper',
    title: 'Learning Continuous Image Representation with Local Implicit Image Function',
    authors: LIIF_AUTHORS,
    year: 2021,
    venue: 'CVPR 2021, pp. 8628–8638',
    links: [paper('https://arxiv.org/pdf/2012.09161')],
    read: 'The whole text was read.',
  },
  {
    id: 'liif-code',
    kind: 'code',
    title: 'yinboc/liif',
    authors: LIIF_AUTHORS,
    year: 2021,
    venue: 'Official code, commit 4c833f8, BSD 3-Clause',
    links: [github('https://github.com/yinboc/liif')],
    read: 'The code was read and run at this commit.',
  },
  {
    id: 'mimo-paper',
    kind: 'paper',
    title: 'Rethinking Coarse-to-Fine Approach in Single Image Deblurring',
    authors: MIMO_AUTHORS,
    year: 2021,
    venue: 'ICCV 2021',
    links: [
      paper(
        'https://openaccess.thecvf.com/content/ICCV2021/papers/Cho_Rethinking_Coarse-To-Fine_Approach_in_Single_Image_Deblurring_ICCV_2021_paper.pdf',
      ),
    ],
    read: 'Only the abstract was read.',
  },
  {
    id: 'mimo-code',
    kind: 'code',
    title: 'chosj95/MIMO-UNet',
    authors: MIMO_AUTHORS,
    year: 2021,
    venue: 'Official code, commit 5c58013, no licence stated',
    links: [github('https://github.com/chosj95/MIMO-UNet')],
    read: 'The code was read and run at this commit.',
  },
  {
    id: 'mssnet-paper',
    kind: 'paper',
    title: 'MSSNet: Multi-Scale-Stage Network for Single Image Deblurring',
    authors: MSSNET_AUTHORS,
    year: 2022,
    venue: 'ECCV 2022 Workshops (AIM), pp. 524–539',
    links: [paper('https://cg.postech.ac.kr/Research/MSSNet/MSSNet.pdf')],
    read: 'Only the abstract was read.',
  },
  {
    id: 'mssnet-code',
    kind: 'code',
    title: 'kky7/MSSNet',
    authors: MSSNET_AUTHORS,
    year: 2022,
    venue: 'Official code, commit c5cc0c0, no licence stated',
    links: [github('https://github.com/kky7/MSSNet')],
    read: 'The code was read and run at this commit.',
  },
  related('featsharp', 'FeatSharp: Your Vision Model Features, Sharper', 2025, '2502.16025', [
    paper('http://arxiv.org/pdf/2502.16025v1.pdf'),
  ]),
  related('fit3d', 'Improving 2D Feature Representations by 3D-Aware Fine-Tuning', 2024, '2407.20229', [
    paper('http://arxiv.org/pdf/2407.20229v1.pdf'),
    { kind: 'Project page', url: 'https://ywyue.github.io/FiT3D' },
  ]),
  related(
    'mask2alpha',
    'Enhancing Image Matting in Real-World Scenes with Mask-Guided Iterative Refinement',
    2025,
    '2502.17093',
    [paper('http://arxiv.org/pdf/2502.17093v1.pdf')],
  ),
  related(
    'pu-ray',
    'PU-Ray: Domain-Independent Point Cloud Upsampling via Ray Marching on Neural Implicit Surface',
    2023,
    '2310.08755',
    [paper('http://arxiv.org/pdf/2310.08755v2.pdf'), github('https://github.com/sum1lim/PU-Ray')],
  ),
  related(
    'em-consistency',
    'Learning Multiscale Consistency for Self-supervised Electron Microscopy Instance Segmentation',
    2023,
    '2308.09917',
    [paper('http://arxiv.org/pdf/2308.09917v3.pdf')],
  ),
  related('pouf', 'POUF: Prompt-oriented unsupervised fine-tuning for large pre-trained models', 2023, '2305.00350', [
    paper('http://arxiv.org/pdf/2305.00350v1.pdf'),
    github('https://github.com/korawat-tanwisuth/pouf'),
  ]),
  related(
    'cof',
    'CoF: Coarse to Fine-Grained Image Understanding for Multi-modal Large Language Models',
    2024,
    '2412.16869',
    [paper('http://arxiv.org/pdf/2412.16869v1.pdf'), github('https://github.com/gavin001201/cof')],
  ),
  related('segmentation-resolution', 'On the Effect of Image Resolution on Semantic Segmentation', 2024, '2402.05398', [
    paper('http://arxiv.org/pdf/2402.05398v1.pdf'),
  ]),
  related(
    'elastic-detr',
    'Elastic-DETR: Making Image Resolution Learnable with Content-Specific Network Prediction',
    2024,
    '2412.06341',
    [paper('http://arxiv.org/pdf/2412.06341v1.pdf')],
  ),
  report('mlwnet', 'MLWNet (a later deblurring paper that quotes both networks)', 2024, 'Tables 1 and 3'),
  report('promptrestorer', 'PromptRestorer (a later restoration paper)', 2023, 'Table 2'),
  report('papers-with-code', 'PapersWithCode evaluation tables', null, 'a collection of published results'),
  report('mindspore-port', 'MindSpore port of MIMO-UNet', null, 'README, quoting the paper'),
];

/** Every source by its id. */
export const SOURCES: Readonly<Record<SourceId, Source>> = Object.fromEntries(
  ALL.map((source) => [source.id, source]),
) as Record<SourceId, Source>;
