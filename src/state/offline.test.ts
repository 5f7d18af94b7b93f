import { beforeEach, expect, it, vi } from 'vitest';
import { startOffline } from './offline.ts';
import { INITIAL, set, useLimpid } from './store.ts';

const reload = vi.fn();
const activation = { hasBeenActive: false };

/** A first visit to a host that sends no isolation headers; the service worker is ready at once. */
beforeEach(() => {
  reload.mockClear();
  activation.hasBeenActive = false;
  useLimpid.setState(INITIAL, true);
  vi.stubEnv('PROD', true);
  vi.stubGlobal('crossOriginIsolated', false);
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
  const serviceWorker = { register: async () => new EventTarget(), ready: Promise.resolve(), controller: null };
  vi.stubGlobal('navigator', { serviceWorker, userActivation: activation });
});

it('reloads an untouched page once, for isolation', async () => {
  await startOffline();
  expect(reload).toHaveBeenCalledOnce();
});

it.each([
  ['weights are being read', () => set({ importing: 'mine.pth' })],
  ['a picture is being read', () => set({ opening: ['a.png'] })],
  ['the person has pressed something, perhaps Choose image', () => void (activation.hasBeenActive = true)],
])('does not reload when %s', async (_, act) => {
  act();
  await startOffline();
  expect(reload).not.toHaveBeenCalled();
});
