import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Passage } from '../../evidence/answers/types.ts';
import type { Statement } from '../../evidence/types.ts';
import { Citations } from './Citations.tsx';

interface PassagesProps {
  readonly passages: readonly Passage[];
  /** Id of a statement under whose passage `button` stands. */
  readonly under?: string;
  readonly button?: ReactNode;
}

/** Paragraphs, each with its run-in lead. */
export function Passages({ passages, under, button }: PassagesProps) {
  return passages.map((passage, index) => (
    <Fragment key={passage.lead ?? `first-${index}`}>
      <p>
        {passage.lead !== null && <strong className="ex-lead">{passage.lead} </strong>}
        <Sentences statements={passage.statements} />
      </p>
      {passage.statements.some(({ id }) => id === under) && button}
    </Fragment>
  ));
}

const MARKS: Partial<Record<Statement['kind'], string>> = { reasoned: 'our reasoning', reported: 'reported by others' };

/** Sentences of one paragraph, each with how it is known where that matters, and its numbers. */
export function Sentences({ statements }: { readonly statements: readonly Statement[] }) {
  return statements.map((statement) => {
    const mark = MARKS[statement.kind];
    return (
      <Fragment key={statement.id}>
        <span className="ex-sentence">
          {statement.text}
          {mark !== undefined && <span className="ex-mark"> ({mark})</span>}
          <Citations statement={statement} />
        </span>{' '}
      </Fragment>
    );
  });
}
