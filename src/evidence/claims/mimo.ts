import type { Evidence } from '../types.ts';
import { claim, MIMO } from './claim.ts';

const REALBLUR = ['mimo-unet-realblur'] as const;
const PLUS = ['mimo-unet-plus'] as const;

/** MIMO-UNet in both sizes. Of the paper only the abstract was read; the rest is read in the official code. */
const SHARED: readonly Evidence[] = [
  claim('M1', MIMO, {
    kind: 'code',
    text: 'MIMO-UNet removes blur at the size the photo came in: the result has exactly as many pixels as the input, so it enlarges nothing.',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 163–166; eval.py, line 41']],
    about: 'enlarge upscale deblur size resolution same pixels work',
  }),
  claim('M2', MIMO, {
    kind: 'code',
    text: 'What MIMO-UNet learns is a correction that is added to the blurred input, so areas that need none can pass through.',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 151, 158 and 164; for “+” 252, 259 and 265']],
    about: 'residual correction deblur sharpen natural fake invent real trust edge detail work',
  }),
  claim('M3', MIMO, {
    kind: 'paper',
    text: 'Earlier coarse-to-fine methods stack several networks; MIMO-UNet imitates the stack with one encoder and one decoder at lower cost.',
    places: [
      ['mimo-paper', 'abstract'],
      ['mimo-code', 'README.md, line 18'],
    ],
    about: 'coarse to fine encoder decoder idea architecture cost explain work',
  }),
  claim('M4', MIMO, {
    kind: 'code',
    text: 'The encoder of MIMO-UNet looks at three sizes of the photo at once: full, half and quarter.',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 122–138; img/Architecture.jpg']],
    about: 'multi scale input encoder coarse fine size blur',
  }),
  claim('M5', MIMO, {
    kind: 'measured',
    text: 'MIMO-UNet makes its smaller copies of the photo by skipping pixels, not by averaging them.',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 122–123; checked on the code']],
    about: 'half quarter copy resize decimation scale input',
  }),
  claim('M6', MIMO, {
    kind: 'code',
    text: 'In MIMO-UNet each small copy of the photo first passes a short extractor of five convolutions (SCM).',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 44–58']],
    about: 'scm shallow convolution layers feature',
  }),
  claim('M7', MIMO, {
    kind: 'code',
    text: 'MIMO-UNet multiplies the features of each small copy with those that come down from the larger size, so that one decides what is stressed in the other (FAM).',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 61–69, 133 and 137']],
    about: 'fam attention multiply feature',
  }),
  claim('M8', MIMO, {
    kind: 'code',
    text: 'Two fusion blocks of MIMO-UNet mix the features of all three sizes before they reach the decoder (AFF).',
    places: [
      ['mimo-code', 'models/MIMOUNet.py, lines 31–41 and 140–146'],
      ['mimo-paper', 'abstract'],
    ],
    about: 'aff fusion feature decoder asymmetric',
  }),
  claim('M9', MIMO, {
    kind: 'code',
    text: 'The decoder of MIMO-UNet delivers three sharpened pictures, at quarter, half and full size; the small two serve the training, and only the last is kept.',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 148–166; train.py, lines 51–57; eval.py, line 41']],
    about: 'decoder output three outputs multi output',
  }),
  claim('M10', MIMO, {
    kind: 'code',
    text: 'The published training of MIMO-UNet compares colours and also the frequency content (Fourier transform) of the result and the sharp photo, the latter with weight 0.1.',
    places: [['mimo-code', 'train.py, lines 54–71']],
    about: 'loss train training fourier frequency edge sharp detail learn',
  }),
  claim('M11', MIMO, {
    kind: 'reported',
    published: true,
    text: 'MIMO-UNet’s frequency term is reported to raise the GoPro score of the small network from 31.46 to 31.73 dB.',
    places: [['mindspore-port', 'README, quoting the paper']],
    about: 'frequency loss ablation gopro score dB fourier',
  }),
  claim('M12', MIMO, {
    kind: 'code',
    text: 'The published recipe of MIMO-UNet learns from 2,103 blurred and sharp GoPro pairs of motion blur, in crops of 256 × 256.',
    places: [['mimo-code', 'README.md, lines 47–73; data/data_load.py, lines 15–20']],
    about: 'train training trained data gopro motion blur shake learn pairs limit',
  }),
  claim('M13', MIMO, {
    kind: 'code',
    published: true,
    text: 'The headline speeds of MIMO-UNet and MIMO-UNet+, 0.008 s and 0.017 s, were taken without waiting for the graphics card; the authors’ later measurement gives 0.130 s and 0.282 s on another card.',
    places: [['mimo-code', 'README.md, lines 109–145']],
    about: 'speed fast slow seconds runtime time long gpu',
  }),
  claim('M14', MIMO, {
    kind: 'reported',
    published: true,
    text: 'People who trained the small MIMO-UNet again report 31.36 to 31.60 dB where the authors state 31.73 dB.',
    places: [['mimo-code', 'issue 17, by users']],
    about: 'reproduce retrain score gopro dB trust',
  }),
  claim('M15', MIMO, {
    kind: 'code',
    text: 'No part of MIMO-UNet reads letters or knows words; it has no language part.',
    places: [['mimo-code', 'models/MIMOUNet.py, whole file; models/layers.py']],
    about: 'text letter logo read ocr recognise language word sign',
  }),
  claim('M16', MIMO, {
    kind: 'code',
    text: 'Nothing in the code or the abstract of MIMO-UNet brightens shadows, relights a scene or names noise removal as an aim.',
    places: [
      ['mimo-code', 'README.md, line 18; train.py, lines 51–71'],
      ['mimo-paper', 'abstract'],
    ],
    about: 'shadow dark dim bright light low noise denoise grain smooth exposure',
  }),
  claim('M17', MIMO, {
    kind: 'code',
    text: 'The training code of MIMO-UNet has no adversarial term.',
    places: [['mimo-code', 'train.py, lines 51–71']],
    about: 'loss training adversarial gan diffusion generative fake invent hallucinate trust',
  }),
  claim('M18', MIMO, {
    kind: 'reasoned',
    text: 'The published training of MIMO-UNet rewards nearness to the sharp photo in colour and frequency alone, by which inventing texture gains little; it can still be wrong where blur has destroyed the information.',
    places: [['mimo-code', 'models/MIMOUNet.py, line 164; train.py, lines 51–71']],
    about: 'fake invent hallucinate trust true real natural wrong accurate hidden detail recover evidence',
  }),
  claim('M19', MIMO, {
    kind: 'measured',
    text: 'Height and width must be multiples of four for MIMO-UNet, and the authors’ code does not pad.',
    places: [['mimo-code', 'models/MIMOUNet.py; every height from 64 to 96 tried']],
    about: 'padding pad multiple size',
  }),
  claim('M20', MIMO, {
    kind: 'code',
    text: 'Colours enter MIMO-UNet as RGB values from 0 to 1, and the result is clamped to the same range.',
    places: [['mimo-code', 'data/data_load.py, lines 73–76; eval.py, line 46']],
    about: 'input output colour range clamp prepare',
  }),
  claim('M21', MIMO, {
    kind: 'code',
    text: 'The MIMO-UNet repository states no licence, for the code or for the weights.',
    places: [['mimo-code', 'whole tree; issues 19 and 38 ask and have no answer']],
    about: 'licence license code weights rights commercial use',
  }),
  claim('M22', MIMO, {
    kind: 'reasoned',
    text: 'The pairs in MIMO-UNet’s recipe hold motion blur; whether pictures that are out of focus gain too, the sources do not say.',
    places: [['mimo-code', 'README.md, lines 47–73']],
    about: 'focus defocus lens blur kind motion limit soft',
  }),
  claim('M24', MIMO, {
    kind: 'code',
    text: 'The published recipe of MIMO-UNet takes 3,000 rounds in batches of four with Adam, at a learning rate of 0.0001 that is halved every 500 rounds.',
    places: [['mimo-code', 'main.py, lines 43–53; train.py, lines 14–20']],
    about: 'train optimizer optimiser adam learning rate step iteration epoch batch hyperparameter',
  }),
  claim('M23', MIMO, {
    kind: 'reasoned',
    text: 'Of the MIMO-UNet paper only the abstract was read here; which limits and failures its text names is therefore not known to this panel.',
    places: [['mimo-paper', 'abstract']],
    about: 'paper read limitation failure state author whole',
  }),
];

const SMALL: readonly Evidence[] = [
  claim('P1', REALBLUR, {
    network: 'mimo-unet',
    kind: 'code',
    text: 'The small MIMO-UNet has eight correction blocks at each of six stations, 48 in all, and 6.8 million numbers.',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 73–97; numbers counted on the code']],
    about: 'blocks parameters size architecture layers residual weights',
  }),
  claim('P2', REALBLUR, {
    network: 'mimo-unet',
    kind: 'code',
    published: true,
    text: 'For the small MIMO-UNet trained on GoPro the authors state 31.73 dB and SSIM 0.951.',
    places: [['mimo-code', 'README.md, lines 109–113']],
    about: 'score quality psnr ssim dB gopro good better',
  }),
  claim('P4', REALBLUR, {
    network: 'mimo-unet',
    kind: 'measured',
    text: 'In the small MIMO-UNet a pixel of the result can depend on pixels up to 241 away.',
    places: [['mimo-code', 'reach measured on the code']],
    about: 'receptive field reach context tile halo neighbour seam',
  }),
  claim('Q4', MIMO, {
    kind: 'code',
    text: 'The one file that the authors offer for RealBlur belongs to the larger “+” network, not to the small MIMO-UNet.',
    places: [['mimo-code', 'README.md, line 160']],
    about: 'realblur weights file checkpoint plus name real photo',
  }),
  claim('Q4a', MIMO, {
    kind: 'reported',
    text: 'An author says in the issue tracker that MIMO-UNet’s RealBlur file was trained on RealBlur-J and GoPro; an earlier remark there says RealBlur-R.',
    places: [['mimo-code', 'issues 10 and 4']],
    about: 'realblur weights file trained training data split',
  }),
  claim('Q5', MIMO, {
    kind: 'reported',
    published: true,
    text: 'MIMO-UNet+’s RealBlur-J score is reported as 31.92 dB with the dataset’s own test code, which aligns the pictures first; without that step a user measured 28.99 dB.',
    places: [
      ['mlwnet', 'Table 1'],
      ['mimo-code', 'issue 25, by a user'],
    ],
    about: 'realblur score psnr dB alignment real photo',
  }),
];

const LARGE: readonly Evidence[] = [
  claim('Q1', MIMO, {
    network: 'mimo-unet-plus',
    kind: 'code',
    text: 'MIMO-UNet+ has twenty correction blocks at each of six stations, 120 in all: 16.1 million numbers and 2.4 times the arithmetic of the small one.',
    places: [['mimo-code', 'models/MIMOUNet.py, lines 170–192; numbers counted on the code']],
    about: 'blocks parameters size architecture layers residual compare effort slow weights plus',
  }),
  claim('Q2', PLUS, {
    kind: 'code',
    published: true,
    text: 'For MIMO-UNet+ trained on GoPro the authors state 32.45 dB and SSIM 0.957, which is 0.72 dB above the small one.',
    places: [['mimo-code', 'README.md, lines 109–113']],
    about: 'score quality psnr ssim dB gopro compare good better plus',
  }),
  claim('Q7', PLUS, {
    network: 'mimo-unet-plus',
    kind: 'measured',
    text: 'In MIMO-UNet+ a pixel of the result can depend on pixels up to 577 away.',
    places: [['mimo-code', 'reach measured on the code']],
    about: 'receptive field reach context tile halo neighbour seam',
  }),
  claim('Q3', PLUS, {
    kind: 'code',
    published: true,
    text: '“MIMO-UNet++” is MIMO-UNet+ run on flipped or rotated copies and averaged (32.68 dB); Limpid does not do that.',
    places: [['mimo-code', 'README.md, lines 111 and 141']],
    about: 'ensemble plus score average flip',
  }),
  claim('Q8', MIMO, {
    kind: 'reported',
    published: true,
    text: 'No score of a MIMO-UNet+ trained for RealBlur-R is in the sources, which give RealBlur-J; trained on GoPro only, MIMO-UNet+ is reported at 35.54 dB and SSIM 0.947 on RealBlur-R.',
    places: [
      ['promptrestorer', 'Table 2'],
      ['mlwnet', 'Table 1'],
    ],
    about: 'realblur score psnr ssim dB unfamiliar',
  }),
  claim('Q6', PLUS, {
    kind: 'reported',
    published: true,
    text: 'Trained on GoPro only, MIMO-UNet+ is reported at 27.63 dB on RealBlur-J: what a network practised on matters a great deal.',
    places: [['promptrestorer', 'Table 2']],
    about: 'realblur score generalise real photo training data unfamiliar limit dB',
  }),
];

export const MIMO_CLAIMS: readonly Evidence[] = [...SHARED, ...SMALL, ...LARGE];
