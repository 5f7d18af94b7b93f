import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startWakeLock } from './awake.ts';
import { newEntry } from './entries.ts';
import { set } from './store.ts';
import { infoOf } from './testing.ts';

class FakeLock {
  released = false;
  async release(): Promise<void> {
    this.released = true;
  }
}

let locks: FakeLock[] = [];
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const request = vi.fn<() => Promise<FakeLock>>();
const settled = () => new Promise((resolve) => setTimeout(resolve));
const held = () => locks.map((lock) => !lock.released);
const work = (kind: 'queued' | 'idle') =>
  set({ entries: [{ ...newEntry(infoOf('a')), job: { kind, recipe: [] } }] as never });
const show = (visibilityState: 'visible' | 'hidden') => {
  page.visibilityState = visibilityState;
  if (visibilityState === 'hidden') for (const lock of locks) lock.released = true;
  page.dispatchEvent(new Event('visibilitychange'));
};

beforeAll(() => {
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', {});
  expect(startWakeLock).not.toThrow();
  vi.stubGlobal('navigator', { wakeLock: { request } });
  startWakeLock();
});

beforeEach(() => {
  locks = [];
  request.mockReset().mockImplementation(async () => {
    const lock = new FakeLock();
    locks.push(lock);
    return lock;
  });
});

afterEach(async () => {
  work('idle');
  await settled();
});

it('keeps the screen on from the first waiting picture to the last, and again after the page was out of sight', async () => {
  expect(held()).toEqual([]);
  work('queued');
  await settled();
  expect(held()).toEqual([true]);
  show('hidden');
  await settled();
  expect(held()).toEqual([false]);
  show('visible');
  await settled();
  expect(held()).toEqual([false, true]);
  work('idle');
  await settled();
  expect(held()).toEqual([false, false]);
  show('visible');
  await settled();
  expect(held()).toHaveLength(2);
});

it('gives back what came after the work had ended', async () => {
  work('queued');
  work('idle');
  await settled();
  expect(held()).toEqual([false]);
});

it('is silent where the browser refuses', async () => {
  request.mockRejectedValueOnce(new DOMException('low battery', 'NotAllowedError'));
  work('queued');
  await settled();
  expect(held()).toEqual([]);
  show('visible');
  await settled();
  expect(held()).toEqual([true]);
});
