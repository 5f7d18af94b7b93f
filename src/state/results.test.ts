import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import type { ImportedWeights, ModelState, NewImport } from '../../contract/worker-api.ts';
import { chooseEveryPicture, chooseScale } from './choose.ts';
import { coverageOf } from './layers.ts';
import { isAtStake } from './leave.ts';
import { reportText } from './notice.ts';
import { openFiles, selectPicture } from './open.ts';
import { removePicture } from './remove.ts';
import { cancelAll, restore, restoreUnlessFresh } from './run.ts';
import { download } from './save.ts';
import { loadModels, start } from './start.ts';
import { chosenFiles, get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine, modelStates, reportOf } from './testing.ts';
import { importWeights } from './weights.ts';

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

/** The run that is on, and the one that begins anew after it. */
async function crashTwice(): Promise<void> {
  for (const at of [1, 2]) {
    engine.crash();
    engine.runs[at]?.end(fail('worker-crashed', 'Crashed.'));
    await settled();
  }
}

it('are lost with the worker, are not shown or offered after it, and are made again', async () => {
  const [a, b] = get().entries;
  expect(a?.result).not.toBeNull();
  selectPicture(b?.id ?? '');
  restore();
  await settled();
  await crashTwice();
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
  await crashTwice();
  expect(coverageOf(get().entries[0]?.id ?? '')).toBeUndefined();
});

it('are made by a run that begins anew by itself when the worker crashes, and its report says so', async () => {
  restore();
  await settled();
  engine.crash();
  engine.runs[1]?.end(fail('worker-crashed', 'Crashed.'));
  await settled();
  const [, first, second] = engine.runs;
  expect(second?.request).toEqual(first?.request);
  expect(get().entries[0]?.job.kind).toBe('running');
  if (second !== undefined) second.end(ok(reportOf(second.request.picture, second.request.recipe)));
  await settled();
  expect(get().entries[0]?.job.kind).toBe('done');
  expect(get().entries[0]?.result?.report.events[0]).toMatch(/crashed, and the run began anew/u);
});

it('are not made anew when the run was being cancelled as the worker crashed', async () => {
  restore();
  await settled();
  vi.spyOn(engine, 'cancel').mockResolvedValueOnce();
  const cancelling = cancelAll();
  engine.crash();
  engine.runs[1]?.end(fail('worker-crashed', 'Crashed.'));
  await cancelling;
  await settled();
  expect(engine.runs).toHaveLength(2);
  expect(get().entries[0]?.job.kind).toBe('cancelled');
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
  restoreUnlessFresh();
  await settled();
  expect(get().entries[0]?.job.kind).toBe('done');
  chooseScale(3);
  restoreUnlessFresh();
  await settled();
  expect(get().entries.map(({ job }) => job.kind)).toEqual(['running', 'idle']);
  engine.runs[1]?.end(ok(reportOf(engine.runs[1].request.picture, engine.runs[1].request.recipe)));
  await settled();
  // Of all pictures only the one without a result is left to do.
  chooseEveryPicture(true);
  restoreUnlessFresh();
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

describe('weights that a crash takes along where the browser gives no storage', () => {
  const mine = { id: 'mine', name: 'mine.pth', model: 'liif-edsr' } as ImportedWeights;
  const withMine = (): ModelState[] =>
    modelStates().map((state) =>
      state.manifest.id === 'liif-edsr' ? { ...state, weights: [mine], chosen: 'mine' } : state,
    );
  const chosen = () => chosenFiles(get()).map(({ name }) => name);
  const LOST = 'the imported weights “mine.pth” were lost with it';

  beforeEach(async () => {
    vi.spyOn(engine, 'models').mockResolvedValueOnce(ok(withMine()));
    await loadModels();
    expect(chosen()).toEqual(['mine.pth']);
  });

  it('are not shown as chosen any more, and their loss is told beside the results’', async () => {
    engine.crash();
    await settled();
    expect(chosen()).toEqual([]);
    expect(get().notice).toMatchObject({ place: 'run', tone: 'error', loss: true });
    expect(get().notice?.text).toContain('finished results were lost');
    expect(get().notice?.text).toContain(LOST);
  });

  it('are told of beside what else the crash ended', async () => {
    for (const { id } of get().entries) await removePicture(id);
    engine.crash();
    reportText('open', 'error', 'It crashed while it read “huge.tif”.');
    await settled();
    expect(get().notice?.text).toMatch(new RegExp(`${LOST}.* It crashed while it read “huge\\.tif”\\.$`, 'u'));
  });

  it('are not spoken of where they are stored', async () => {
    for (const { id } of get().entries) await removePicture(id);
    vi.spyOn(engine, 'models').mockResolvedValueOnce(ok(withMine()));
    engine.crash();
    await settled();
    expect(chosen()).toEqual(['mine.pth']);
    expect(get().notice).toBeNull();
  });

  it('are asked for once: a worker that dies of the question is not asked again', async () => {
    const models = vi.spyOn(engine, 'models').mockImplementation(async () => {
      engine.crash();
      return Promise.resolve(fail('worker-crashed', 'Crashed.'));
    });
    models.mockClear();
    engine.crash();
    await settled();
    expect(models).toHaveBeenCalledTimes(1);
    expect(get().models.kind).toBe('failed');
  });
});

it.each([
  [true, 'mine.pth is on this device now; liif-edsr uses it from the next run on.'],
  [
    false,
    'mine.pth was read; liif-edsr uses it from the next run on, until this page is closed or reloaded: this browser gives Limpid no storage here.',
  ],
])('an import says where its weights are; lasting: %s', async (lasting, text) => {
  const mine = { id: 'mine', name: 'mine.pth', model: 'liif-edsr', lasting } as NewImport;
  vi.spyOn(engine, 'importWeights').mockResolvedValueOnce(ok(mine));
  await importWeights(new Blob(['x']), 'mine.pth');
  expect(get().notice).toEqual({ place: 'weights', tone: 'note', text });
});

it('of two imports at once the second is still named when the first has ended', async () => {
  const end: (() => void)[] = [];
  vi.spyOn(engine, 'importWeights').mockImplementation(
    (_, name) => new Promise((resolve) => end.push(() => resolve(fail('unknown-network', `“${name}” is not known.`)))),
  );
  const imports = ['one.pth', 'two.pth', 'two.pth'].map((name) => importWeights(new Blob(['x']), name));
  expect(get().importing).toEqual(['one.pth', 'two.pth', 'two.pth']);
  end[0]?.();
  await imports[0];
  expect(get().importing).toEqual(['two.pth', 'two.pth']);
  end[1]?.();
  await imports[1];
  expect(get().importing).toEqual(['two.pth']);
  end[2]?.();
  await imports[2];
  expect(get().importing).toEqual([]);
});
