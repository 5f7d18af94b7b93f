import type { NetworkId } from '../../../contract/manifest.ts';
import type { ModelId } from '../../../contract/models.ts';
import { inSource, state } from '../types.ts';
import type { Evidence, NonEmpty, SourceCitation, StatementKind } from '../types.ts';
import type { SourceId } from '../sources.ts';

export const LIIF: readonly ModelId[] = ['liif-edsr', 'liif-rdn'];
export const MIMO: readonly ModelId[] = ['mimo-unet-realblur', 'mimo-unet-plus'];
export const MSSNET: readonly ModelId[] = ['mssnet-realblur-r'];

type ClaimKind = Extract<StatementKind, 'paper' | 'code' | 'measured' | 'reported' | 'reasoned'>;

/** A place as `[source, place]`, which keeps the tables of claims readable. */
export type Place = readonly [SourceId, string];

interface ClaimParts {
  readonly kind: ClaimKind;
  readonly text: string;
  readonly places: NonEmpty<Place>;
  readonly about: string;
  readonly published?: true;
  readonly network?: NetworkId;
}

/** A claim about published work: one thought, its places, and the words that should find it. */
export function claim(id: string, models: readonly ModelId[], parts: ClaimParts): Evidence {
  const [first, ...rest] = parts.places;
  const citations: NonEmpty<SourceCitation> = [inSource(...first), ...rest.map((place) => inSource(...place))];
  const { kind, text, published = false, about, network } = parts;
  const statement = state({ id, text, kind, citations, published });
  return network === undefined ? { statement, models, about } : { statement, models, about, network };
}
