import type { SeedId } from '../../evidence/questions.ts';
import type { Reference, ReferenceGroup } from '../../evidence/references.ts';
import { sourceElementId, useCiting } from './citation-context.ts';

const GROUPS: readonly { readonly group: ReferenceGroup; readonly label: string | null }[] = [
  { group: 'model', label: null },
  { group: 'related', label: 'Also supplied, of limited relevance' },
  { group: 'reports', label: 'Reported by others' },
  { group: 'own', label: 'From Limpid itself' },
];

interface SourcesProps {
  readonly sources: readonly Reference[];
  readonly seed: SeedId | null;
}

/** The numbered list. Links stand in full, as they were supplied. */
export function Sources({ sources, seed }: SourcesProps) {
  return GROUPS.map(({ group, label }) => {
    const entries = sources.filter((reference) => reference.group === group);
    const start = entries[0]?.number;
    if (start === undefined) return null;
    const heading = group === 'related' && seed === null ? 'Related papers' : label;
    return (
      <div className="ex-sources" key={group}>
        {heading !== null && <p className="ex-sources-label">{heading}</p>}
        <ol start={start}>
          {entries.map((reference) => (
            <SourceEntry key={reference.key} reference={reference} />
          ))}
        </ol>
      </div>
    );
  });
}

function SourceEntry({ reference }: { readonly reference: Reference }) {
  const { prefix } = useCiting();
  const { number, title, byline, links, line, read } = reference;
  return (
    <li id={sourceElementId(prefix, number)} tabIndex={-1} className="ex-source">
      <span className="ex-source-title">{title}</span>
      {byline !== '' && <span className="ex-source-byline">{byline}</span>}
      {links.map(({ kind, url }) => (
        <span className="ex-source-link" key={url}>
          {kind}:{' '}
          <a href={url} target="_blank" rel="noopener noreferrer">
            {url}
          </a>
        </span>
      ))}
      {line !== null && <span className="ex-source-line">{line.text}</span>}
      <span className="ex-source-read">{read}</span>
    </li>
  );
}
