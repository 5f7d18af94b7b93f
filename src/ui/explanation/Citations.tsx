import { Fragment } from 'react';
import { keyOf } from '../../evidence/references.ts';
import type { Reference } from '../../evidence/references.ts';
import type { Citation, Statement } from '../../evidence/types.ts';
import { useCiting } from './citation-context.ts';
import { CitationMark } from './CitationMark.tsx';

/** One entry of the list with every place of it that a sentence cites. */
export interface Cited {
  readonly reference: Reference;
  readonly places: readonly Citation[];
}

function gather(citations: readonly Citation[], sources: readonly Reference[]): readonly Cited[] {
  return sources.flatMap((reference) => {
    const places = citations.filter((citation) => keyOf(citation) === reference.key);
    return places.length === 0 ? [] : [{ reference, places }];
  });
}

/** The small numbers behind a sentence. */
export function Citations({ statement }: { readonly statement: Statement }) {
  const { sources } = useCiting();
  const cited = gather(statement.citations, sources);
  return (
    <span className="ex-cites">
      {cited.map((one, index) => (
        <Fragment key={one.reference.key}>
          {index > 0 && <span className="ex-cite-comma">,</span>}
          <CitationMark cited={one} kind={statement.kind} />
        </Fragment>
      ))}
    </span>
  );
}
