import { afterEach, beforeEach, expect, it } from 'vitest';
import { batchText, startBatchNews } from './batch.ts';
import { newEntry, type Entry } from './entries.ts';
import type { Job } from './job.ts';
import { get, INITIAL, set, useLimpid } from './store.ts';
import { infoOf } from './testing.ts';

const entry = (name: string, kind: Job['kind']): Entry => ({
  ...newEntry(infoOf(name, name)),
  job: { kind, recipe: [], error: { code: 'internal', message: 'No.' } } as unknown as Job,
});
const show = (...kinds: readonly Job['kind'][]) =>
  set({ entries: kinds.map((kind, index) => entry(`${'abc'[index] ?? ''}.jpg`, kind)) });

let stop: () => void;
beforeEach(() => {
  useLimpid.setState({ ...INITIAL, selected: 'a.jpg' }, true);
  stop = startBatchNews();
});
afterEach(() => stop());

it('counts what was restored and names what failed', () => {
  const many = (count: number, kind: Job['kind']) =>
    Array.from({ length: count }, (_, index) => entry(`${String(index)}.png`, kind));
  expect(batchText(many(30, 'done'))).toBe('All 30 pictures restored.');
  expect(batchText(many(2, 'done'))).toBe('Both pictures restored.');
  expect(batchText([...many(28, 'done'), entry('a.jpg', 'failed'), entry('b.tif', 'failed')])).toBe(
    '28 of 30 pictures restored; 2 failed: a.jpg, b.tif.',
  );
  expect(batchText([...many(2, 'done'), entry('a.jpg', 'cancelled')])).toBe('2 of 3 pictures restored.');
  expect(batchText(many(7, 'failed'))).toBe(
    '0 of 7 pictures restored; 7 failed: 0.png, 1.png, 2.png, 3.png, 4.png and 2 more.',
  );
  expect(batchText(many(3, 'cancelled'))).toBe('');
});

it('speaks once, when the last picture has ended, and of this batch only', () => {
  show('running', 'queued', 'done');
  show('failed', 'running', 'done');
  expect(get().notice).toBeNull();
  show('failed', 'done', 'done');
  expect(get().notice).toMatchObject({ place: 'run', text: '1 of 2 pictures restored; 1 failed: a.jpg.' });
  set({ notice: null });
  show('failed', 'done', 'done');
  expect(get().notice).toBeNull();
});

it('speaks of a single picture only when another one is shown', () => {
  show('running', 'idle');
  show('done', 'idle');
  expect(get().notice).toBeNull();
  show('done', 'running');
  show('done', 'failed');
  expect(get().notice?.text).toBe('b.jpg could not be restored.');
});
