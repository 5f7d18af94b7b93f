import { theClaim } from '../claims/index.ts';
import { inSource, state } from '../types.ts';
import type { NonEmpty, SourceCitation, Statement, StatementKind } from '../types.ts';
import type { Place } from '../claims/claim.ts';

/** A short paragraph; the lead stands in front of it, set apart. */
export interface Passage {
  readonly lead: string | null;
  readonly statements: readonly Statement[];
}

/** Stands for a sentence that only the composer can build, because it speaks of Limpid or of the run. */
export type Slot = 'two-steps' | 'padding' | 'own-figures' | 'network';

/** A claim by its id, a sentence of this answer alone, or a slot. */
export type Line = { readonly claim: string } | { readonly own: Statement } | { readonly slot: Slot };

export interface DraftPassage {
  readonly lead: string | null;
  readonly lines: readonly Line[];
}

/** The two written parts of an answer to one of the five questions; the third, the sources, follows from the question. */
export interface SeedAnswer {
  readonly task: readonly DraftPassage[];
  readonly workflow: readonly DraftPassage[];
}

export const claims = (...ids: readonly string[]): readonly Line[] => ids.map((claim) => ({ claim }));
export const slot = (name: Slot): Line => ({ slot: name });
export const passage = (lead: string | null, ...lines: readonly (Line | readonly Line[])[]): DraftPassage => ({
  lead,
  lines: lines.flat(),
});

/** A sentence of one answer alone. */
export function own(id: string, kind: StatementKind, text: string, ...places: NonEmpty<Place>): Line {
  const [first, ...rest] = places;
  const citations: NonEmpty<SourceCitation> = [inSource(...first), ...rest.map((place) => inSource(...place))];
  return { own: state({ id, kind, text, citations }) };
}

/** @throws RangeError for a claim that is not there. */
export const resolve = (line: Exclude<Line, { slot: Slot }>): Statement =>
  'claim' in line ? theClaim(line.claim) : line.own;
