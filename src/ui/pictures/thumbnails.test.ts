import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { newEntry } from '../../state/entries.ts';
import { INITIAL, set, useLimpid } from '../../state/store.ts';
import { infoOf } from '../../state/testing.ts';
import { startThumbnails } from './thumbnails.ts';

const tile = vi.hoisted(() => vi.fn<() => Promise<unknown>>());
vi.mock('../../state/run.ts', () => ({ tile }));

const bitmap = (): Result<ImageBitmap> => ok({ close: () => undefined } as ImageBitmap);
const crashed = () => fail('worker-crashed', 'Crashed.');
/** Something about the pictures has changed. */
const change = () => set(({ entries }) => ({ entries: entries.map((entry) => ({ ...entry })) }));

let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  tile.mockReset();
  useLimpid.setState(INITIAL, true);
  stop = startThumbnails();
});
afterEach(() => {
  set({ entries: [] });
  stop();
  vi.useRealTimers();
});

it('asks once for a thumbnail that comes', async () => {
  tile.mockImplementation(async () => Promise.resolve(bitmap()));
  set({ entries: [newEntry(infoOf('a'))] });
  await vi.advanceTimersByTimeAsync(10_000);
  change();
  expect(tile).toHaveBeenCalledTimes(1);
});

it('asks again for one that failed, but not at every change', async () => {
  tile.mockResolvedValueOnce(crashed()).mockImplementation(async () => Promise.resolve(bitmap()));
  set({ entries: [newEntry(infoOf('a'))] });
  await vi.advanceTimersByTimeAsync(100);
  change();
  change();
  expect(tile).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2000);
  change();
  change();
  expect(tile).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(10_000);
  change();
  expect(tile).toHaveBeenCalledTimes(2);
});
