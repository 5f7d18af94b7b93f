import { MODEL_IDS } from '../contract/models.ts';
import { OUTPUT_FORMATS } from '../contract/picture.ts';

const SHARED = `  --model ID            ${MODEL_IDS.join(', ')}
  --scale N             1 to 8, not only whole numbers; LIIF models only
  --quality best|fast   best: local ensemble; fast: nearest cell alone; Limpid's LIIF weights only
  --backend auto|webgpu|wasm
  --weights FILE        the authors' checkpoint (.pth, .pkl, .pt, .safetensors) instead of Limpid's weights
  --software-webgpu     WebGPU on Chromium's software adapter: right numbers, very slow
  --json                machine-readable report on stdout
`;

export const RESTORE_HELP = `Restores pictures with the same engine and worker as the page, in a headless Chromium.

npm run restore -- IN... --model ID [--scale N] --out DIR [options]

${SHARED}  --deblur-first ID     a deblurring model, run before the LIIF model
  --format ${OUTPUT_FORMATS.join('|')}
                        unless given, PNG with the picture's own depth: png16 for 16 bits, else png
  --keep-location       keep the GPS part of EXIF
  --out DIR             folder for the results; one whose name is taken there gets a number (-2, -3, ...)
  --overwrite           replaces files of the same names there instead, but never an input

Exit code: 0 all restored, 1 some picture failed, 2 the command itself was wrong.
`;

export const EVALUATE_HELP = `Measures a model against known answers.

npm run evaluate -- --model liif-edsr --scale 2 --hr DIR
  Each picture is cropped to a multiple of the scale, shrunk (bicubic with antialiasing, as Pillow does it), restored and
  compared: luma PSNR and SSIM, a border of the scale removed, beside bicubic's.
npm run evaluate -- --model mimo-unet-plus --pairs DIR
  DIR/blur and DIR/sharp hold files of the same names: RGB PSNR and SSIM, beside the blurred input's.

${SHARED}  --out DIR             keep the restored pictures there; one whose name is taken gets a number (-2, -3, ...)
  --overwrite           replaces files of the same names there instead, but never an input
`;
