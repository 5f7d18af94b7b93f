import { stemmer } from 'stemmer';

/** Longest part of a question that is read; what lies behind it is not. */
export const MAX_QUESTION = 1000;

const NUMBERS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  sixteen: 16,
  twenty: 20,
  thirty: 30,
};
const SAID: Readonly<Record<string, number>> = {
  double: 2,
  doubled: 2,
  doubling: 2,
  twice: 2,
  triple: 3,
  tripled: 3,
  quadruple: 4,
  quadrupled: 4,
};
const WORD = Object.keys(NUMBERS).join('|');
const NUMBER = String.raw`\d{1,3}(?:[.,]\d{1,2})?`;

/** "4x", "4 ×", "x4", "4-fold", "four times", "fourfold", "400 %", "doubled": all mean a factor. */
const FACTORS: readonly { readonly pattern: RegExp; readonly scale: number }[] = [
  {
    pattern: new RegExp(String.raw`(?<![\d.,×x])(${NUMBER}|${WORD})[\s-]*(?:x|times|fold)(?![\p{L}\d]|\s*\d)`, 'gu'),
    scale: 1,
  },
  { pattern: new RegExp(String.raw`(?<![\p{L}\d]|\d\s)x\s?(${NUMBER})(?![\p{L}\d])`, 'gu'), scale: 1 },
  { pattern: new RegExp(String.raw`(?<![\d.,])(\d{3,4})\s?(?:%|percent|per cent)`, 'gu'), scale: 100 },
  { pattern: new RegExp(String.raw`(?<!\p{L})(${Object.keys(SAID).join('|')})(?!\p{L})`, 'gu'), scale: 1 },
];

export interface Words {
  /** Lower case, factors written as "x4", one space between words. */
  readonly text: string;
  /** Distinct content words as index terms, in order. */
  readonly terms: readonly string[];
  /** Enlarging factors that are named. */
  readonly factors: readonly number[];
}

/** Reads a question: the first `MAX_QUESTION` characters, folded, with every way of naming a factor made one. */
export function readWords(question: string): Words {
  const factors: number[] = [];
  // The name of another tool would otherwise ask what is real, and that of a paper would meet every X-ray.
  const folded = question
    .slice(0, MAX_QUESTION)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\breal-?esrgan/gu, 'esrgan')
    .replaceAll(/\bpu[- ]?ray\b/gu, 'puray');
  let text = folded.replaceAll(/[×✕]/gu, 'x');
  for (const { pattern, scale } of FACTORS) {
    text = text.replaceAll(pattern, (_whole: string, said: string) => {
      const value = (NUMBERS[said] ?? SAID[said] ?? Number(said.replace(',', '.'))) / scale;
      factors.push(value);
      return ` ${factorTerm(value)} `;
    });
  }
  const terms = [...new Set(tokens(text).map(toTerm))].filter((term): term is string => term !== null);
  return { text: text.replaceAll(/\s+/gu, ' ').trim(), terms, factors };
}

const factorTerm = (value: number): string => `x${String(value)}`;

/** Splits text that is already lower case; "x2.5", "mimo-unet+" and "dB" survive as one word each. */
export const tokens = (text: string): readonly string[] => text.match(/x\d+(?:\.\d+)?|\d+(?:\.\d+)?|\p{L}+\+*/gu) ?? [];

/** A word as index term: stop words fall out, synonyms meet, the rest is stemmed. */
export function toTerm(word: string): string | null {
  const plain = word.replace(/\++$/u, '');
  if (STOP.has(plain)) return null;
  if (TINTING.test(plain)) return 'tinting';
  if (/^x?\d/u.test(plain)) return plain;
  const stem = stemmer(plain);
  return SYNONYMS.get(stem) ?? stem;
}

/** "Colorize" would stem to "colour", which the evidence speaks of; it does not speak of this. */
const TINTING = /^colou?ri[sz]/u;

const words = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

const STOP: ReadonlySet<string> = new Set(
  words(`a about above actually after again all also am an and any anything are as at away back be because been before
    being both but by came can cannot come could did do does doing done don each else ever every for from gave get gets
    give given go going got had has have having he her here him his how i if in into is isn it its itself just know let
    like look looked looking looks made make makes many may me might more most much must my name no not now of off on one
    only or other our out over please quite really said same say see seem she should so some such t tell than thank
    thanks that the their them then there these they thing things this those time to today too under up upon us use well
    used uses using very want was way we were what when where which while who why will with would yes you your s ve re
    ll d ai exactly show shown shows surprised everything even small good need help wonder explain describe happen happens
    happened between
    achieve achieved obtain obtained mean means keep keeps kept stay stays stayed remain remained turn turned turns become
    becomes became bring brings compute support supports supported possible able allow allows kind sort lot enough without within instead still first
    write through around come comes handle handles fix fixes fixed wrote tell two three four five six seven eight ten summarise summarize summary`),
);

/** Each line: the term that stands for the words after it. */
const GROUPS: readonly string[] = [
  'enlarge enlargement enlarging upscale upscaling upscaled upsample upsampling magnify magnification zoom bigger superresolution super larger',
  'blur soft softness blurry blury blurred unblur deblur deblurring deblurred shake shaken shaky motion',
  'maximum max maximal',
  'minimum min minimal smallest lowest',
  'focus defocus defocused focused unfocused',
  'sharp sharpen sharpness sharper crisp crisper clear clearer',
  'picture image photo photograph pic photos images pictures screenshot scan',
  'letter letters text word words sign writing handwriting lettering font caption subtitles logo diagram plate ocr',
  'fake invent invented invents hallucinate hallucination hallucinated imaginary fabricated artificial unreal',
  'real realistic natural authentic genuine true truth truthful trust trustworthy reliable believe',
  'accurate accuracy accurately correct faithful faithfully precise',
  'hidden reveal uncover recover recovered recovering restore reconstruct original lost',
  'train training trained learn learned learns taught teach practise dataset',
  'noise noisy grain grainy denoise denoising speckle',
  'jpeg jpg compression compressed artifact artifacts artefact artefacts blocky',
  'shadow shadows dark darker darkness dim bright brighter brighten brightness light lighting exposure relight night gloomy',
  'edge edges outline outlines border contour line lines',
  'texture textures pattern patterns structure',
  'detail details fine',
  'fast faster speed quick quickly slow slower',
  'second seconds duration long longer minute minutes take took taken takes runtime',
  'weights weight checkpoint pth pkl',
  'parameters parameter million',
  'score scores psnr ssim db decibel decibels benchmark quality',
  'measure measured measures measurement',
  'gpu webgpu wasm webassembly cpu backend hardware adapter graphics graphic processor nvidia',
  'tile tiles tiling tiled piece pieces seam seams',
  'upload uploaded private privacy cloud server offline internet online wifi connection',
  'licence license licensed licensing copyright rights commercial commercially',
  'adversarial gan gans diffusion generative',
  'layer layers block blocks architecture',
  'resolution lowresolution',
  'size dimension dimensions wide width tall height big',
  'transparency transparent',
  'phone phones smartphone mobile tablet iphone ipad android',
  'browser browsers safari firefox',
  'differ different difference differences compare compared comparison versus vs better worse',
  'smooth smoother blend blended blending',
  'fail failure failures limit limits limitation limitations weakness problem wrong',
  'author authors',
  'paper papers cite cited citation',
  'work works working worked',
  'pad padding padded',
];

const SYNONYMS: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap((line) => {
    const [head = '', ...rest] = words(line);
    return [head, ...rest].map((word): [string, string] => [stemmer(word), stemmer(head)]);
  }),
);
