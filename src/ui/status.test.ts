import { describe, expect, it } from 'vitest';
import type { RunProgress, RunReport } from '../../contract/run.ts';
import { newEntry, type Entry } from '../state/entries.ts';
import type { Job } from '../state/job.ts';
import { infoOf, reportOf } from '../state/testing.ts';
import { countText, doneText, staleText, statusText, updateText } from './status.ts';

const recipe = [{ model: 'liif-edsr', scale: 2, quality: 'best' }] as const;
const ran = (...backends: string[]): RunReport =>
  ({
    ...reportOf('p', recipe),
    input: { width: 256, height: 170 },
    output: { width: 512, height: 340 },
    seconds: 3.14,
    steps: backends.map((name) => ({ backend: { name } })),
  }) as unknown as RunReport;
const entry = (job: Job): Entry => ({ ...newEntry(infoOf('p')), job });
const progress = (part: Partial<RunProgress>): RunProgress =>
  ({ phase: 'restoring', step: 0, steps: 1, done: 12, total: 40, ...part }) as RunProgress;

describe('the status line', () => {
  it('says what was done, how long it took and on what', () => {
    expect(doneText(ran('webgpu'))).toBe('Done: 256 × 170 → 512 × 340 in 3.1 s on WebGPU');
    expect(doneText(ran('wasm-threads', 'wasm-threads'))).toMatch(/on WASM$/);
    expect(doneText(ran('webgpu', 'wasm'))).toMatch(/on WebGPU and WASM$/);
  });

  it('tells what an older result was made with', () => {
    const limpid = { owner: 'limpid', name: 'Limpid’s weights' };
    const theirs = { owner: 'authors', name: 'edsr-baseline-liif.pth' };
    const step = { modelName: 'LIIF-EDSR', task: 'enlarge', scale: 2.5, quality: 'fast', weights: limpid };
    const deblur = { modelName: 'MIMO-UNet+', task: 'deblur', scale: 1, quality: 'best', weights: limpid };
    const made = (...steps: object[]): string => staleText({ ...ran(), steps } as unknown as RunReport);
    expect(made(step)).toContain('earlier result: LIIF-EDSR 2.5×, Fast. ');
    expect(made(deblur, { ...step, quality: 'best', weights: theirs })).toContain(
      'earlier result: MIMO-UNet+, then LIIF-EDSR 2.5×, edsr-baseline-liif.pth. ',
    );
  });

  it('names what is being opened first', () => {
    expect(statusText(undefined, ['a.png'])).toBe('Opening a.png…');
    expect(statusText(undefined, ['a.png', 'b.png'])).toBe('Opening 2 pictures…');
    expect(statusText(undefined, [])).toBe('');
  });

  it('does not change with every tile', () => {
    const at = (done: number) =>
      statusText(entry({ kind: 'running', recipe, id: 'a', progress: progress({ done }) }), []);
    expect(at(1)).toBe(at(39));
    expect(statusText(entry({ kind: 'running', recipe, id: 'a', progress: progress({ step: 1, steps: 2 }) }), [])).toBe(
      'Restoring, step 2 of 2',
    );
  });
});

describe('the count', () => {
  it('is in parts while restoring and in bytes while loading', () => {
    expect(countText(progress({}))).toBe('12 of 40 parts');
    expect(countText(progress({ done: 0, total: 1 }))).toBe('0 of 1 part');
    expect(countText(progress({ phase: 'loading', done: 1_200_000, total: 2_400_000 }))).toBe('1.2 MB of 2.4 MB');
    expect(countText(progress({ phase: 'proving' }))).toBe('');
    expect(countText(progress({ total: 0 }))).toBe('');
  });
});

it('a new version says what a reload takes away, in both of its states', () => {
  const lost = 'Reloading closes your pictures; results that you have not downloaded are lost.';
  for (const update of ['ready', 'other-tabs'] as const) {
    expect(updateText(update, true)).toContain(lost);
    expect(updateText(update, false)).not.toContain('lost');
  }
  expect(updateText('other-tabs', true)).toContain('Close its other tabs first');
});
