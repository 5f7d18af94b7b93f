import { isWaiting } from './job.ts';
import { get, useLimpid, type State } from './store.ts';

const isBusy = ({ entries }: Pick<State, 'entries'>): boolean => entries.some((entry) => isWaiting(entry.job));

/**
 * A phone whose screen turns itself off stops the run: the screen is asked to stay on while there is work. The browser
 * takes the lock away when the page goes out of sight, so it is asked again on return.
 */
export function startWakeLock(): void {
  if (!('wakeLock' in navigator)) return;
  let lock: WakeLockSentinel | null = null;
  let asking = false;
  const wanted = (): boolean => isBusy(get()) && document.visibilityState === 'visible';
  const held = (): boolean => lock?.released === false;
  const follow = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      // Again, because the work may have ended or begun while the browser made up its mind.
      while (wanted() !== held()) {
        if (wanted()) lock = await navigator.wakeLock.request('screen');
        else await lock?.release();
      }
    } catch {
      // Refused, to save power for instance; the run goes on all the same.
    }
    asking = false;
  };
  useLimpid.subscribe((state, before) => {
    if (isBusy(state) !== isBusy(before)) void follow();
  });
  document.addEventListener('visibilitychange', () => void follow());
}
