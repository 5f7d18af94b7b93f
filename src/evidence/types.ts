import type { NetworkId } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import type { SourceId } from './sources.ts';

/** A list that cannot be empty: the type under every list of citations. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** A paper or a repository, and the exact place in it. */
export interface SourceCitation {
  readonly kind: 'source';
  readonly source: SourceId;
  /** E.g. "Table 1", "models/liif.py, lines 46–48", "issue 17". */
  readonly place: string;
}

/** Something measured or recorded while this picture was restored. */
export interface RunCitation {
  readonly kind: 'run';
  readonly place: string;
}

/** What is chosen on the page, before anything ran. */
export interface SettingsCitation {
  readonly kind: 'settings';
  readonly place: string;
}

/** This project's own record: a model's manifest, a measurement with the command that printed it, or the page itself. */
export interface ProjectCitation {
  readonly kind: 'project';
  readonly place: string;
  readonly command?: string;
}

export type Citation = SourceCitation | RunCitation | SettingsCitation | ProjectCitation;

/**
 * How a sentence is known. `paper`, `code` and `summary` were read there; `measured` was counted by Limpid on the authors'
 * code; `reported` was said by a third party; `reasoned` is our own conclusion from the places it cites; `run`, `settings`
 * and `project` speak about this picture, the chosen settings and Limpid itself.
 */
export type StatementKind =
  'paper' | 'code' | 'summary' | 'measured' | 'reported' | 'reasoned' | 'run' | 'settings' | 'project';

declare const built: unique symbol;

/** One sentence with its sources. Only `state` makes one, and `state` takes at least one citation. */
export interface Statement {
  readonly [built]: true;
  readonly id: string;
  readonly text: string;
  readonly kind: StatementKind;
  readonly citations: NonEmpty<Citation>;
  /** True when the sentence names a published figure, which belongs to the authors' weights. */
  readonly published: boolean;
}

export interface StatementParts {
  readonly id: string;
  readonly text: string;
  readonly kind: StatementKind;
  readonly citations: NonEmpty<Citation>;
  readonly published?: boolean;
}

/**
 * The only way to a Statement.
 * @throws RangeError for an empty text, no citation or a citation without a place: data from outside the compiler's sight.
 */
export function state(parts: StatementParts): Statement {
  if (parts.text.trim() === '') throw new RangeError(`Statement ${parts.id} says nothing.`);
  const citations: readonly Citation[] = parts.citations;
  if (citations.length === 0) throw new RangeError(`Statement ${parts.id} has no citation.`);
  if (citations.some((citation) => citation.place.trim() === '')) {
    throw new RangeError(`Statement ${parts.id} has a citation without a place.`);
  }
  const { id, text, kind } = parts;
  // The brand exists only in the type; this is the one cast that puts it on.
  return { id, text, kind, citations: parts.citations, published: parts.published ?? false } as Statement;
}

/** A statement with what the question box needs to find it. */
export interface Evidence {
  readonly statement: Statement;
  /** Models it holds for. */
  readonly models: readonly ModelId[];
  /** The one network that it holds for, where a model may run on another too. */
  readonly network?: NetworkId;
  /** Search words beyond the sentence's own. */
  readonly about: string;
  /** The sentence's own words belong to other questions too and find nothing. */
  readonly byAboutAlone?: true;
}

export const inSource = (source: SourceId, place: string): SourceCitation => ({ kind: 'source', source, place });
export const thisRun = (place: string): RunCitation => ({ kind: 'run', place });
export const settings = (place: string): SettingsCitation => ({ kind: 'settings', place });
export const project = (place: string, command?: string): ProjectCitation =>
  command === undefined ? { kind: 'project', place } : { kind: 'project', place, command };
