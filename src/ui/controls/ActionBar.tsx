import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { RunProgress } from '../../../contract/run.ts';
import { chooseEveryPicture } from '../../state/choose.ts';
import { isActive, isWaiting } from '../../state/job.ts';
import { cancelAll, queueShown, restore } from '../../state/run.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { duration, estimate as about } from '../../evidence/format.ts';
import { RUN, useHandOn } from '../frame/hand-on.ts';
import { NoticeAt } from '../frame/NoticeAt.tsx';
import { countText } from '../status.ts';
import { useFresh } from './fresh.ts';
import { RunNews } from './RunNews.tsx';
import { SaveField } from './SaveField.tsx';

/** Restore and what becomes of it: progress stands in the button's place, the result's download follows. */
export function ActionBar() {
  const busy = useLimpid((state) => state.entries.some((candidate) => isWaiting(candidate.job)));
  const [run, rememberKeyboard] = useFocusInPlace(busy);
  const bar = useCallback((element: HTMLDivElement) => tellHeight(element), []);
  return (
    <div className="actions" ref={bar}>
      <RunNews statusClass="status" />
      <div className="run" ref={run} onClickCapture={rememberKeyboard}>
        {busy ? <Running /> : <Ready />}
      </div>
      <SaveField />
      <NoticeAt place="save" />
    </div>
  );
}

/** Keeps the bar's height, in CSS pixels, where the styles of what it would cover find it. */
function tellHeight(bar: HTMLElement): () => void {
  const controls = bar.parentElement;
  const observer = new ResizeObserver(() =>
    controls?.style.setProperty('--action-bar', `${Math.ceil(bar.getBoundingClientRect().height)}px`),
  );
  observer.observe(bar);
  return () => observer.disconnect();
}

/**
 * Restore and Cancel stand in for each other. Whoever pressed one with the keyboard finds the focus on the other; after
 * a click, also one elsewhere, it is let go, so that Space shows the original instead of pressing Cancel.
 */
function useFocusInPlace(busy: boolean): [RefObject<HTMLDivElement | null>, () => void] {
  const run = useRef<HTMLDivElement>(null);
  const keyboard = useRef(false);
  const before = useRef(busy);
  useLayoutEffect(() => {
    if (before.current === busy) return;
    before.current = busy;
    if (keyboard.current && document.activeElement === document.body) run.current?.querySelector('button')?.focus();
  }, [busy]);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const elsewhere = ({ target }: Event): void => {
      if (!(target instanceof Node) || run.current?.contains(target) !== true) keyboard.current = false;
    };
    document.addEventListener('pointerdown', elsewhere, { signal });
    document.addEventListener('focusin', elsewhere, { signal });
    return () => controller.abort();
  }, []);
  const remember = (): void => {
    keyboard.current = document.activeElement?.matches(':focus-visible') ?? false;
  };
  return [run, remember];
}

function Ready() {
  const estimate = useLimpid((state) => state.estimate);
  const ready = useLimpid((state) => state.models.kind === 'ready');
  const count = useLimpid((state) => state.entries.length);
  const everyPicture = useLimpid((state) => state.everyPicture);
  // The alert above says the same.
  const failed = useLimpid((state) => selectedEntry(state)?.job.kind === 'failed');
  const finished = useFresh();
  return (
    <div className="run-row">
      <button
        type="button"
        className={`button restore ${finished ? '' : 'accent-button'}`}
        disabled={!ready}
        aria-describedby="run-time"
        onClick={restore}
      >
        Restore
      </button>
      <div className="run-aside">
        <span id="run-time" className="run-time">
          {!finished &&
            estimate.kind === 'known' &&
            estimate.plan.seconds !== null &&
            time(estimate.plan.seconds, count > 1 && everyPicture)}
          {estimate.kind === 'refused' && !failed && <span className="refused">{estimate.error.message}</span>}
        </span>
        {count > 1 && (
          <label className="check">
            <input
              type="checkbox"
              checked={everyPicture}
              onChange={(event) => chooseEveryPicture(event.target.checked)}
            />
            All {count} pictures
          </label>
        )}
      </div>
    </div>
  );
}

const DAY = 86_400;

const time = (seconds: number, several: boolean): string =>
  `${about(seconds)}${seconds >= DAY ? ' on this device' : ''}${several ? ' for this one' : ''}`;

function Running() {
  const entries = useLimpid((state) => state.entries);
  const shown = useLimpid(selectedEntry);
  const fresh = useFresh();
  const active = entries.find((entry) => isActive(entry.job));
  const job = active?.job;
  const progress = job?.kind === 'running' || job?.kind === 'cancelling' ? job.progress : null;
  const queued = entries.filter((entry) => entry.job.kind === 'queued').length;
  const stopping = job?.kind === 'cancelling';
  const idle = shown !== undefined && !isWaiting(shown.job);
  return (
    <>
      {/* Over the bar, which is this picture's and not the shown one's. */}
      {(active?.id !== shown?.id || queued > 0) && (
        <p className="run-facts">
          <span className="run-name">{active?.info.name}</span>
          {queued > 0 && <span>{queued} more waiting</span>}
        </p>
      )}
      <div className="run-row">
        <Progress progress={progress} />
        <button type="button" className="button" disabled={stopping} onClick={() => void cancelAll()}>
          Cancel
        </button>
      </div>
      <p className="run-facts">
        <span className="run-count">{progress !== null && countText(progress)}</span>
        <span>{progress?.secondsLeft != null && `${duration(Math.max(1, progress.secondsLeft))} left`}</span>
      </p>
      {idle && !fresh && <AddToQueue />}
    </>
  );
}

function AddToQueue() {
  const button = useHandOn<HTMLButtonElement>(RUN);
  return (
    <button ref={button} type="button" className="button" onClick={queueShown}>
      Add this picture to the queue
    </button>
  );
}

function Progress({ progress }: { progress: RunProgress | null }) {
  const percent = Math.floor((progress?.fraction ?? 0) * 100);
  const count = progress === null ? '' : countText(progress);
  // Until the arithmetic begins there is nothing of which a share could be done.
  const measured = progress !== null && (progress.fraction > 0 || progress.phase === 'restoring');
  const text = [measured ? `${percent} %` : 'Preparing', count].filter((part) => part !== '').join(', ');
  return (
    <div
      role="progressbar"
      aria-label="Restoration progress"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={measured ? percent : undefined}
      aria-valuetext={text}
      className="progress"
      data-measured={measured}
      ref={(bar) => bar?.style.setProperty('--done', String(progress?.fraction ?? 0))}
    >
      <span>{measured && `${percent} %`}</span>
    </div>
  );
}
