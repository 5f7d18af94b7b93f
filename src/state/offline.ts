import { reload } from './leave.ts';
import { get, set, type State } from './store.ts';

/** Set before the one reload that brings isolation; a second in a row would be a loop. */
const RELOADED = 'limpid-reloaded-for-isolation';

/** Looks for a new version this often at most, milliseconds. */
const CHECK_EVERY = 60 * 60_000;

/** Registers the service worker of the built page: offline use, isolation headers, notice of new versions. */
export async function startOffline(): Promise<void> {
  // Absent on insecure origins; in development a cached page would hide every change.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  if (crossOriginIsolated) forgetReload();
  // Not navigator.userActivation: programs that drive the page would set it by looking at it.
  let touched = false;
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(type, () => (touched = true), { once: true, capture: true });
  }
  try {
    const registration = await navigator.serviceWorker.register(`${import.meta.env.BASE_URL}service.worker.js`);
    watchForUpdates(registration);
    await reloadForIsolation(() => touched);
  } catch (error) {
    // Private windows of some browsers refuse; the page works without.
    console.warn('No offline use:', error);
  }
}

/** It worked: should a later load come without the headers (a reload past the cache), one more reload may follow. */
function forgetReload(): void {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // No session storage: nothing was remembered either.
  }
}

function watchForUpdates(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // Without a controller the worker that waits is the first one, not a new one.
    if (registration.waiting && navigator.serviceWorker.controller) set({ update: 'ready' });
  };
  const watch = (): void => registration.installing?.addEventListener('statechange', look);
  look();
  // An update may have been found before anybody listened.
  watch();
  registration.addEventListener('updatefound', watch);
  let checked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - checked < CHECK_EVERY) return;
    checked = Date.now();
    // Offline: next time.
    registration.update().catch(() => undefined);
  });
}

/**
 * On a host that sends no isolation headers, the service worker does from the next load on: one reload turns threads on,
 * at once and only on an untouched page. Where somebody was quicker, the next visit has them.
 */
async function reloadForIsolation(touched: () => boolean): Promise<void> {
  if (crossOriginIsolated) return;
  await navigator.serviceWorker.ready;
  // The first click or key may have opened the file dialog.
  if (touched() || isInUse(get()) || sessionStorage.getItem(RELOADED) !== null) return;
  sessionStorage.setItem(RELOADED, 'yes');
  location.reload();
}

const isInUse = ({ entries, opening, importing }: State): boolean =>
  entries.length > 0 || opening.length > 0 || importing.length > 0;

/** Puts the waiting version in the place of this one and reloads; asks to close other tabs where there are any. */
export async function applyUpdate(): Promise<void> {
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting;
  if (!waiting) {
    reload();
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'other-tabs') set({ update: 'other-tabs' });
    port1.close();
  });
  port1.start();
  waiting.postMessage('activate', [port2]);
}
