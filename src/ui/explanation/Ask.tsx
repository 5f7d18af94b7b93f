import { useId } from 'react';
import type { FormEvent } from 'react';
import { QUESTIONS } from '../../evidence/questions.ts';
import type { SeedId } from '../../evidence/questions.ts';
import './ask.css';

interface AskProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** A question is to be expected. */
  readonly onFocus: () => void;
  readonly onAsk: (question: string) => void;
}

/** The question box. An empty question is sent too: the answer says what can be asked. */
export function Ask({ text, onText, onFocus, onAsk }: AskProps) {
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAsk(text);
  };
  return (
    <form className="ex-ask" onSubmit={submit}>
      <label htmlFor={id}>Ask about this result</label>
      <div className="ex-ask-row">
        <input
          id={id}
          type="text"
          dir="auto"
          value={text}
          autoComplete="off"
          enterKeyHint="go"
          onFocus={onFocus}
          placeholder="Does it invent detail?"
          onChange={(event) => onText(event.target.value)}
        />
        <button type="submit">Ask</button>
      </div>
    </form>
  );
}

interface ExamplesProps {
  readonly current: SeedId | null;
  readonly onExample: (seed: SeedId) => void;
}

/** The five questions; short to the eye, whole to those who listen. */
export function Examples({ current, onExample }: ExamplesProps) {
  const id = useId();
  return (
    <div className="ex-examples">
      <p id={id}>Questions that people asked</p>
      <ul aria-labelledby={id}>
        {QUESTIONS.map(({ id: seed, short, question }) => (
          <li key={seed}>
            {/* Named by the short form alone: the whole question holds the names of the page's other buttons ("2×"). */}
            <button
              type="button"
              aria-label={short}
              aria-describedby={`${id}-${seed}`}
              aria-pressed={seed === current}
              onClick={() => onExample(seed)}
            >
              {short}
              <span className="only-heard" id={`${id}-${seed}`}>
                {` ${question}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
