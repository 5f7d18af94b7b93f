import type { Manifest } from '../../../contract/manifest.ts';
import type { ModelId } from '../../../contract/models.ts';
import { theStory } from '../models.ts';
import { readWords, tokens } from './words.ts';
import type { Words } from './words.ts';

/** A question, and the models in it of which the panel knows the manifest alone. */
export interface Named {
  /** With "it" in place of their names: these are no words of the subject, and would make any question one about strangers. */
  readonly words: Words;
  readonly plain: readonly ModelId[];
}

/** Finds models that nobody has read about by the name that their manifest gives them, longer names first. */
export function readNames(words: Words, models: readonly Manifest[]): Named {
  const plain: ModelId[] = [];
  let { text } = words;
  for (const { id, name } of models.toSorted((a, b) => b.name.length - a.name.length)) {
    const pattern = theStory(id, models).unread === undefined ? null : patternOf(name);
    if (pattern === null || !pattern.test(text)) continue;
    plain.push(id);
    text = text.replaceAll(pattern, 'it');
  }
  return plain.length === 0 ? { words, plain } : { words: readWords(text), plain };
}

/** "MIMO-UNet+" is met by "mimo unet+", "mimounet plus"; null for a name without a letter. */
function patternOf(name: string): RegExp | null {
  const parts = tokens(readWords(name).text).map((part) => part.replace(/\++$/u, String.raw`(?:\++|[^\p{L}\d]*plus)`));
  if (parts.length === 0) return null;
  return new RegExp(String.raw`(?<![\p{L}\d])${parts.join(String.raw`[^\p{L}\d]*`)}(?![\p{L}\d+])`, 'gu');
}
