import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { chunk } from '../../contract/chunk.ts';
import type { SeedId } from '../evidence/questions.ts';
import { chooseExample, chooseRecommended, closeExample } from '../state/choose.ts';
import { sameRecipe } from '../state/job.ts';
import { recipeOf } from '../state/settings.ts';
import { chosenFiles, manifests as manifestsOf, selectedEntry, useLimpid } from '../state/store.ts';
import { Boundary } from './frame/Boundary.tsx';
import { useThumbnails } from './pictures/thumbnails.ts';
import { useViewer } from './stage/viewer-context.ts';

const panel = chunk(() => import('./explanation/Explanation.tsx'));
/** Made anew after a failure: a lazy component remembers that it could not be loaded. */
const load = () => lazy(panel);
const firstAttempt = () => ({ number: 1, Explanation: load() });
const nextAttempt = ({ number }: { number: number }) => ({ number: number + 1, Explanation: load() });

/** The panel with its evidence is fetched once the page itself stands, and told what the page knows. */
export function ExplanationHost() {
  const viewer = useViewer();
  const models = useLimpid((state) => state.models);
  const settings = useLimpid((state) => state.settings);
  const entry = useLimpid(selectedEntry);
  const seed = useLimpid((state) => state.seed);
  const estimate = useLimpid((state) => state.estimate);
  const thumbnails = useThumbnails(entry?.id ?? null);
  const idle = useIdle();
  const [attempt, setAttempt] = useState(firstAttempt);
  const { Explanation } = attempt;

  const manifests = useMemo(() => manifestsOf({ models }), [models]);
  const weights = useMemo(() => chosenFiles({ models }), [models]);
  const nothing = entry === undefined && seed === null;
  // On the empty page nobody has chosen anything yet: the model that stands there is a default.
  const planned = useMemo(() => (nothing ? null : recipeOf(settings, manifests)), [nothing, settings, manifests]);
  // After a run the explanation is about what was done; before one, and for an example question that recommends another
  // model, about what would be done.
  const done = entry?.result ?? null;
  const told = done !== null && (seed === null || planned === null || sameRecipe(done.recipe, planned)) ? done : null;
  const onRecommended = useCallback((chosen: SeedId) => void takeRecommended(chosen), []);
  const onShowChange = useCallback(() => {
    viewer.show('change');
    document.querySelector('.stage')?.scrollIntoView({ block: 'nearest' });
  }, [viewer]);

  if (!idle || manifests.length === 0) return null;
  return (
    <Boundary key={attempt.number} fallback={<Missing onRetry={() => setAttempt(nextAttempt)} />}>
      <Suspense>
        <Explanation
          models={manifests}
          recipe={told?.recipe ?? planned}
          picture={entry?.info ?? null}
          report={told?.report ?? null}
          weights={weights}
          estimate={told === null && estimate.kind === 'known' ? estimate.plan : null}
          thumbnails={thumbnails}
          seed={seed}
          onExample={chooseExample}
          onRecommended={onRecommended}
          onCloseExample={closeExample}
          onShowChange={onShowChange}
        />
      </Suspense>
    </Boundary>
  );
}

function Missing({ onRetry }: { onRetry: () => void }) {
  return (
    <aside aria-label="Explanation">
      <p className="quiet">The explanation could not be loaded. Your pictures and results are not affected.</p>
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </aside>
  );
}

async function takeRecommended(id: SeedId): Promise<void> {
  const { QUESTIONS } = await import('../evidence/questions.ts');
  const question = QUESTIONS.find((candidate) => candidate.id === id);
  if (question !== undefined) chooseRecommended(id, question.model, question.factor);
}

/** True once the browser has had a moment with nothing to do. */
function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(() => setIdle(true), 300);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(() => setIdle(true), { timeout: 2000 });
    return () => cancelIdleCallback(handle);
  }, []);
  return idle;
}
