import { beforeEach, expect, it, vi } from 'vitest';
import { startOffline } from './offline.ts';
import { get, INITIAL, set, useLimpid } from './store.ts';

const reload = vi.fn();
let page: EventTarget;
let ready: () => void;

/** A first visit to a host that sends no isolation headers; the service worker is ready when a test says so. */
beforeEach(() => {
  reload.mockClear();
  page = new EventTarget();
  useLimpid.setState(INITIAL, true);
  vi.stubEnv('PROD', true);
  vi.stubGlobal('crossOriginIsolated', false);
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
  const active = new Promise<void>((resolve) => (ready = resolve));
  vi.stubGlobal('navigator', { serviceWorker: { register: async () => new EventTarget(), ready: active } });
});

it('reloads an untouched page once, for isolation', async () => {
  const started = startOffline();
  ready();
  await started;
  expect(reload).toHaveBeenCalledOnce();
});

it.each([
  ['weights are being read', () => set({ importing: ['mine.pth'] })],
  ['a picture is being read', () => set({ opening: ['a.png'] })],
  ['the person has pressed something, perhaps Choose image', () => page.dispatchEvent(new Event('pointerdown'))],
  ['the person has typed', () => page.dispatchEvent(new Event('keydown'))],
])('does not reload when %s', async (_, act) => {
  const started = startOffline();
  act();
  ready();
  await started;
  expect(reload).not.toHaveBeenCalled();
});

it.each([
  ['found before the page listened', true],
  ['found later', false],
])('offers a new version that was %s', async (_, early) => {
  const installing = new EventTarget();
  const registration = Object.assign(new EventTarget(), {
    installing: early ? installing : null,
    waiting: null as EventTarget | null,
  });
  const serviceWorker = {
    register: async () => Promise.resolve(registration),
    ready: Promise.resolve(),
    controller: {},
  };
  vi.stubGlobal('navigator', { serviceWorker });
  await startOffline();
  if (!early) {
    registration.installing = installing;
    registration.dispatchEvent(new Event('updatefound'));
  }
  expect(get().update).toBe('none');
  registration.waiting = installing;
  installing.dispatchEvent(new Event('statechange'));
  expect(get().update).toBe('ready');
});
