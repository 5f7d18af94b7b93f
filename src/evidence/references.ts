import type { RunReport } from '../../contract/run.ts';
import { lineOf } from './answers/related.ts';
import { SOURCE_IDS, SOURCES } from './sources.ts';
import type { Link, Source, SourceId } from './sources.ts';
import type { Citation, Statement } from './types.ts';

/** What an entry of the list stands for: a source, or one of the three things that are no publication. */
export type ReferenceKey = SourceId | 'run' | 'settings' | 'project';

export type ReferenceGroup = 'model' | 'related' | 'reports' | 'own';

/** One numbered entry of the list of sources. */
export interface Reference {
  readonly number: number;
  readonly key: ReferenceKey;
  readonly group: ReferenceGroup;
  readonly title: string;
  /** Authors, venue and year, as far as they are stated. */
  readonly byline: string;
  readonly links: readonly Link[];
  /** How it bears on the question, one honest line; null for the run, and for Limpid itself where it is not all there is. */
  readonly line: Statement | null;
  /** How much of it was read. */
  readonly read: string;
}

export const keyOf = (citation: Citation): ReferenceKey =>
  citation.kind === 'source' ? citation.source : citation.kind;

const GROUPS: readonly ReferenceGroup[] = ['model', 'related', 'reports', 'own'];

/** Papers that came with a question but are not about the model. */
const RELATED: readonly SourceId[] = SOURCE_IDS.slice(SOURCE_IDS.indexOf('featsharp'), SOURCE_IDS.indexOf('mlwnet'));

const groupOf = (source: Source): ReferenceGroup => {
  if (source.kind === 'report') return 'reports';
  return RELATED.includes(source.id) ? 'related' : 'model';
};

/**
 * The numbered list: `always` in its given order (the supplied documents, or the model's paper and code), then what else
 * is cited; grouped, and numbered in the order in which it is printed. `unread` says of a model that it has no sources.
 */
export function references(
  statements: readonly Statement[],
  always: readonly SourceId[],
  report: RunReport | null,
  unread: Statement | null = null,
): readonly Reference[] {
  const cited = statements.flatMap((statement) => statement.citations.map(keyOf));
  const keys = [...new Set<ReferenceKey>([...always, ...cited])];
  const entries = keys.map((key) => entryOf(key, report, unread));
  return GROUPS.flatMap((group) => entries.filter((entry) => entry.group === group)).map((entry, index) => ({
    ...entry,
    number: index + 1,
  }));
}

function entryOf(key: ReferenceKey, report: RunReport | null, unread: Statement | null): Omit<Reference, 'number'> {
  if (key === 'run') {
    const when = report === null ? '' : `, ${report.finishedAt.slice(0, 16).replace('T', ' ')} UTC`;
    const version = report === null ? '' : `Limpid ${report.version}${when}`;
    return own(key, 'This run', version, 'Measured and recorded on this device while the picture was restored.');
  }
  if (key === 'settings') return own(key, 'Your settings', '', 'What is chosen on the page; nothing has run yet.');
  if (key === 'project') {
    const read = 'The manifests of the models, with the command that printed each score, and the page itself.';
    return { ...own(key, 'Limpid’s own records', '', read), line: unread };
  }
  const source = SOURCES[key];
  return {
    key,
    group: groupOf(source),
    title: source.title,
    byline: bylineOf(source),
    links: source.links,
    line: lineOf(key),
    read: source.read,
  };
}

const own = (key: ReferenceKey, title: string, byline: string, read: string): Omit<Reference, 'number'> => ({
  key,
  group: 'own',
  title,
  byline,
  links: [],
  line: null,
  read,
});

function bylineOf(source: Source): string {
  const venue =
    source.year === null || source.venue.includes(String(source.year))
      ? source.venue
      : `${source.venue}, ${source.year}`;
  return source.authors.length === 0 ? venue : `${source.authors.join(', ')}. ${venue}`;
}
