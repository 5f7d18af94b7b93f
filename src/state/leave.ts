import { isWaiting } from './job.ts';
import { useLimpid, type State } from './store.ts';

/** True while leaving the page would end a run or lose a result that was not downloaded. */
export const isAtStake = ({ entries }: Pick<State, 'entries'>): boolean =>
  entries.some((entry) => isWaiting(entry.job) || entry.result?.saved === false);

/** The page is being reloaded as agreed: what a run tells meanwhile must not bring the question back. */
let leaving = false;

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/** The browser asks before it leaves the page, while something is at stake; a listener that stays would cost bfcache. */
export function startGuard(): void {
  useLimpid.subscribe((state, before) => {
    if (leaving || state.entries === before.entries) return;
    if (isAtStake(state)) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  });
}

/** Reloads without a question: the person has been told what it closes. */
export function reload(): void {
  leaving = true;
  window.removeEventListener('beforeunload', ask);
  location.reload();
}
