import type { Evidence } from '../types.ts';
import { claim, LIIF } from './claim.ts';

const EDSR = ['liif-edsr'] as const;
const RDN = ['liif-rdn'] as const;

/** LIIF with either encoder. Paper: tables and sections were read in the full text; code: at the commit in sources.ts. */
const SHARED: readonly Evidence[] = [
  claim('L1', LIIF, {
    kind: 'paper',
    text: 'LIIF treats a picture as something that can be asked for a colour at any position, so one network serves every magnification.',
    places: [['liif-paper', '§3, Eq. 1–2; Table 1, caption']],
    about: 'enlarge any arbitrary scale factor continuous one network resolution work explain implicit function',
  }),
  claim('L2', LIIF, {
    kind: 'paper',
    text: 'The first half of LIIF, the encoder, enlarges nothing: it keeps the grid of the input and attaches 64 learned numbers to each pixel.',
    places: [
      ['liif-paper', '§5.1, implementation details'],
      ['liif-code', 'models/edsr.py, lines 123–124; models/rdn.py, lines 76–77'],
    ],
    about: 'encoder feature features resolution size grid work',
  }),
  claim('L3', LIIF, {
    kind: 'paper',
    text: 'The second half of LIIF, a decoder of five layers, takes the nearby numbers and the exact offset of the wanted spot and answers with one colour.',
    places: [
      ['liif-paper', 'Eq. 1–2; §5.1'],
      ['liif-code', 'models/liif.py, lines 81–93; models/mlp.py, lines 9–18'],
    ],
    about: 'decoder mlp layer coordinate offset colour pixel position work',
  }),
  claim('L4', LIIF, {
    kind: 'paper',
    text: 'LIIF widens the description of each pixel to its eight neighbours, 576 numbers in all.',
    places: [
      ['liif-paper', 'Eq. 3'],
      ['liif-code', 'models/liif.py, lines 46–48'],
    ],
    about: 'feature unfolding neighbour neighbours edge sharp texture pattern detail',
  }),
  claim('L5', LIIF, {
    kind: 'paper',
    text: 'LIIF asks its decoder four times for each output pixel, from the four surrounding cells, and the answers are blended by area, so that colours do not jump where one cell hands over to the next.',
    places: [
      ['liif-paper', 'Eq. 4; Fig. 2'],
      ['liif-code', 'models/liif.py, lines 50–55 and 96–106'],
    ],
    about: 'local ensemble blend seam smooth jagged best fast quality decode edge artefact',
  }),
  claim('L6', LIIF, {
    kind: 'paper',
    text: 'LIIF’s decoder is told how large the output pixel is, so that it can answer for the area of the pixel and not only for its centre.',
    places: [
      ['liif-paper', '“Cell decoding”; Fig. 3'],
      ['liif-code', 'models/liif.py, lines 86–90'],
    ],
    about: 'cell decoding pixel size area scale sharp texture',
  }),
  claim('L7', LIIF, {
    kind: 'paper',
    published: true,
    text: 'At ×2 on DIV2K, leaving out one idea of LIIF at a time costs 0.14 dB (pixel size), 0.04 dB (blending), 0.03 dB (neighbours) and 0.02 dB (depth of the decoder).',
    places: [['liif-paper', 'Table 3, column ×2']],
    about: 'ablation edge sharp texture detail preserve idea cell decoding ensemble unfolding quality dB score',
  }),
  claim('L8', LIIF, {
    kind: 'paper',
    text: 'In the published training of LIIF, sharp photos are shrunk by a random factor between 1 and 4, and the network learns to give back the original colours.',
    places: [
      ['liif-paper', '§4; Fig. 4; §5.1'],
      ['liif-code', 'datasets/wrappers.py, lines 107–121'],
    ],
    about: 'train training trained learn learned range scale factor data',
  }),
  claim('L9', LIIF, {
    kind: 'paper',
    text: 'The published training signal of LIIF is the average absolute colour difference; it has no adversarial and no perceptual term.',
    places: [
      ['liif-paper', '§5.1'],
      ['liif-code', 'train_liif.py, lines 91 and 106–110'],
    ],
    about: 'loss training adversarial gan diffusion generative perceptual fake invent hallucinate trust',
  }),
  claim('L10', LIIF, {
    kind: 'reasoned',
    text: 'Many fine patterns shrink to the same small picture; LIIF gives a likely one, which is a prediction and not recovered evidence.',
    places: [
      ['liif-paper', '§4; §5.1'],
      ['liif-code', 'train_liif.py, lines 106–110'],
    ],
    about:
      'hidden detail accurate accuracy trust true real fake invent hallucinate predict recover evidence forensic text letter pattern',
  }),
  claim('L11', LIIF, {
    kind: 'paper',
    text: 'The published training of LIIF shrinks 800 DIV2K photos by clean bicubic resizing, so blur, noise and JPEG damage are not among the things it is taught to undo.',
    places: [
      ['liif-paper', '§5.1'],
      ['liif-code', 'datasets/wrappers.py, lines 82–85'],
    ],
    about: 'train training data noise jpeg compression artefact blur denoise grain bicubic limit',
  }),
  claim('L12', LIIF, {
    kind: 'paper',
    published: true,
    text: 'Above ×4 LIIF extrapolates: the published quality falls step by step, from 26.75 dB (EDSR) or 26.99 dB (RDN) at ×6 to 20.48 or 20.59 dB at ×30.',
    places: [['liif-paper', 'Table 1']],
    about: 'large scale factor beyond range extrapolate limit x6 x8 x12 x30 maximum dB score',
  }),
  claim('L13', LIIF, {
    kind: 'paper',
    text: 'The authors of LIIF warn that at very large factors a score says less, because many true pictures would fit the same input.',
    places: [['liif-paper', '§5.2; Table 3; Fig. 6']],
    about: 'large scale factor limit score psnr ambiguous extreme trust',
  }),
  claim('L14', LIIF, {
    kind: 'measured',
    text: 'In the authors’ code of LIIF the effort grows with the result: about 1.38 million multiplications for each output pixel, because each is decoded four times.',
    places: [['liif-code', 'models/liif.py, lines 67–68; counted on the code']],
    about: 'effort cost compute multiplications speed slow long time decoder arithmetic operations',
  }),
  claim('L15', LIIF, {
    kind: 'paper',
    text: 'The LIIF paper has no section on failures, on text or on noisy input; on these it is silent.',
    places: [['liif-paper', 'whole text; Conclusion']],
    about: 'failure fail limit limitation text letter noise noisy weakness problem wrong',
  }),
  claim('L16', LIIF, {
    kind: 'code',
    text: 'LIIF moves colours from 0 to 1 to the range from −1 to 1 on the way in and back on the way out, where they are clamped.',
    places: [['liif-code', 'demo.py, lines 24–35']],
    about: 'input output colour range normalise clamp prepare',
  }),
  claim('L20', LIIF, {
    kind: 'code',
    text: 'Without the blending of four answers LIIF answers each pixel once, from the nearest cell; Limpid calls this “Fast”.',
    places: [['liif-code', 'models/liif.py, lines 50–55']],
    about: 'fast nearest cell decode quality single best ensemble speed',
  }),
  claim('L19', LIIF, {
    kind: 'code',
    text: 'The LIIF code stands under the BSD 3-Clause licence; nothing separate is stated for the weights.',
    places: [['liif-code', 'LICENSE, lines 1–29']],
    about: 'licence license code weights rights commercial use',
  }),
  claim('L21', LIIF, {
    kind: 'code',
    text: 'The authors of LIIF measure PSNR on DIV2K over red, green and blue with a border of factor + 6 pixels left out, and on sets like Set5 over luma with a border of the factor.',
    places: [['liif-code', 'utils.py, lines 129–146']],
    about: 'psnr luma rgb protocol measure border score published compare',
  }),
  claim('L22', LIIF, {
    kind: 'paper',
    text: 'The LIIF paper gives PSNR alone, no SSIM, and figures for Set5, Set14, B100 and Urban100 only with the RDN encoder.',
    places: [['liif-paper', 'Tables 1–2']],
    about: 'ssim set5 set14 b100 urban100 score published',
  }),
  claim('L23', LIIF, {
    kind: 'code',
    text: 'The published training of LIIF takes a million steps of sixteen crops with Adam, at a learning rate of 0.0001 that is halved four times.',
    places: [
      ['liif-code', 'configs/train-div2k/train_edsr-baseline-liif.yaml; configs/train-div2k/train_rdn-liif.yaml'],
    ],
    about: 'train optimizer optimiser adam learning rate step iteration epoch batch hyperparameter',
  }),
  claim('L17', LIIF, {
    kind: 'reasoned',
    text: 'In the published training of LIIF input and target are the same photo at two sizes, so lighter shadows or another exposure are not something it learns to give.',
    places: [['liif-paper', '§4; Fig. 4']],
    about: 'shadow dark dim bright light exposure contrast colour relight',
  }),
  claim('L18', LIIF, {
    kind: 'reasoned',
    text: 'A clear letter can be the wrong letter; the LIIF paper has no test on text.',
    places: [['liif-paper', '§4; whole text']],
    about: 'text letter read accurate accuracy wrong trust ocr number sign word logo',
  }),
];

const WITH_EDSR: readonly Evidence[] = [
  claim('E1', EDSR, {
    kind: 'code',
    text: 'The EDSR encoder is sixteen small correction blocks, each of two 3 × 3 convolutions with a shortcut, 64 channels wide and without batch normalisation.',
    places: [['liif-code', 'models/edsr.py, lines 30–51, 109–121 and 168–181']],
    about: 'edsr encoder block layers residual convolution architecture',
  }),
  claim('E2', EDSR, {
    kind: 'measured',
    text: 'LIIF-EDSR holds 1.57 million numbers, 0.35 million of them in the decoder.',
    places: [['liif-code', 'counted on the code']],
    about: 'edsr parameters numbers count',
  }),
  claim('E3', EDSR, {
    kind: 'paper',
    published: true,
    text: 'At ×2 on the 100 DIV2K validation photos LIIF-EDSR scores 34.67 dB; bicubic resizing scores 31.01 dB.',
    places: [['liif-paper', 'Table 1']],
    about: 'edsr score quality psnr dB bicubic compare better good edge',
  }),
  claim('E4', EDSR, {
    kind: 'paper',
    published: true,
    text: 'At ×2 LIIF-EDSR stands 0.12 dB above the same encoder trained for ×2 alone (34.55 dB), so being flexible did not cost quality there.',
    places: [['liif-paper', 'Table 1']],
    about: 'edsr score flexible compare quality psnr dB',
  }),
  claim('E6', EDSR, {
    kind: 'paper',
    published: true,
    text: 'On DIV2K LIIF-EDSR scores 30.96 dB at ×3 and 29.00 dB at ×4; bicubic resizing scores 28.22 and 26.66 dB.',
    places: [['liif-paper', 'Table 1']],
    about: 'edsr score quality psnr dB bicubic x3 x4 div2k',
  }),
  claim('E5', EDSR, {
    kind: 'measured',
    text: 'With the EDSR encoder one output pixel is influenced by at most 36 input pixels in each direction; nothing farther away can help.',
    places: [['liif-code', 'reach measured on the code']],
    about: 'edsr receptive field reach context tile halo neighbour',
  }),
];

const WITH_RDN: readonly Evidence[] = [
  claim('R1', RDN, {
    kind: 'code',
    text: 'The RDN encoder has sixteen dense blocks of eight convolutions; inside a block each convolution sees all earlier results, and all sixteen outputs are merged at the end.',
    places: [['liif-code', 'models/rdn.py, lines 13–43, 54–74 and 98–108']],
    about: 'rdn encoder dense block layers architecture convolution',
  }),
  claim('R2', RDN, {
    kind: 'measured',
    text: 'LIIF-RDN holds 22.3 million numbers, and its encoder does 18 times the work of the EDSR one.',
    places: [['liif-code', 'counted on the code']],
    about: 'rdn parameters size slow effort cost compare edsr heavy speed weights',
  }),
  claim('R3', RDN, {
    kind: 'paper',
    published: true,
    text: 'At ×4 on DIV2K LIIF-RDN scores 29.27 dB; bicubic resizing scores 26.66 dB and the EDSR variant 29.00 dB.',
    places: [['liif-paper', 'Table 1']],
    about: 'rdn score quality psnr dB bicubic compare edsr better good',
  }),
  claim('R4', RDN, {
    kind: 'paper',
    published: true,
    text: 'At ×4 LIIF-RDN slightly passes RDN trained for ×4 alone on B100 (27.74 against 27.72 dB) and Urban100 (26.68 against 26.61 dB) and slightly trails it on Set14 (28.80 against 28.81 dB).',
    places: [['liif-paper', 'Table 2']],
    about: 'rdn score pattern urban100 compare psnr dB',
  }),
  claim('R5', RDN, {
    kind: 'paper',
    published: true,
    text: 'LIIF-RDN is not always ahead: on DIV2K at ×2 and ×3 it stands 0.01 dB below its rival MetaSR; the clear gain lies outside the trained range (×6: 26.99 against 26.88 dB).',
    places: [['liif-paper', 'Table 1']],
    about: 'rdn compare rival metasr score always better psnr dB',
  }),
  claim('R6', RDN, {
    kind: 'measured',
    text: 'With the RDN encoder one output pixel is influenced by at most 133 input pixels in each direction.',
    places: [['liif-code', 'reach measured on the code']],
    about: 'rdn receptive field reach context tile halo neighbour',
  }),
  claim('R7', RDN, {
    kind: 'measured',
    text: 'At ×4 the authors’ code of LIIF-RDN does about 44 tera-multiplications for each million input pixels.',
    places: [['liif-code', 'counted on the code']],
    about: 'rdn effort cost compute multiplications heavy slow long arithmetic operations',
  }),
  claim('R8', RDN, {
    kind: 'reasoned',
    published: true,
    text: 'By the published figures LIIF-RDN gains 0.27 dB at ×4 over the EDSR variant, for 18 times the work in the encoder.',
    places: [
      ['liif-paper', 'Table 1'],
      ['liif-code', 'counted on the code'],
    ],
    about: 'rdn edsr compare difference worth effort score dB',
  }),
];

export const LIIF_CLAIMS: readonly Evidence[] = [...SHARED, ...WITH_EDSR, ...WITH_RDN];
