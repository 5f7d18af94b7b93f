import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import type { Recipe, RunProgress } from '../../contract/run.ts';
import { advance, IDLE, sameRecipe, type Job, type JobEvent } from './job.ts';
import { reportOf } from './testing.ts';

const recipe: Recipe = [{ model: 'liif-edsr', scale: 2, quality: 'best' }];
const progress = { fraction: 0.5 } as RunProgress;
const report = reportOf('p', recipe);

const play = (events: readonly JobEvent[], from: Job = IDLE): Job => events.reduce(advance, from);
const RUNNING = play([
  { kind: 'queue', recipe },
  { kind: 'plan', id: 'a' },
  { kind: 'run', recipe },
]);

describe('a job', () => {
  it('goes from queued over planning and running to done', () => {
    expect(RUNNING).toEqual({ kind: 'running', recipe, id: 'a', progress: null });
    const later = play([{ kind: 'progress', id: 'a', progress }], RUNNING);
    expect(later).toMatchObject({ kind: 'running', progress });
    expect(play([{ kind: 'end', id: 'a', result: ok(report) }], later)).toEqual({ kind: 'done', recipe, report });
  });

  it('is done by the recipe that it was run with, also where it waited with another', () => {
    const fast: Recipe = [{ ...recipe[0], quality: 'fast' }];
    const waited = play([
      { kind: 'queue', recipe: fast },
      { kind: 'plan', id: 'a' },
      { kind: 'run', recipe },
    ]);
    expect(play([{ kind: 'end', id: 'a', result: ok(report) }], waited)).toMatchObject({ kind: 'done', recipe });
  });

  it('fails with the reason', () => {
    const failure = fail('too-much-memory', 'Too large.');
    expect(play([{ kind: 'end', id: 'a', result: failure }], RUNNING)).toEqual({
      kind: 'failed',
      recipe,
      error: failure.error,
    });
  });

  it('is cancelled while it waits, at once', () => {
    expect(play([{ kind: 'queue', recipe }, { kind: 'cancel' }])).toEqual({ kind: 'cancelled', recipe });
  });

  it('is cancelled while it runs, when the arithmetic has stopped', () => {
    const stopping = play([{ kind: 'cancel' }], RUNNING);
    expect(stopping.kind).toBe('cancelling');
    expect(play([{ kind: 'end', id: 'a', result: fail('cancelled', '') }], stopping).kind).toBe('cancelled');
  });

  it('keeps a result that came before the cancel could', () => {
    expect(play([{ kind: 'cancel' }, { kind: 'end', id: 'a', result: ok(report) }], RUNNING).kind).toBe('done');
  });

  it('takes no news of another run', () => {
    expect(play([{ kind: 'progress', id: 'old', progress }], RUNNING)).toBe(RUNNING);
    expect(play([{ kind: 'end', id: 'old', result: ok(report) }], RUNNING)).toBe(RUNNING);
  });

  it('ignores what makes no sense in its state', () => {
    expect(play([{ kind: 'cancel' }])).toBe(IDLE);
    expect(play([{ kind: 'run', recipe }])).toBe(IDLE);
    expect(play([{ kind: 'queue', recipe }], RUNNING)).toBe(RUNNING);
    const stopping = play([{ kind: 'cancel' }], RUNNING);
    expect(play([{ kind: 'cancel' }], stopping)).toBe(stopping);
  });

  it('forgets a failure that was dismissed, but no result', () => {
    const failed = play([{ kind: 'end', id: 'a', result: fail('internal', '') }], RUNNING);
    expect(play([{ kind: 'dismiss' }], failed)).toBe(IDLE);
    const done = play([{ kind: 'end', id: 'a', result: ok(report) }], RUNNING);
    expect(play([{ kind: 'dismiss' }], done)).toBe(done);
    expect(play([{ kind: 'dismiss' }], RUNNING)).toBe(RUNNING);
  });

  it('can be queued again from every end', () => {
    for (const end of [ok(report), fail('internal', ''), fail('cancelled', '')]) {
      const ended = play([{ kind: 'end', id: 'a', result: end }], RUNNING);
      expect(play([{ kind: 'queue', recipe }], ended).kind).toBe('queued');
    }
  });
});

describe('sameRecipe', () => {
  it('compares every step', () => {
    expect(sameRecipe(recipe, [{ ...recipe[0] }])).toBe(true);
    expect(sameRecipe(recipe, [{ ...recipe[0], scale: 2.1 }])).toBe(false);
    expect(sameRecipe(recipe, [{ ...recipe[0], quality: 'fast' }])).toBe(false);
    expect(sameRecipe(recipe, [{ model: 'mimo-unet-plus', scale: 1, quality: 'best' }, recipe[0]])).toBe(false);
  });
});
