import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import {
  chooseEveryPicture,
  chooseExample,
  chooseQuality,
  chooseRecommended,
  chooseScale,
  closeExample,
} from './choose.ts';
import { coverageOf } from './layers.ts';
import { openFiles, selectPicture } from './open.ts';
import { removePicture } from './remove.ts';
import { cancelAll, cancelPicture, queueShown, restore } from './run.ts';
import { start, startLookingAgain } from './start.ts';
import { chosenWeights, get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine, infoOf, modelStates, reportOf, type FakeRun } from './testing.ts';

const held = vi.hoisted(() => ({ engine: undefined as unknown }));
vi.mock('../engine/index.ts', () => ({
  get engine() {
    return held.engine;
  },
}));

let engine: FakeEngine;

beforeEach(async () => {
  engine = new FakeEngine();
  held.engine = engine;
  useLimpid.setState(INITIAL, true);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  await start();
});

const file = (name: string) => ({ blob: new Blob(['x']), name });
const open = (...names: string[]) => openFiles(names.map(file));
const states = () => get().entries.map((entry) => entry.job.kind);
const settled = () => new Promise((resolve) => setTimeout(resolve));
const finish = (run: FakeRun | undefined) => run?.end(ok(reportOf(run.request.picture, run.request.recipe)));

describe('opening', () => {
  it('shows the first good picture and names the bad ones once', async () => {
    await open('bad.txt', 'a.png', 'b.png', 'bad too.png');
    expect(get().entries.map((entry) => entry.info.name)).toEqual(['a.png', 'b.png']);
    expect(get().selected).toBe(get().entries[0]?.id);
    expect(get().notice).toMatchObject({ place: 'open', tone: 'error' });
    expect(get().notice?.text).toContain('bad.txt');
    expect(get().notice?.text).toContain('bad too.png');
    expect(get().opening).toEqual([]);
  });

  it('changes nothing else when nothing could be opened', async () => {
    await open('a.png');
    const before = get();
    await open('bad.txt');
    expect(get().entries).toBe(before.entries);
    expect(get().selected).toBe(before.selected);
  });

  it('hands checkpoints to the importer', async () => {
    await open('edsr-baseline-liif.PTH');
    expect(get().entries).toEqual([]);
    expect(get().notice?.text).toContain('no network of ours');
  });

  it('tells of every refused file, pictures and checkpoints alike', async () => {
    await open('bad.jpg', 'one.pth', 'two.pth');
    expect(get().notice).toMatchObject({ place: 'open', tone: 'error' });
    for (const name of ['bad.jpg', 'one.pth', 'two.pth']) expect(get().notice?.text).toContain(name);
  });

  it('an example question leaves the settings alone until its model is wanted', () => {
    const { settings } = get();
    chooseExample('004');
    expect(get()).toMatchObject({ seed: '004', settings });
    closeExample();
    expect(get()).toMatchObject({ seed: null, settings });
    chooseRecommended('004', 'liif-rdn', 4);
    expect(get()).toMatchObject({ seed: '004', settings: { ...settings, model: 'liif-rdn', scale: 4 } });
  });

  it('ends an example question when the picture brings its own model', async () => {
    chooseRecommended('000', 'mssnet-realblur-r', null);
    await openFiles([file('bad.png')], { model: 'liif-edsr' });
    await open('a.png');
    expect(get()).toMatchObject({ seed: '000', settings: { model: 'mssnet-realblur-r' } });
    await openFiles([file('diagram.png')], { model: 'liif-edsr' });
    expect(get()).toMatchObject({ seed: null, settings: { model: 'liif-edsr' } });
  });

  it('shows the second when the first was removed before that was opened, and counts both until the end', async () => {
    const opened = vi.spyOn(engine, 'open');
    opened.mockImplementationOnce(async (id, _, name) => ok(infoOf(id, name)));
    let finishSecond = (): void => undefined;
    opened.mockImplementationOnce(async (id, _, name) => {
      await new Promise<void>((resolve) => (finishSecond = resolve));
      return ok(infoOf(id, name));
    });
    const all = open('a.png', 'b.png');
    await settled();
    expect(get().opening).toEqual(['a.png', 'b.png']);
    await removePicture(get().selected ?? '');
    expect(get()).toMatchObject({ entries: [], selected: null });
    finishSecond();
    await all;
    expect(get().entries.map((entry) => entry.info.name)).toEqual(['b.png']);
    expect(get().selected).toBe(get().entries[0]?.id);
    expect(get().opening).toEqual([]);
  });

  it('means all of the pictures dropped together, and one that came alone', async () => {
    await open('a.png', 'b.png');
    expect(get().everyPicture).toBe(true);
    await open('c.png');
    expect(get().everyPicture).toBe(false);
  });
});

describe('the queue', () => {
  it('works through all pictures, the shown one first, and one failing does not stop the rest', async () => {
    await open('a.png', 'b.png', 'c.png');
    selectPicture(get().entries[1]?.id ?? '');
    restore();
    await settled();
    expect(states()).toEqual(['queued', 'running', 'queued']);
    engine.runs[0]?.end(fail('out-of-memory', 'Too large for this browser.'));
    await settled();
    expect(states()).toEqual(['running', 'failed', 'queued']);
    finish(engine.runs[1]);
    await settled();
    finish(engine.runs[2]);
    await settled();
    expect(states()).toEqual(['done', 'failed', 'done']);
    expect(get().entries[2]?.result?.report.output).toEqual({ width: 60, height: 40 });
  });

  it('leaves out what is done with this recipe already', async () => {
    await open('a.png', 'b.png');
    chooseEveryPicture(false);
    restore();
    await settled();
    finish(engine.runs[0]);
    await settled();
    selectPicture(get().entries[1]?.id ?? '');
    chooseEveryPicture(true);
    restore();
    await settled();
    expect(states()).toEqual(['done', 'running']);
    expect(engine.runs).toHaveLength(2);
  });

  it('takes one more picture without making the finished ones anew', async () => {
    await open('a.png', 'b.png', 'c.png');
    restore();
    await settled();
    finish(engine.runs[0]);
    await settled();
    chooseScale(3);
    // The second is being worked on, the third is not wanted any more.
    await cancelPicture(get().entries[2]?.id ?? '');
    selectPicture(get().entries[2]?.id ?? '');
    expect(get().everyPicture).toBe(true);
    queueShown();
    await settled();
    expect(states()).toEqual(['done', 'running', 'queued']);
    expect(get().entries[2]?.job).toMatchObject({ recipe: [{ scale: 3 }] });
  });

  it('is emptied by cancel, and can be started again at once', async () => {
    await open('a.png', 'b.png');
    restore();
    await settled();
    await cancelAll();
    await settled();
    expect(states()).toEqual(['cancelled', 'cancelled']);
    expect(engine.runs).toHaveLength(1);
    restore();
    await settled();
    expect(states()).toEqual(['running', 'queued']);
  });

  it('never starts what was cancelled while it was planned', async () => {
    await open('a.png');
    restore();
    await cancelAll();
    await settled();
    expect(states()).toEqual(['cancelled']);
    expect(engine.runs).toHaveLength(0);
  });

  it('does not run what the plan refuses, and keeps the earlier result', async () => {
    await open('a.png');
    restore();
    await settled();
    finish(engine.runs[0]);
    await settled();
    const id = get().entries[0]?.id ?? '';
    const coverage = coverageOf(id);
    engine.planFailure = fail('too-much-memory', 'Too large.');
    restore();
    await settled();
    expect(states()).toEqual(['failed']);
    expect(get().entries[0]?.result).not.toBeNull();
    expect(coverageOf(id)).toBe(coverage);
    expect(engine.runs).toHaveLength(1);
  });
});

describe('weights that are chosen while pictures wait', () => {
  /** The same files for a model from now on, as an import or another tab leaves them. */
  const choose = (weights: string): void => {
    const list = modelStates().map((state) =>
      state.manifest.id === 'liif-edsr' ? { ...state, chosen: weights } : state,
    );
    vi.spyOn(engine, 'models').mockResolvedValue(ok(list));
  };

  it('are those that the next picture is run with and that the page names; what they may not do is not asked of them', async () => {
    await open('a.png', 'b.png');
    chooseQuality('fast');
    restore();
    await settled();
    expect(engine.runs[0]?.request).toMatchObject({
      recipe: [{ quality: 'fast' }],
      weights: { 'liif-edsr': 'limpid' },
    });
    choose('mine');
    finish(engine.runs[0]);
    await settled();
    expect(engine.runs[1]?.request).toMatchObject({ recipe: [{ quality: 'best' }], weights: { 'liif-edsr': 'mine' } });
    expect(get().entries.map(({ job }) => job)).toMatchObject([
      { kind: 'done', recipe: [{ quality: 'fast' }] },
      { kind: 'running', recipe: [{ quality: 'best' }] },
    ]);
    expect(chosenWeights(get())['liif-edsr']).toBe('mine');
  });

  it('are named when the page comes into sight again', async () => {
    const page = Object.assign(new EventTarget(), { hidden: true });
    vi.stubGlobal('document', page);
    startLookingAgain();
    choose('mine');
    page.dispatchEvent(new Event('visibilitychange'));
    await settled();
    expect(chosenWeights(get())['liif-edsr']).toBe('limpid');
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    await settled();
    expect(chosenWeights(get())['liif-edsr']).toBe('mine');
    vi.unstubAllGlobals();
  });
});

describe('the growing result', () => {
  it('is known part by part, whole at the end, and as before after a cancel', async () => {
    await open('a.png');
    restore();
    await settled();
    const id = get().entries[0]?.id ?? '';
    expect(coverageOf(id)).toMatchObject({ size: { width: 60, height: 40 }, arrivals: [] });
    engine.runs[0]?.delegate.onTile({ x: 0, y: 0, width: 32, height: 32 }, { width: 60, height: 40 });
    expect(coverageOf(id)?.arrivals).toHaveLength(1);
    finish(engine.runs[0]);
    await settled();
    const whole = coverageOf(id);
    expect(whole?.arrivals).toEqual([{ rect: { x: 0, y: 0, width: 60, height: 40 }, sequence: 2 }]);
    restore();
    await settled();
    expect(coverageOf(id)?.run).not.toBe(whole?.run);
    await cancelAll();
    await settled();
    expect(coverageOf(id)).toBe(whole);
  });

  it('takes no part that comes after its run has ended', async () => {
    await open('a.png');
    restore();
    await settled();
    const id = get().entries[0]?.id ?? '';
    finish(engine.runs[0]);
    await settled();
    const whole = coverageOf(id);
    chooseScale(3);
    restore();
    await settled();
    await cancelAll();
    await settled();
    const late = engine.runs[1]?.delegate;
    late?.onTile({ x: 0, y: 0, width: 32, height: 32 }, { width: 90, height: 60 });
    expect(coverageOf(id)).toBe(whole);
    restore();
    await settled();
    late?.onTile({ x: 0, y: 0, width: 32, height: 32 }, { width: 90, height: 60 });
    expect(coverageOf(id)?.arrivals).toEqual([]);
  });
});
