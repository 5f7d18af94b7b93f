import { beforeEach, expect, it, vi } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import { chooseEveryPicture, chooseScale } from './choose.ts';
import { coverageOf } from './layers.ts';
import { isAtStake } from './leave.ts';
import { openFiles, selectPicture } from './open.ts';
import { removePicture } from './remove.ts';
import { restore, restoreChanged } from './run.ts';
import { download } from './save.ts';
import { start } from './start.ts';
import { get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine, reportOf } from './testing.ts';

const held = vi.hoisted(() => ({ engine: undefined as unknown, offered: [] as string[] }));
vi.mock('../engine/index.ts', () => ({
  get engine() {
    return held.engine;
  },
}));
vi.mock('./offer.ts', () => ({ offer: (_: Blob, name: string) => held.offered.push(name) }));

let engine: FakeEngine;
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Two pictures, the first of them restored. */
beforeEach(async () => {
  engine = new FakeEngine();
  held.engine = engine;
  useLimpid.setState(INITIAL, true);
  await start();
  await openFiles(['a.png', 'b.png'].map((name) => ({ blob: new Blob(['x']), name })));
  chooseEveryPicture(false);
  restore();
  await settled();
  const [run] = engine.runs;
  run?.end(ok(reportOf(run.request.picture, run.request.recipe)));
  await settled();
});

it('are lost with the worker, are not shown or offered after it, and are made again', async () => {
  const [a, b] = get().entries;
  expect(a?.result).not.toBeNull();
  selectPicture(b?.id ?? '');
  restore();
  await settled();
  engine.crash();
  engine.runs[1]?.end(fail('worker-crashed', 'Crashed.'));
  await settled();
  expect(get().entries.map(({ result, job }) => [result, job.kind])).toEqual([
    [null, 'idle'],
    [null, 'failed'],
  ]);
  expect([coverageOf(a?.id ?? ''), coverageOf(b?.id ?? '')]).toEqual([undefined, undefined]);
  expect(get().notice).toMatchObject({ place: 'run', tone: 'error' });
  expect(get().notice?.text).toContain('press Restore to make the results again');
  chooseEveryPicture(true);
  restore();
  await settled();
  expect(get().entries.map(({ job }) => job.kind)).toEqual(['queued', 'running']);
});

it('of an earlier run of the same picture do not come back when a crash ends the next one', async () => {
  restore();
  await settled();
  engine.crash();
  engine.runs[1]?.end(fail('worker-crashed', 'Crashed.'));
  await settled();
  expect(coverageOf(get().entries[0]?.id ?? '')).toBeUndefined();
});

it.each([
  ['opens', 'huge.tif', () => vi.spyOn(engine, 'open')],
  ['imports', 'huge.pth', () => vi.spyOn(engine, 'importWeights')],
])('lost while a file %s are told of before what became of the file', async (_, name, spy) => {
  spy().mockImplementation(async () => {
    engine.crash();
    return fail('worker-crashed', `It crashed while it read “${name}”.`);
  });
  await openFiles([{ blob: new Blob(['x']), name }]);
  expect(get().notice?.text).toMatch(/finished results were lost .* It crashed while it read “huge\.\w+”\.$/u);
  expect(get().notice?.tone).toBe('error');
  selectPicture(get().entries[1]?.id ?? '');
  expect(get().notice).toBeNull();
});

it('lost in a download are told of, and not the one result alone', async () => {
  vi.spyOn(engine, 'encode').mockImplementation(async () => {
    engine.crash();
    return fail('worker-crashed', 'It crashed before the result was saved.');
  });
  await download();
  expect(get().notice?.text).toMatch(/finished results were lost .* before the result was saved\.$/u);
});

it('are not thrown away by Enter while nothing has changed, and are made anew by the button', async () => {
  restoreChanged();
  await settled();
  expect(get().entries[0]?.job.kind).toBe('done');
  chooseScale(3);
  restoreChanged();
  await settled();
  expect(get().entries.map(({ job }) => job.kind)).toEqual(['running', 'idle']);
  engine.runs[1]?.end(ok(reportOf(engine.runs[1].request.picture, engine.runs[1].request.recipe)));
  await settled();
  // Of all pictures only the one without a result is left to do.
  chooseEveryPicture(true);
  restoreChanged();
  await settled();
  expect(get().entries.map(({ job }) => job.kind)).toEqual(['done', 'running']);
  restore();
  expect(get().entries.map(({ job }) => job.kind)).toEqual(['queued', 'running']);
});

it('that never were leave nothing to tell of a crash', async () => {
  await removePicture(get().entries[0]?.id ?? '');
  engine.crash();
  expect(get().notice).toBeNull();
});

it('are at stake until they are downloaded, and so is a run', async () => {
  expect(isAtStake(get())).toBe(true);
  await download();
  expect(get().notice?.tone).toBe('error');
  expect(isAtStake(get())).toBe(true);
  engine.encoded = ok({ blob: new Blob(['x']), name: 'a-2x.png', format: 'png', notes: [] });
  await download();
  expect(held.offered).toEqual(['a-2x.png']);
  expect(isAtStake(get())).toBe(false);
  restore();
  await settled();
  expect(isAtStake(get())).toBe(true);
});
