import type { SeedId } from './questions.ts';

const FEATSHARP = 'http://arxiv.org/pdf/2502.16025v1.pdf';
const MIMO = [
  'https://openaccess.thecvf.com/content/ICCV2021/papers/Cho_Rethinking_Coarse-To-Fine_Approach_in_Single_Image_Deblurring_ICCV_2021_paper.pdf',
  'https://github.com/chosj95/MIMO-UNet',
];
const LIIF = ['https://arxiv.org/pdf/2012.09161', 'https://github.com/yinboc/liif'];

/**
 * The links of the five documents, typed from them a second time, so that a slip in sources.ts is seen. For tests only.
 */
export const SUPPLIED_LINKS: Readonly<Record<SeedId, readonly string[]>> = {
  '000': [
    'https://cg.postech.ac.kr/Research/MSSNet/MSSNet.pdf',
    'https://github.com/kky7/MSSNet',
    FEATSHARP,
    'http://arxiv.org/pdf/2407.20229v1.pdf',
    'https://ywyue.github.io/FiT3D',
  ],
  '001': [
    ...MIMO,
    FEATSHARP,
    'http://arxiv.org/pdf/2502.17093v1.pdf',
    'http://arxiv.org/pdf/2310.08755v2.pdf',
    'https://github.com/sum1lim/PU-Ray',
  ],
  '002': [...LIIF, FEATSHARP, 'http://arxiv.org/pdf/2502.17093v1.pdf', 'http://arxiv.org/pdf/2308.09917v3.pdf'],
  '003': [
    ...MIMO,
    FEATSHARP,
    'http://arxiv.org/pdf/2305.00350v1.pdf',
    'https://github.com/korawat-tanwisuth/pouf',
    'http://arxiv.org/pdf/2412.16869v1.pdf',
    'https://github.com/gavin001201/cof',
  ],
  '004': [...LIIF, 'http://arxiv.org/pdf/2402.05398v1.pdf', FEATSHARP, 'http://arxiv.org/pdf/2412.06341v1.pdf'],
};
