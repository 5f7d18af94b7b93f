import type { ModelId } from '../../contract/models.ts';
import type { SourceId } from './sources.ts';

export const SEED_IDS = ['000', '001', '002', '003', '004'] as const;
export type SeedId = (typeof SEED_IDS)[number];

export interface SeedQuestion {
  readonly id: SeedId;
  /** Word for word as the person asked it. */
  readonly question: string;
  /** A few words for a button. */
  readonly short: string;
  readonly model: ModelId;
  /** The factor that the person speaks of; null where none is named. */
  readonly factor: number | null;
  /** The supplied documents in their order: the recommended model's paper and code first. */
  readonly supplied: readonly SourceId[];
}

/** The five example questions. Each is answered from its own supplied sources and no other. */
export const QUESTIONS: readonly SeedQuestion[] = [
  {
    id: '000',
    question:
      'I was surprised how crisp a small diagram looked after 2× upscaling. What features make AI models good at recovering sharp edges and fine details at low scales like this?',
    short: 'Why is a small drawing so crisp when doubled?',
    model: 'mssnet-realblur-r',
    factor: 2,
    supplied: ['mssnet-paper', 'mssnet-code', 'featsharp', 'fit3d'],
  },
  {
    id: '001',
    question:
      'Even with harsh shadows and dim corners, my upscaled image came out smooth and clear. How can AI fix so much without making it look fake?',
    short: 'How can it fix shadows and not look fake?',
    model: 'mimo-unet-realblur',
    factor: null,
    supplied: ['mimo-paper', 'mimo-code', 'featsharp', 'mask2alpha', 'pu-ray'],
  },
  {
    id: '002',
    question:
      'I enlarged a small image by 2x with AI, and the details like edges and textures remained sharp. How does AI preserve such realistic details during enlargement?',
    short: 'How do edges and textures stay sharp when doubled?',
    model: 'liif-edsr',
    factor: 2,
    supplied: ['liif-paper', 'liif-code', 'featsharp', 'mask2alpha', 'em-consistency'],
  },
  {
    id: '003',
    question:
      'I enlarged a blurry logo and text image by 2×, and everything became much clearer. How does AI sharpen such low-quality input during upscaling?',
    short: 'How does a blurry logo become clear when doubled?',
    model: 'mimo-unet-plus',
    factor: 2,
    supplied: ['mimo-paper', 'mimo-code', 'featsharp', 'pouf', 'cof'],
  },
  {
    id: '004',
    question:
      'I upscaled a low-resolution image by 4×, and even small text and patterns became clear. How does AI bring out these hidden details so accurately when enlarging this much?',
    short: 'How are hidden details brought out at four times?',
    model: 'liif-rdn',
    factor: 4,
    supplied: ['liif-paper', 'liif-code', 'segmentation-resolution', 'featsharp', 'elastic-detr'],
  },
];

const byId = new Map(QUESTIONS.map((question) => [question.id, question]));

/** @throws RangeError for an id that is none of the five (data from outside the compiler's sight). */
export function theQuestion(id: SeedId): SeedQuestion {
  const found = byId.get(id);
  if (found === undefined) throw new RangeError(`There is no example question ${id}.`);
  return found;
}

/** The example question that these very words are, upper and lower case, spaces and the sign for "times" aside. */
export function seedOf(question: string): SeedId | null {
  const folded = fold(question);
  return QUESTIONS.find((one) => fold(one.question) === folded)?.id ?? null;
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('×', 'x')
    .replaceAll(/[“”"'’‘]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
