import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { MouseEvent } from 'react';
import type { Manifest } from '../../../contract/manifest.ts';
import type { PictureInfo } from '../../../contract/picture.ts';
import type { Recipe, RunPlan, RunReport } from '../../../contract/run.ts';
import type { ImportedWeights } from '../../../contract/worker-api.ts';
import { compose } from '../../evidence/compose.ts';
import { seedOf, theQuestion } from '../../evidence/questions.ts';
import type { SeedId } from '../../evidence/questions.ts';
import { nameOf } from '../../evidence/models.ts';
import { Ask, Examples } from './Ask.tsx';
import { CitationContext } from './citation-context.ts';
import { CopyMarkdown } from './CopyMarkdown.tsx';
import { Passages } from './Prose.tsx';
import { jumpTo, reveal } from './reveal.ts';
import { ReplyAction, ReplyView } from './ReplyView.tsx';
import { Sources } from './Sources.tsx';
import { useAnswering } from './use-answering.ts';
import { WorkflowDrawing } from './WorkflowDrawing.tsx';
import './explanation.css';
import './citation.css';
import './figure.css';

interface ExplanationProps {
  readonly models: readonly Manifest[];
  /** What would run; null before there is anything to run. */
  readonly recipe: Recipe | null;
  readonly picture: PictureInfo | null;
  /** The run whose result is on screen. */
  readonly report: RunReport | null;
  /** Imported files that the next run uses. */
  readonly weights: readonly ImportedWeights[];
  /** What the page estimates for a run of `recipe`. */
  readonly estimate: RunPlan | null;
  readonly thumbnails: { readonly before: ImageBitmap | null; readonly after: ImageBitmap | null };
  /** The example question that the page stands on. */
  readonly seed: SeedId | null;
  /** The page stands on this example, its settings as they were. */
  readonly onExample: (seed: SeedId) => void;
  /** The page sets the model that the example recommends. */
  readonly onRecommended: (seed: SeedId) => void;
  /** The page stands on no example any more. */
  readonly onCloseExample: () => void;
  /** The page shows the heat map of differences. */
  readonly onShowChange: () => void;
}

/** What the question box holds; it gives way when the page moves on to another example. */
interface Asked {
  readonly question: string | null;
  readonly seed: SeedId | null;
  readonly during: SeedId | null;
}

/** The panel beside the picture: task, workflow and sources of what is on screen, and a box for questions about it. */
export default function Explanation(props: ExplanationProps) {
  const { models, recipe, picture, report, weights, estimate, thumbnails, seed: pageSeed } = props;
  const { onExample, onRecommended, onCloseExample, onShowChange } = props;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [text, setText] = useState('');
  const [answering, loadAnswering] = useAnswering();
  const prefix = useId();
  const panel = useRef<HTMLElement>(null);
  const reply = useRef<HTMLDivElement>(null);
  const current: Asked =
    asked !== null && asked.during === pageSeed ? asked : { question: null, seed: pageSeed, during: pageSeed };

  const answer = useMemo(
    () =>
      compose(
        { models, recipe, picture, report, weights, estimate, question: current.question, seed: current.seed },
        answering.kind === 'ready' ? answering.answerQuestion : null,
      ),
    [models, recipe, picture, report, weights, estimate, current.question, current.seed, answering],
  );
  const citing = useMemo(() => ({ sources: answer.sources, prefix, panel }), [answer.sources, prefix]);

  // The box may stand at the lower edge of the window, where its answer would go unseen.
  const answered = current.seed !== null || answer.reply !== null || answering.kind === 'failed';
  useEffect(() => {
    if (asked !== null && answered && reply.current !== null) reveal(reply.current, 'nearest');
  }, [asked, answered]);

  const example = (seed: SeedId): void => {
    setAsked(null);
    onExample(seed);
  };
  const recommend = (seed: SeedId): void => {
    setAsked(null);
    onRecommended(seed);
  };
  const ask = (question: string): void => {
    const seed = seedOf(question);
    if (seed === null) loadAnswering();
    setAsked({ question: seed === null ? question : null, seed, during: pageSeed });
  };
  const suggest = (question: string): void => {
    setText(question);
    ask(question);
  };
  const sourcesId = `${prefix}sources`;
  const toSources = (event: MouseEvent): void => {
    event.preventDefault();
    jumpTo(sourcesId, 'start');
  };
  const close = (): void => {
    setAsked(null);
    onCloseExample();
  };
  const recommended = current.seed === null ? null : theQuestion(current.seed).model;
  const differs = recommended !== null && recipe !== null && !recipe.some(({ model }) => model === recommended);

  return (
    <aside className="ex-panel" aria-label="Explanation" ref={panel}>
      <CitationContext value={citing}>
        <header className="ex-head">
          <h2 className="ex-title" tabIndex={-1}>
            Explanation
          </h2>
          <CopyMarkdown answer={answer} />
        </header>
        <Ask text={text} onText={setText} onFocus={loadAnswering} onAsk={ask} />
        <Examples current={current.seed} onExample={example} />
        <a href={`#${sourcesId}`} className="ex-skip" onClick={toSources}>
          Skip to the sources
        </a>
        <div className="ex-live" aria-live="polite" ref={reply}>
          {answer.question !== null && (
            <ReplyView
              answer={answer}
              missing={answering.kind === 'failed'}
              onRetry={loadAnswering}
              onClose={close}
              onExample={example}
              onSuggestion={suggest}
            >
              {current.seed !== null && differs && (
                <ReplyAction onClick={() => recommend(current.seed ?? '000')}>
                  Choose the recommended {nameOf(recommended, models)}
                </ReplyAction>
              )}
            </ReplyView>
          )}
        </div>
        <section className="ex-section">
          <h3>Task</h3>
          <Passages
            passages={answer.task}
            under="run-change"
            button={
              <button type="button" className="ex-text-button ex-show-change" onClick={onShowChange}>
                Show what changed
              </button>
            }
          />
        </section>
        <section className="ex-section">
          <h3>Workflow</h3>
          {answer.figure !== null && (
            <WorkflowDrawing figure={answer.figure} before={thumbnails.before} after={thumbnails.after} />
          )}
          <Passages passages={answer.workflow} />
        </section>
        <section className="ex-section">
          <h3 id={sourcesId} tabIndex={-1}>
            Sources
          </h3>
          <Sources sources={answer.sources} seed={answer.seed} />
        </section>
      </CitationContext>
    </aside>
  );
}
