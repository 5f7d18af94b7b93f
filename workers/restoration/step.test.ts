import { describe, expect, it, vi } from 'vitest';
import type { LoadableModel, Planar } from '../../contract/inference-api.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { Rect } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import type { RunProgress } from '../../contract/run.ts';
import { createStore } from '../picture/store.ts';
import type { HostPool } from './host-pool.ts';
import { ProgressMeter } from './progress.ts';
import { storeSource } from './source.ts';
import { planStep, type StepJob } from './step-plan.ts';
import { runStep } from './step.ts';

const SIDE = 64;

const manifest = (pipeline: Manifest['pipeline']): Manifest =>
  ({
    id: 'liif-edsr',
    name: 'A model',
    pipeline,
    network: pipeline === 'liif' ? 'liif-edsr' : 'mimo-unet',
    task: pipeline === 'liif' ? 'enlarge' : 'deblur',
    multiple: 4,
    halo: 8,
    compute: { macPerInputPixel: 1, macPerOutputPixel: 1, bytesPerInputPixel: 1, bytesPerOutputPixel: 16 },
  }) as Manifest;

function jobOf(pipeline: Manifest['pipeline'], scale: number): Omit<StepJob, 'work'> {
  const store = createStore(SIDE, SIDE, 8, 'srgb');
  const model = manifest(pipeline);
  return {
    index: 0,
    step: { model: model.id, scale, quality: 'best' },
    model: {
      shown: model,
      manifest: model,
      weights: { id: 'limpid', name: '', owner: 'limpid', sha256: '' },
      load: () => Promise.resolve({} as LoadableModel),
    },
    source: storeSource(store, false),
    sink: { write: () => undefined },
    output: { width: SIDE * scale, height: SIDE * scale },
    backends: [{ name: 'wasm', device: '1 thread', reason: null }],
    // The whole picture fits one window, a quarter of it one call of the decoder.
    budgetFor: () => ({ bytes: SIDE * SIDE * 16, macs: 1e9 }),
    view: () => undefined,
  };
}

interface Watched {
  /** No earlier run has left the network loaded. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
  readonly onPart?: (part: Rect) => void;
  readonly counts?: { answered: number; ended: number; loaded?: number };
}

/**
 * Runs a step on a network that gives back what it gets, whether it is to stop or not; its first calls fail. `counts` counts
 * what it was asked, `onPart` hears of each finished part.
 */
async function run(
  job: Omit<StepJob, 'work'>,
  failures: LimpidError[],
  {
    fresh = false,
    signal = new AbortController().signal,
    onPart = () => undefined,
    counts = { answered: 0, ended: 0 },
  }: Watched = {},
) {
  const answer = async (planar: Planar): Promise<Planar> => {
    counts.answered += 1;
    const failure = failures.shift();
    if (failure) throw failure;
    return Promise.resolve(planar);
  };
  const host = {
    expect: () => undefined,
    imageToImage: answer,
    liifEncode: () => Promise.resolve(),
    liifDecode: ({ width, height }: Planar) => answer({ data: new Float32Array(3), channels: 3, width, height }),
  };
  const loaded = { host, model: { device: '1 thread', proof: 0 } };
  const calls: string[] = [];
  let left = fresh ? null : loaded;
  const pool = {
    find: () => left,
    load: async (_model: unknown, _weights: string, backend: string) => {
      calls.push(`load on ${backend}`);
      counts.loaded = (counts.loaded ?? 0) + 1;
      return Promise.resolve(loaded);
    },
    end: () => {
      counts.ended += 1;
      left = null;
    },
    deviceLost: () => calls.push('lost'),
  } as unknown as HostPool;
  const events: string[] = [];
  const seen: RunProgress[] = [];
  const work = planStep(job);
  const meter = new ProgressMeter([work], (progress) => seen.push(progress));
  const { report } = await runStep({ ...job, work }, { pool, meter, signal, events, onPart });
  return { report, events, calls, last: seen.at(-1) };
}

const memory = (): LimpidError => new LimpidError('out-of-memory', 'Memory ran out.');

describe('what the report says of the tiles', () => {
  it('is the plan when nothing went wrong', async () => {
    const { report, events } = await run(jobOf('image-to-image', 1), []);
    expect(report).toMatchObject({ tiles: 1, tileSide: SIDE, halo: 0 });
    expect(events).toEqual([]);
  });

  it('is what was worked on after memory ran out', async () => {
    const { report, events, last } = await run(jobOf('image-to-image', 1), [memory()]);
    expect(report).toMatchObject({ tiles: 4, tileSide: 32, halo: 8 });
    expect(last).toMatchObject({ done: 4, total: 4 });
    expect(events).toEqual(['Memory ran out; the run continued in smaller tiles.']);
  });

  it('counts tiles of the input, as the plan does, however many parts they arrive in', async () => {
    const job = jobOf('liif', 2);
    expect(planStep(job)).toMatchObject({ tiles: 1, parts: 16 });
    const { report, last } = await run(job, []);
    expect(report).toMatchObject({ tiles: 1, halo: 0 });
    expect(last).toMatchObject({ done: 16, total: 16 });
  });
});

describe('a model that an earlier run has left', () => {
  const BOTH = [
    { name: 'webgpu', device: 'a GPU', reason: null },
    { name: 'wasm', device: '1 thread', reason: null },
  ] as const;
  const lost = (): LimpidError => new LimpidError('device-lost', 'The GPU was lost during the run.');
  const crash = (): LimpidError => new LimpidError('worker-crashed', 'The worker that runs the network crashed.');
  const onGpu = (pipeline: Manifest['pipeline'] = 'image-to-image') => ({ ...jobOf(pipeline, 1), backends: BOTH });

  it.each([
    ['The GPU was lost', lost],
    ['The worker that runs the network crashed', crash],
  ])('is loaded again on the same backend at its first failure: %s', async (what, failure) => {
    const { report, events, calls } = await run(onGpu(), [failure()]);
    expect(report.backend).toMatchObject({ name: 'webgpu', reason: null });
    expect(report.tiles).toBe(1);
    expect(events).toEqual([`${what}; the model was loaded again.`]);
    expect(calls).toEqual(['load on webgpu']);
  });

  it('is loaded again once: a GPU lost to this run as well is blamed', async () => {
    const { report, events, calls } = await run(onGpu(), [lost(), lost()]);
    expect(report.backend).toMatchObject({
      name: 'wasm',
      reason: 'The GPU was lost, so WASM (one thread) was used.',
    });
    expect(events).toEqual([
      'The GPU was lost; the model was loaded again.',
      'The GPU was lost; the run continued on WASM (one thread).',
    ]);
    expect(calls).toEqual(['load on webgpu', 'lost', 'load on wasm']);
  });

  it('has no other credit: one loaded for this run, or with a part finished, is blamed at once', async () => {
    const fresh = await run(onGpu(), [lost()], { fresh: true });
    expect(fresh.calls).toEqual(['load on webgpu', 'lost', 'load on wasm']);
    // The first band comes, the second meets the loss.
    const failures = [undefined, lost()] as unknown as LimpidError[];
    const later = await run({ ...onGpu('liif'), step: { model: 'liif-edsr', scale: 1, quality: 'best' } }, failures);
    expect(later.calls).toEqual(['lost', 'load on wasm']);
  });

  it('is not what a failed allocation is put down to', async () => {
    const { events } = await run(onGpu(), [memory()]);
    expect(events).toEqual(['Memory ran out; the run continued in smaller tiles.']);
  });
});

/** A quarter of the picture to a window, halo included. */
const quartered = (): Omit<StepJob, 'work'> => ({
  ...jobOf('image-to-image', 1),
  budgetFor: () => ({ bytes: (SIDE / 2) ** 2, macs: 1e9 }),
});

describe('the order of tiles', () => {
  it.each([
    [
      { x: 0, y: 0, width: 0.125, height: 0.125 },
      { x: 0, y: 0 },
    ],
    [
      { x: 0.875, y: 0.875, width: 0.125, height: 0.125 },
      { x: SIDE / 2, y: SIDE / 2 },
    ],
    [
      { x: 0.875, y: 0, width: 0.125, height: 0.125 },
      { x: SIDE / 2, y: 0 },
    ],
  ])('begins with what is on screen: %o', async (view, first) => {
    const parts: Rect[] = [];
    const job = { ...quartered(), view: () => view };
    await run(job, [], { onPart: (part) => parts.push(part) });
    expect(parts).toHaveLength(4);
    expect(parts[0]).toMatchObject(first);
  });

  it('follows what is on screen while the run goes on, through a fault too', async () => {
    const corners = [
      [0, 0],
      [1, 1],
      [0, 1],
      [1, 0],
    ] as const;
    const looks = corners.map(([x, y]) => ({ x: x * 0.875, y: y * 0.875, width: 0.125, height: 0.125 }));
    const parts: Rect[] = [];
    const job = { ...quartered(), view: () => looks[parts.length] };
    // The second tile fails, and the same backend gets the model anew.
    const failures = [undefined, new LimpidError('device-lost', 'The GPU was lost.')] as unknown as LimpidError[];
    const both = [...job.backends, ...job.backends];
    await run({ ...job, backends: both }, failures, { onPart: (part) => parts.push(part) });
    expect(parts.map(({ x, y }) => [x, y])).toEqual(corners.map(([x, y]) => [(x * SIDE) / 2, (y * SIDE) / 2]));
  });

  it('stays as it is where another picture is shown meanwhile', async () => {
    const parts: Rect[] = [];
    const view = { x: 0.875, y: 0.875, width: 0.125, height: 0.125 };
    const job = { ...quartered(), view: () => (parts.length === 0 ? view : undefined) };
    await run(job, [], { onPart: (part) => parts.push(part) });
    expect(new Set(parts.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
    expect(parts[0]).toMatchObject({ x: SIDE / 2, y: SIDE / 2 });
  });
});

describe('a cancel that comes between two calls', () => {
  /** Cancels when the first part is there; a network that never looks at the signal would answer all the same. */
  async function cancelled(job: Omit<StepJob, 'work'>): Promise<{ answered: number; ended: number }> {
    const stop = new AbortController();
    const counts = { answered: 0, ended: 0 };
    const ran = run(job, [], { signal: stop.signal, onPart: () => stop.abort(), counts });
    await expect(ran).rejects.toMatchObject({ code: 'cancelled' });
    return counts;
  }

  it('asks for no further band of the same tile, and leaves the model loaded', async () => {
    const job = jobOf('liif', 2);
    expect(planStep(job)).toMatchObject({ tiles: 1, parts: 16 });
    expect(await cancelled(job)).toEqual({ answered: 1, ended: 0 });
  });

  it('asks for no further tile', async () => {
    const job = quartered();
    expect(planStep(job).tiles).toBeGreaterThan(1);
    expect(await cancelled(job)).toEqual({ answered: 1, ended: 0 });
  });

  it('has no further model read, as that of a second step, or put in the place of the one that is loaded', async () => {
    const stop = new AbortController();
    const load = vi.fn(() => {
      stop.abort();
      return Promise.resolve({} as LoadableModel);
    });
    const job = jobOf('image-to-image', 1);
    const counts = { answered: 0, ended: 0, loaded: 0 };
    const begun = (): Promise<unknown> =>
      run({ ...job, model: { ...job.model, load } }, [], { fresh: true, signal: stop.signal, counts });
    await expect(begun()).rejects.toMatchObject({ code: 'cancelled' });
    expect(load).toHaveBeenCalledTimes(1);
    await expect(begun()).rejects.toMatchObject({ code: 'cancelled' });
    expect(load).toHaveBeenCalledTimes(1);
    expect(counts).toEqual({ answered: 0, ended: 0, loaded: 0 });
  });
});
