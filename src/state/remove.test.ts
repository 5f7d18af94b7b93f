import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import type { RunPlan } from '../../contract/run.ts';
import { chooseEveryPicture, chooseScale } from './choose.ts';
import { coverageOf } from './layers.ts';
import { openFiles, selectPicture } from './open.ts';
import { lastRemoval, removeAll, removePicture, undoRemoval } from './remove.ts';
import { cancelAll, restore } from './run.ts';
import { start } from './start.ts';
import { get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine, reportOf } from './testing.ts';
import { emptyTrash } from './trash.ts';

const held = vi.hoisted(() => ({ engine: undefined as unknown }));
vi.mock('../engine/index.ts', () => ({
  get engine() {
    return held.engine;
  },
}));

let engine: FakeEngine;
const settled = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const ids = () => get().entries.map((entry) => entry.id);
const states = () => get().entries.map((entry) => entry.job.kind);

async function finish(index: number): Promise<void> {
  const run = engine.runs[index];
  run?.end(ok(reportOf(run.request.picture, run.request.recipe)));
  await settled();
}

/** Three pictures, the first of them shown. */
beforeEach(async () => {
  engine = new FakeEngine();
  held.engine = engine;
  useLimpid.setState(INITIAL, true);
  await start();
  await openFiles(['a.png', 'b.png', 'c.png'].map((name) => ({ blob: new Blob(['x']), name })));
});

it('ends the work, lets the next picture run and shows a neighbour', async () => {
  restore();
  await settled();
  const [a = '', b] = ids();
  await removePicture(a);
  await settled();
  expect(get().selected).toBe(b);
  expect(states()).toEqual(['running', 'queued']);
  expect(coverageOf(a)).toBeUndefined();
});

it('removes all in one go without starting another run, and one undo brings all back as they were', async () => {
  chooseEveryPicture(true);
  const [a = '', b = '', c = ''] = ids();
  selectPicture(c);
  await removePicture(b);
  selectPicture(a);
  restore();
  await settled();
  expect(states()).toEqual(['running', 'queued']);
  await removeAll();
  await settled();
  expect(get()).toMatchObject({ entries: [], selected: null });
  expect(engine.runs).toHaveLength(1);
  expect(lastRemoval(get().trash)).toHaveLength(2);
  undoRemoval();
  await settled();
  expect(ids()).toEqual([a, c]);
  expect(get().selected).toBe(a);
  expect(states()).toEqual(['running', 'queued']);
});

it('undone, brings pictures back in their places with their results, the last one first', async () => {
  restore();
  await settled();
  for (const index of [0, 1, 2]) await finish(index);
  const before = get();
  const [a = '', b = '', c] = ids();
  const coverage = coverageOf(a);
  selectPicture(b);
  await removePicture(a);
  await removePicture(b);
  expect([ids(), get().selected]).toEqual([[c], c]);
  undoRemoval();
  expect([ids(), get().selected]).toEqual([[b, c], b]);
  undoRemoval();
  expect([get().entries, get().selected]).toEqual([before.entries, b]);
  expect(coverageOf(a)).toBe(coverage);
  expect(get().trash).toEqual([]);
  undoRemoval();
  expect(get().entries).toEqual(before.entries);
  expect(engine.closed).toEqual([]);
});

it('undone, puts work that it ended back into the queue', async () => {
  restore();
  await settled();
  const [a = '', b = ''] = ids();
  await removePicture(a);
  await settled();
  await removePicture(b);
  await settled();
  undoRemoval();
  undoRemoval();
  expect(states()).toEqual(['queued', 'queued', 'running']);
  for (const index of [2, 3, 4]) await finish(index);
  expect(states()).toEqual(['done', 'done', 'done']);
});

it('undone, leaves work alone that the person was cancelling', async () => {
  chooseEveryPicture(false);
  restore();
  await settled();
  vi.spyOn(engine, 'cancel').mockResolvedValue(undefined);
  void cancelAll();
  expect(states()[0]).toBe('cancelling');
  const removing = removePicture(ids()[0] ?? '');
  engine.runs[0]?.end(fail('cancelled', 'The run was cancelled.'));
  await removing;
  undoRemoval();
  expect(states()).toEqual(['cancelled', 'idle', 'idle']);
});

it('waits for a plan that is being made, or an undo would start a second run beside it', async () => {
  let planned = (): void => undefined;
  vi.spyOn(engine, 'plan').mockImplementationOnce(async () => {
    await new Promise<void>((resolve) => (planned = resolve));
    return ok({ output: { width: 60, height: 40 } } as RunPlan);
  });
  restore();
  const [a = ''] = ids();
  const removing = removePicture(a);
  await settled();
  expect(ids()).toContain(a);
  planned();
  await removing;
  expect(ids()).not.toContain(a);
  undoRemoval();
  await settled();
  expect(engine.runs).toHaveLength(1);
});

it('pressed twice while the work ends, removes one picture once', async () => {
  restore();
  await settled();
  const [a = '', ...rest] = ids();
  await Promise.all([removePicture(a), removePicture(a)]);
  expect(ids()).toEqual(rest);
  expect(get().trash).toHaveLength(1);
});

it.each([
  ['another picture is opened', () => openFiles([{ blob: new Blob(['x']), name: 'd.png' }])],
  ['a run starts', async () => restore()],
  ['the worker has died', async () => engine.crash()],
])('frees the pixels when %s, and cannot be undone then', async (_, act) => {
  const [a = '', b = ''] = ids();
  await removePicture(a);
  await removePicture(b);
  expect(engine.closed).toEqual([]);
  await act();
  expect(engine.closed).toEqual([a, b]);
  const left = ids();
  undoRemoval();
  expect(ids()).toEqual(left);
});

describe('where there is no room beside removed pictures', () => {
  beforeEach(() => {
    vi.spyOn(engine, 'plan').mockImplementation(async () =>
      engine.closed.length === 0
        ? fail('too-much-memory', 'Remove some of them first.')
        : ok({ output: { width: 60, height: 40 } } as RunPlan),
    );
  });

  it('an estimate destroys nothing, and refuses nothing that a run could have', async () => {
    const [a = ''] = ids();
    await removePicture(a);
    chooseScale(4);
    await settled(200);
    expect(engine.closed).toEqual([]);
    expect(get().estimate).toEqual({ kind: 'none' });
    undoRemoval();
    expect(ids()).toContain(a);
    await settled(200);
    expect(get().estimate).toMatchObject({ kind: 'refused', error: { code: 'too-much-memory' } });
  });

  it('is asked again when they have gone for good', async () => {
    await removePicture(ids()[0] ?? '');
    await settled(200);
    emptyTrash();
    await settled(200);
    expect(get().estimate).toMatchObject({ kind: 'known' });
  });

  it('a run frees their pixels, also one that waited while they were removed', async () => {
    vi.mocked(engine.plan).mockResolvedValueOnce(ok({ output: { width: 60, height: 40 } } as RunPlan));
    restore();
    await settled();
    const [, b = ''] = ids();
    await removePicture(b);
    expect(engine.closed).toEqual([]);
    await finish(0);
    expect(engine.closed).toEqual([b]);
    expect(states()).toEqual(['done', 'running']);
  });
});
