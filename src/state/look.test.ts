import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ok } from '../../contract/result.ts';
import { openFiles, selectPicture } from './open.ts';
import { provideVisiblePart, restore, type VisiblePart } from './run.ts';
import { start } from './start.ts';
import { get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine, reportOf } from './testing.ts';

const held = vi.hoisted(() => ({ engine: undefined as unknown }));
vi.mock('../engine/index.ts', () => ({
  get engine() {
    return held.engine;
  },
}));

let engine: FakeEngine;
let view: VisiblePart = { x: 0, y: 0, width: 1, height: 1 };

beforeEach(async () => {
  vi.useFakeTimers();
  engine = new FakeEngine();
  held.engine = engine;
  useLimpid.setState(INITIAL, true);
  view = { x: 0, y: 0, width: 1, height: 1 };
  provideVisiblePart(() => ({ ...view }));
  await start();
});
afterEach(() => {
  provideVisiblePart(() => null);
  vi.useRealTimers();
});

it('tells the run what is on screen when that has changed, twice a second at most, and no longer than it lasts', async () => {
  await openFiles(['a.png', 'b.png'].map((name) => ({ blob: new Blob(['x']), name })));
  useLimpid.setState({ everyPicture: false });
  restore();
  await vi.advanceTimersByTimeAsync(2000);
  const [run] = engine.runs;
  expect(run?.request.view).toEqual(view);
  expect(engine.looked).toEqual([]);

  for (let moved = 1; moved <= 20; moved += 1) {
    view = { x: moved / 40, y: 0, width: 0.5, height: 0.5 };
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(engine.looked.map(([job]) => job)).toEqual([run?.job, run?.job]);
  expect(engine.looked.at(-1)?.[1]).toEqual(view);

  // Another picture is shown: what is on screen of that is no concern of this run.
  const [first, second] = get().entries;
  selectPicture(second?.id ?? '');
  view = { x: 0, y: 0, width: 0.1, height: 0.1 };
  await vi.advanceTimersByTimeAsync(2000);
  expect(engine.looked).toHaveLength(2);
  selectPicture(first?.id ?? '');
  await vi.advanceTimersByTimeAsync(2000);
  expect(engine.looked).toHaveLength(3);

  run?.end(ok(reportOf(run.request.picture, run.request.recipe)));
  await vi.advanceTimersByTimeAsync(10);
  view = { x: 0.5, y: 0.5, width: 0.1, height: 0.1 };
  await vi.advanceTimersByTimeAsync(2000);
  expect(engine.looked).toHaveLength(3);
});
