import { toTerm, tokens } from './words.ts';

/** Words that by themselves say that a question is about restoring pictures. */
const STRONG = `enlarge blur sharp edge texture detail resolution pixel encoder decoder liif edsr rdn mimo unet mssnet realblur
  tile weights score gpu noise jpeg bicubic interpolation network model neural scale factor padding halo residual
  convolution feature features adversarial perceptual fourier frequency loss div2k gopro hidden letter train fake shadow checkpoint
  golden focus sha256 parameters ensemble unfolding cell coordinate mlp layer upload restoration limpid panel megapixel colour color
  featsharp fit3d mask2alpha puray pouf cof elastic detr attention fusion downsample rescale sampling jagged aliasing ringing
  halo tensor inference browser shuffle metasr psnr paper author transparency
  receptive batch normalisation normalization optimizer optimiser iteration epoch hyperparameter multiplication drawing urban100 set5 set14 b100 realblur exif
  teacher distillation evidence forensic`;

/** Words that belong to the subject but to many others too. */
const WEAK = `picture real accurate fast second licence differ smooth fail author work result input output run memory
  device data file privacy local quality proof check change page range maximum minimum large largest biggest idea neighbour width
  height phone row column stage step settings original side grid wish natural size code corner reach blend enough own function card remove read recognise area face whose publish year venue title measure
  field hour machine hardware term drawn draw lens visible added best safe court legal camera rate context thread`;

const terms = (text: string): ReadonlySet<string> =>
  new Set(tokens(text.toLowerCase()).flatMap((word) => toTerm(word) ?? []));

const strong = terms(STRONG);
const weak = terms(WEAK);

/** Whether a term by itself belongs to the subject. */
export const isSubject = (term: string): boolean => strong.has(term) || weak.has(term);

const isFactor = (term: string): boolean => /^x\d/u.test(term);

/** How much of a question is about what the evidence is about. */
export interface Relevance {
  /** Share of its content words that belong to the subject, 0..1. */
  readonly coverage: number;
  readonly strong: number;
  readonly weak: number;
}

export function relevanceOf(question: readonly string[]): Relevance {
  const known = question.filter((term) => !isFactor(term) && !/^\d/u.test(term));
  const strongHits = known.filter((term) => strong.has(term)).length;
  const weakHits = known.filter((term) => weak.has(term) && !strong.has(term)).length;
  if (known.length === 0)
    return { coverage: question.some(isFactor) ? 1 : 0, strong: 0, weak: question.some(isFactor) ? 1 : 0 };
  const coverage = (strongHits + weakHits) / known.length;
  return { coverage, strong: strongHits, weak: weakHits };
}

/**
 * Whether a question is to be answered at all. One word of the subject among strangers is not enough ("enlarge my
 * prostate"); two are when they make up two fifths of what is asked; words that belong to many subjects need to be nearly alone.
 */
export function isOnTopic({ coverage, strong: strongHits, weak: weakHits }: Relevance): boolean {
  if (strongHits >= 1 && coverage > 0.5) return true;
  if (strongHits >= 1 && strongHits + weakHits >= 2 && coverage >= 0.4) return true;
  if (weakHits >= 2 && coverage >= 0.66) return true;
  return weakHits === 1 && coverage === 1;
}
