import type { ReactNode } from 'react';
import type { Answer } from '../../evidence/compose.ts';
import { theQuestion } from '../../evidence/questions.ts';
import type { SeedId } from '../../evidence/questions.ts';
import { ASK, useHandOn } from '../frame/hand-on.ts';
import { Sentences } from './Prose.tsx';
import { SUGGESTIONS } from './suggestions.ts';

interface ReplyViewProps {
  readonly answer: Answer;
  /** What answers typed questions did not load. */
  readonly missing: boolean;
  readonly onRetry: () => void;
  readonly onClose: () => void;
  readonly onExample: (seed: SeedId) => void;
  readonly onSuggestion: (question: string) => void;
  readonly children?: ReactNode;
}

/** The question as asked, and its answer. An example question is answered by the three parts below it. */
export function ReplyView(props: ReplyViewProps) {
  const { answer, missing, onRetry, onClose, onExample, onSuggestion, children } = props;
  const { question, reply, seed } = answer;
  const near = reply?.kind === 'answered' ? reply.near : null;
  return (
    <section className="ex-section ex-reply">
      <h3>{seed === null ? 'Answer' : 'Question'}</h3>
      {question !== null && question.trim() !== '' && (
        <blockquote className={`ex-question ${hasItalics(question) ? '' : 'ex-question-upright'}`} dir="auto">
          {question}
        </blockquote>
      )}
      {reply === null && seed === null && (
        <p className="ex-note">
          {missing ? 'The answer could not be loaded: connect to the network and try again.' : 'The answer is loading.'}
        </p>
      )}
      {reply?.kind === 'declined' && (
        <>
          <p className="ex-declined">{reply.message}</p>
          <p className="ex-note">Questions that have an answer, for instance:</p>
          <div className="ex-actions">
            {SUGGESTIONS.map((suggestion) => (
              <ReplyAction key={suggestion} onClick={() => onSuggestion(suggestion)}>
                {suggestion}
              </ReplyAction>
            ))}
          </div>
        </>
      )}
      {reply?.kind === 'answered' && (
        <p>
          <Sentences statements={reply.statements} />
        </p>
      )}
      {reply?.cut === true && <p className="ex-note">The question is long; its first 1,000 characters were read.</p>}
      {seed !== null && (
        <p className="ex-note">Answered below from the sources supplied with this question, and from no other.</p>
      )}
      <div className="ex-actions">
        {children}
        {reply === null && seed === null && missing && <ReplyAction onClick={onRetry}>Try again</ReplyAction>}
        {near !== null && (
          <ReplyAction onClick={() => onExample(near)}>A close example: {theQuestion(near).short}</ReplyAction>
        )}
        <ReplyAction onClick={onClose}>Close the question</ReplyAction>
      </div>
    </section>
  );
}

/** Arabic, Hebrew, Chinese and others know no italics: slanted letters are only hard to read. */
const hasItalics = (text: string): boolean =>
  /^\P{L}*[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(text);

interface ReplyActionProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** It goes away when it is pressed; the focus goes back to the question box. */
export function ReplyAction({ onClick, children }: ReplyActionProps) {
  const button = useHandOn<HTMLButtonElement>(ASK);
  return (
    <button ref={button} type="button" className="ex-text-button" onClick={onClick}>
      {children}
    </button>
  );
}
