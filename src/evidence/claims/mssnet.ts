import type { Evidence } from '../types.ts';
import { claim, MSSNET } from './claim.ts';

/** MSSNet, the standard size (54/42/42). Of the paper only the abstract was read; the rest is read in the official code. */
export const MSSNET_CLAIMS: readonly Evidence[] = [
  claim('S1', MSSNET, {
    kind: 'code',
    text: 'MSSNet removes blur at the size the photo came in; it does not enlarge.',
    places: [['mssnet-code', 'model/MSSNet_eval.py, last line; model/MSSNet.py, line 291']],
    about: 'enlarge upscale deblur size resolution same pixels work',
  }),
  claim('S2', MSSNET, {
    kind: 'paper',
    text: 'MSSNet works from coarse to fine on three scales, re-using an old idea whose weaknesses the authors set out to repair.',
    places: [
      ['mssnet-paper', 'abstract'],
      ['mssnet-code', 'img/mssnet.jpg'],
    ],
    about: 'coarse to fine multi scale idea explain work edge',
  }),
  claim('S3', MSSNET, {
    kind: 'code',
    text: 'In MSSNet six small U-shaped networks run one after another: one at the coarsest scale, two at the middle one, three at full size.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 199–231; img/mssnet.jpg']],
    about: 'unet stage stages architecture layers network',
  }),
  claim('S4', MSSNET, {
    kind: 'reasoned',
    text: 'The abstract of MSSNet names a stage layout that follows the size of the blur; we read the steps of one, two and three networks as that, since the same blur covers more pixels at a finer scale.',
    places: [
      ['mssnet-paper', 'abstract'],
      ['mssnet-code', 'model/MSSNet.py, lines 199–231'],
    ],
    about: 'stage configuration blur size reason why',
  }),
  claim('S5', MSSNET, {
    kind: 'code',
    text: 'The middle scale of MSSNet throws no pixel away: each group of 2 × 2 pixels of the full photo becomes channels, which halves width and height.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 160–179 and 256']],
    about: 'pixel unshuffle shuffle channels edge edges detail fine preserve resolution',
  }),
  claim('S6', MSSNET, {
    kind: 'code',
    text: 'The coarsest scale of MSSNet starts from a half-size copy whose groups of 2 × 2 pixels become channels too, so it works on a quarter-size grid.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 239–246']],
    about: 'half copy quarter coarse scale resize',
  }),
  claim('S7', MSSNET, {
    kind: 'code',
    text: 'The scales of MSSNet hand over learned features, not finished pictures: those of the coarser scale are enlarged and merged with fresh ones of the next.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 151–157, 259–260 and 276–277']],
    about: 'feature propagation scale merge edge detail',
  }),
  claim('S8', MSSNET, {
    kind: 'code',
    text: 'In MSSNet each network after the first also receives encoder and decoder features of the one before it, at three depths.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 52–76, 123–138, 262–266 and 279–286']],
    about: 'feature cross stage fusion encoder decoder edge detail',
  }),
  claim('S9', MSSNET, {
    kind: 'code',
    text: 'Each of MSSNet’s six networks has three depth levels, 54, 96 and 138 channels wide, with two correction blocks on the way down and two on the way up.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 37–108 and 193; README.md, lines 70–74']],
    about: 'architecture channels blocks layers unet',
  }),
  claim('S10', MSSNET, {
    kind: 'code',
    text: 'The result of MSSNet is the input plus a learned correction.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 289–291; img/training.jpg']],
    about: 'residual correction deblur sharpen natural fake invent real trust edge detail work',
  }),
  claim('S11', MSSNET, {
    kind: 'code',
    text: 'In training all six networks of MSSNet must already give a sharp picture; in use only the last one does.',
    places: [['mssnet-code', 'train/trainer_dp.py, lines 91–98; model/MSSNet_eval.py']],
    about: 'training supervision stage output learn',
  }),
  claim('S12', MSSNET, {
    kind: 'code',
    text: 'MSSNet’s “pixel shuffle” sounds like enlarging, but here it only puts back pixels that an earlier step rearranged, and only in the pictures that serve the training.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 160–188, 256 and 269–270; model/MSSNet_eval.py']],
    about: 'pixel shuffle enlarge upscale super resolution rearrange',
  }),
  claim('S13', MSSNET, {
    kind: 'code',
    text: 'The published training signal of MSSNet is the colour difference plus 0.1 times the difference in frequency content; it has no adversarial term.',
    places: [['mssnet-code', 'train/trainer_dp.py, lines 96–98; train/loss_L1_fft.py']],
    about: 'loss training fourier frequency edge sharp adversarial gan diffusion fake invent learn',
  }),
  claim('S14', MSSNET, {
    kind: 'code',
    text: 'The recipe in the MSSNet repository learns from 2,103 GoPro photo pairs, in crops of 256 × 256, for 3,000 rounds.',
    places: [['mssnet-code', 'datalist/datalist_gopro_train.txt; run_dp.py, lines 16–22']],
    about: 'train training trained data gopro motion blur learn pairs limit',
  }),
  claim('S15', MSSNET, {
    kind: 'measured',
    text: 'MSSNet exists in three sizes, of 6.7, 15.6 and 28.2 million numbers in use; Limpid runs the middle one.',
    places: [['mssnet-code', 'README.md, lines 70–74; counted on the code']],
    about: 'parameters size small large model weights',
  }),
  claim('S16', MSSNET, {
    kind: 'reported',
    published: true,
    text: 'Trained for RealBlur-R, MSSNet is reported at 39.76 dB and SSIM 0.972; for RealBlur-J at 32.10 dB and 0.928.',
    places: [
      ['papers-with-code', 'RealBlur-R'],
      ['mlwnet', 'Table 1'],
    ],
    about: 'realblur score psnr ssim dB quality good better',
  }),
  claim('S17', MSSNET, {
    kind: 'reported',
    published: true,
    text: 'Trained on RealBlur-J and tried on RSBlur, another collection of real blur, MSSNet is reported at 29.86 dB.',
    places: [['mlwnet', 'Table 3']],
    about: 'generalise unfamiliar camera real photo score limit dB',
  }),
  claim('S18', MSSNET, {
    kind: 'measured',
    text: 'In MSSNet a pixel of the result can depend on pixels up to 687 away, so a photo cut into tiles is not treated exactly like a whole one.',
    places: [['mssnet-code', 'reach measured on the code']],
    about: 'receptive field reach context tile tiles halo seam neighbour',
  }),
  claim('S19', MSSNET, {
    kind: 'measured',
    text: 'The half-size copy in MSSNet is sampled in a way that depends on the width and height of the whole frame, so that it drifts from half a pixel on one side at one edge to half a pixel on the other side at the opposite edge.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 239–240; drift measured on the code']],
    about: 'half copy resize tile tiles drift sampling whole frame',
  }),
  claim('S20', MSSNET, {
    kind: 'measured',
    text: 'Height and width must be multiples of sixteen for MSSNet, and the authors’ code does not pad.',
    places: [['mssnet-code', 'model/MSSNet.py; every height from 64 to 128 tried']],
    about: 'padding pad multiple size',
  }),
  claim('S21', MSSNET, {
    kind: 'code',
    text: 'Colours enter MSSNet as RGB values from 0 to 1; the network does not clamp its result, the test code does.',
    places: [['mssnet-code', 'data/dataset_RGB.py, lines 153–157; test.py, lines 106–109']],
    about: 'input output colour range clamp prepare',
  }),
  claim('S22', MSSNET, {
    kind: 'reasoned',
    text: 'The published training of MSSNet rewards nearness to the sharp photo in colour and frequency alone, by which inventing texture gains little; it can still be wrong where blur has destroyed the information.',
    places: [['mssnet-code', 'model/MSSNet.py, lines 289–291; train/trainer_dp.py, lines 96–98']],
    about: 'fake invent hallucinate trust true real natural wrong accurate hidden detail recover evidence',
  }),
  claim('S23', MSSNET, {
    kind: 'code',
    text: 'No part of MSSNet reads letters or knows words; it has no language part.',
    places: [['mssnet-code', 'model/MSSNet.py, whole file']],
    about: 'text letter logo diagram read ocr recognise language word sign',
  }),
  claim('S24', MSSNET, {
    kind: 'code',
    text: 'Nothing in the code or the abstract of MSSNet brightens shadows, relights a scene or names noise removal as an aim.',
    places: [
      ['mssnet-code', 'train/trainer_dp.py, lines 91–98'],
      ['mssnet-paper', 'abstract'],
    ],
    about: 'shadow dark dim bright light low noise denoise grain smooth exposure',
  }),
  claim('S25', MSSNET, {
    kind: 'code',
    text: 'The MSSNet repository states no licence, for the code or for the weights.',
    places: [['mssnet-code', 'whole tree']],
    about: 'licence license code weights rights commercial use',
  }),
  claim('S26', MSSNET, {
    kind: 'reasoned',
    text: 'MSSNet’s recipe lists GoPro pairs; whether pictures that are out of focus gain too, the sources do not say.',
    places: [['mssnet-code', 'datalist/datalist_gopro_train.txt']],
    about: 'focus defocus lens blur kind motion limit soft',
  }),
  claim('S29', MSSNET, {
    kind: 'code',
    text: 'The published recipe of MSSNet takes batches of sixteen with Adam, at a learning rate that falls from 0.0002 to 0.000001 along a cosine.',
    places: [['mssnet-code', 'run_dp.py, lines 16–22 and 84–89']],
    about: 'train optimizer optimiser adam learning rate step iteration epoch batch hyperparameter',
  }),
  claim('S27', MSSNET, {
    kind: 'reasoned',
    text: 'Of the MSSNet paper only the abstract was read here; which limits and failures its text names is therefore not known to this panel.',
    places: [['mssnet-paper', 'abstract']],
    about: 'paper read limitation failure state author whole',
  }),
  claim('S28', MSSNET, {
    kind: 'reasoned',
    text: 'No score of MSSNet on GoPro could be verified, neither in its abstract nor in its repository, so none is told here.',
    places: [
      ['mssnet-paper', 'abstract'],
      ['mssnet-code', 'README.md'],
    ],
    about: 'gopro score psnr dB ssim',
  }),
];
