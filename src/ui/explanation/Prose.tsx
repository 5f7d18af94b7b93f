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

const MARKS: Partial<Record<Statement['kind'], string>> = {
  reasoned: '(our reasoning)',
  reported: '(reported by others)',
};

/** Sentences of one paragraph, each with how it is known where that matters, and its numbers. */
export function Sentences({ statements }: { readonly statements: readonly Statement[] }) {
  return statements.map((statement) => {
    const mark = MARKS[statement.kind];
    const [text, last] = lastWord(mark === undefined ? statement.text : mark);
    return (
      <Fragment key={statement.id}>
        <span className="ex-sentence">
          {mark !== undefined && (
            <>
              <Unbroken text={statement.text} />{' '}
            </>
          )}
          <span className={mark === undefined ? undefined : 'ex-mark'}>
            <Unbroken text={text} />
          </span>
          <span className="ex-tail">
            <span className={mark === undefined ? undefined : 'ex-mark'}>{last}</span>
            <Citations statement={statement} />
          </span>
        </span>{' '}
      </Fragment>
    );
  });
}

/** The last word goes with the numbers, which must not begin a line. */
function lastWord(text: string): readonly [string, string] {
  const cut = text.lastIndexOf(' ') + 1;
  return [text.slice(0, cut), text.slice(cut)];
}

/** "31.01 dB", "12 %" and "256 × 170" stay on one line. */
const UNITS = /(\d[\d.,]* (?:dB|%|s|px|min|tiles?|× \d[\d.,]*|of 255)(?!\p{L}))/u;

function Unbroken({ text }: { readonly text: string }) {
  return text.split(UNITS).map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      <span className="ex-tail" key={index}>
        {piece}
      </span>
    ),
  );
}
