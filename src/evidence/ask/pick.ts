import type { ModelId } from '../../../contract/models.ts';
import type { Step } from '../../../contract/run.ts';
import { theClaim } from '../claims/index.ts';
import { theStory } from '../models.ts';
import { state } from '../types.ts';
import type { NonEmpty, Citation, Statement } from '../types.ts';
import { wantsDeblurring, wantsEnlarging } from './premises.ts';
import type { Words } from './words.ts';

const NAMES: readonly { readonly pattern: RegExp; readonly models: readonly ModelId[] }[] = [
  { pattern: /liif.?edsr|\bedsr\b/u, models: ['liif-edsr'] },
  { pattern: /liif.?rdn|\brdn\b/u, models: ['liif-rdn'] },
  { pattern: /mimo.?unet.?(?:\+|plus)/u, models: ['mimo-unet-plus'] },
  { pattern: /mimo.?unet.?realblur/u, models: ['mimo-unet-realblur'] },
  { pattern: /mss.?net/u, models: ['mssnet-realblur-r'] },
];
const FAMILIES: readonly { readonly pattern: RegExp; readonly models: readonly ModelId[] }[] = [
  { pattern: /\bliif\b/u, models: ['liif-edsr', 'liif-rdn'] },
  { pattern: /\bmimo/u, models: ['mimo-unet-plus', 'mimo-unet-realblur'] },
];

/** Models that a question names, exact names before families; empty when it names none. */
export function namedModels({ text }: Words): readonly ModelId[] {
  const exact = NAMES.filter(({ pattern }) => pattern.test(text)).flatMap(({ models }) => models);
  if (exact.length > 0) return exact;
  return FAMILIES.filter(({ pattern }) => pattern.test(text)).flatMap(({ models }) => models);
}

export interface Pick {
  readonly steps: readonly Step[];
  /** Why this model, for the person who has chosen none. */
  readonly why: Statement;
}

/** Chooses for somebody who has chosen nothing: by name, else by what the words ask for; null when they ask for neither. */
export function pickModel(words: Words): Pick | null {
  const factor = words.factors.find((value) => value >= 1 && value <= 8) ?? 2;
  const [named] = namedModels(words);
  const enlarge = wantsEnlarging(words) || /small|tiny|low.?resolution|pixelat|jagged/u.test(words.text);
  const deblur = wantsDeblurring(words);
  if (named !== undefined) {
    const several = namedModels(words).length > 1;
    const place = theClaim(theStory(named).does[0]);
    return picked(
      [named],
      factor,
      several
        ? 'You name the models, so the answer speaks of those.'
        : 'You name the model, so the answer speaks of that one.',
      place.citations,
    );
  }
  if (enlarge && deblur) {
    return picked(
      ['mimo-unet-plus', 'liif-edsr'],
      factor,
      'You speak of blur and of enlarging, which no single model here does; the answer takes MIMO-UNet+ first and LIIF-EDSR after it.',
      [...theClaim('M1').citations, ...theClaim('L11').citations],
    );
  }
  if (deblur) return pickDeblur(words, factor);
  if (!enlarge) return null;
  return factor >= 4 || /text|letter|pattern|best/u.test(words.text)
    ? picked(
        ['liif-rdn'],
        factor,
        'You speak of enlarging where detail is scarce, so the answer speaks of LIIF-RDN, the stronger of the two enlarging models by the published figures.',
        theClaim('R3').citations,
        true,
      )
    : picked(
        ['liif-edsr'],
        factor,
        'You speak of enlarging, so the answer speaks of LIIF-EDSR, the lighter of the two enlarging models.',
        theClaim('R2').citations,
      );
}

function pickDeblur(words: Words, factor: number): Pick {
  return /night|dark|dim|low.?light|real/u.test(words.text)
    ? picked(
        ['mssnet-realblur-r'],
        factor,
        'You speak of blur in poor light, so the answer speaks of MSSNet RealBlur-R, which is named after real camera blur.',
        theClaim('S1').citations,
      )
    : picked(
        ['mimo-unet-plus'],
        factor,
        'You speak of blur, so the answer speaks of MIMO-UNet+, which removes it and keeps the size.',
        theClaim('M1').citations,
      );
}

function picked(
  models: readonly ModelId[],
  factor: number,
  text: string,
  citations: NonEmpty<Citation>,
  published = false,
): Pick {
  const steps = models.map((model): Step => ({ model, scale: model.startsWith('liif') ? factor : 1, quality: 'best' }));
  return { steps, why: state({ id: 'why-model', kind: 'reasoned', text, citations, published }) };
}
