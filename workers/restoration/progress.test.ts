import { describe, expect, it } from 'vitest';
import type { RunProgress } from '../../contract/run.ts';
import { ProgressMeter } from './progress.ts';

function record(works: { macs: number; parts: number }[]): {
  meter: ProgressMeter;
  seen: RunProgress[];
  clock: { now: number };
} {
  const seen: RunProgress[] = [];
  const clock = { now: 0 };
  return {
    meter: new ProgressMeter(
      works,
      (p) => seen.push(p),
      () => clock.now,
    ),
    seen,
    clock,
  };
}

describe('ProgressMeter', () => {
  it('derives time left from the speed of this run', () => {
    const { meter, seen, clock } = record([{ macs: 1000, parts: 10 }]);
    meter.startStep();
    meter.part(0, 'liif-edsr', 'wasm', 0, 0, 100);
    expect(seen[0]?.secondsLeft).toBe(10);
    clock.now = 4;
    meter.part(0, 'liif-edsr', 'wasm', 5, 500, 100);
    expect(seen[1]).toMatchObject({ done: 5, total: 10, fraction: 0.5, secondsLeft: 4 });
  });

  it("leaves loading out of the time left and of the step's seconds", () => {
    const { meter, seen, clock } = record([{ macs: 4000, parts: 40 }]);
    meter.startStep();
    clock.now = 30;
    meter.loaded(30);
    meter.part(0, 'liif-edsr', 'wasm', 0, 0, null);
    clock.now = 31;
    meter.part(0, 'liif-edsr', 'wasm', 1, 100, null);
    expect(seen[1]?.secondsLeft).toBe(39);
    expect(meter.endStep(0)).toEqual({ macs: 100, seconds: 1 });
  });

  it('says nothing about time before anything was measured', () => {
    const { meter, seen } = record([{ macs: 1000, parts: 10 }]);
    meter.startStep();
    meter.part(0, 'liif-edsr', 'wasm', 0, 0, null);
    expect(seen[0]?.secondsLeft).toBeNull();
  });

  it('never falls when a fault makes the work longer', () => {
    const works = [{ macs: 1000, parts: 10 }];
    const { meter, seen } = record(works);
    meter.startStep();
    meter.part(0, 'liif-edsr', 'wasm', 6, 600, null);
    works[0] = Object.assign(works[0] ?? { macs: 0, parts: 0 }, { macs: 3000, parts: 30 });
    meter.part(0, 'liif-edsr', 'wasm', 7, 700, null);
    expect(seen.map((p) => p.fraction)).toEqual([0.6, 0.6]);
  });

  it('runs over two steps to one', () => {
    const { meter, seen } = record([
      { macs: 300, parts: 1 },
      { macs: 700, parts: 1 },
    ]);
    meter.startStep();
    meter.part(0, 'mimo-unet-plus', 'wasm', 1, 300, null);
    meter.endStep(0);
    meter.startStep();
    meter.part(1, 'liif-edsr', 'wasm', 1, 700, null);
    meter.endStep(1);
    meter.finishing(1, 'liif-edsr', 'wasm');
    expect(seen.map((p) => p.fraction)).toEqual([0.3, 1, 1]);
  });
});
