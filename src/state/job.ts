import type { Failure, Result } from '../../contract/result.ts';
import type { Recipe, RunProgress, RunReport } from '../../contract/run.ts';

/**
 * The work on one picture. `queued` waits its turn; `planning` asks the worker whether the run fits; `cancelling` waits
 * until the arithmetic has stopped. The last result of a picture lives beside its job, so a failed run loses nothing.
 */
export type Job =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued'; readonly recipe: Recipe }
  | { readonly kind: 'planning'; readonly recipe: Recipe; readonly id: string }
  | { readonly kind: 'running'; readonly recipe: Recipe; readonly id: string; readonly progress: RunProgress | null }
  | { readonly kind: 'cancelling'; readonly recipe: Recipe; readonly id: string; readonly progress: RunProgress | null }
  | { readonly kind: 'done'; readonly recipe: Recipe; readonly report: RunReport }
  | { readonly kind: 'failed'; readonly recipe: Recipe; readonly error: Failure }
  | { readonly kind: 'cancelled'; readonly recipe: Recipe };

export type JobEvent =
  | { readonly kind: 'queue'; readonly recipe: Recipe }
  | { readonly kind: 'plan'; readonly id: string }
  | { readonly kind: 'run'; readonly recipe: Recipe }
  | { readonly kind: 'progress'; readonly id: string; readonly progress: RunProgress }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'dismiss' }
  | { readonly kind: 'end'; readonly id: string; readonly result: Result<RunReport> };

export const IDLE: Job = { kind: 'idle' };

/** True from the moment the worker was asked until it has stopped. */
export const isActive = (job: Job): job is Extract<Job, { id: string }> =>
  job.kind === 'planning' || job.kind === 'running' || job.kind === 'cancelling';

export const isWaiting = (job: Job): boolean => job.kind === 'queued' || isActive(job);

/** The next state; an event that makes no sense in this state (late progress, a second cancel) changes nothing. */
export function advance(job: Job, event: JobEvent): Job {
  switch (event.kind) {
    case 'queue':
      return isWaiting(job) ? job : { kind: 'queued', recipe: event.recipe };
    case 'plan':
      return job.kind === 'queued' ? { kind: 'planning', recipe: job.recipe, id: event.id } : job;
    case 'run':
      // While it waited, weights may have been chosen that allow less.
      return job.kind === 'planning' ? { ...job, kind: 'running', recipe: event.recipe, progress: null } : job;
    case 'progress':
      return job.kind === 'running' && job.id === event.id ? { ...job, progress: event.progress } : job;
    case 'cancel':
      return cancelled(job);
    case 'dismiss':
      return job.kind === 'failed' || job.kind === 'cancelled' ? IDLE : job;
    case 'end':
      return isActive(job) && job.id === event.id ? ended(job, event.result) : job;
  }
}

function cancelled(job: Job): Job {
  if (job.kind === 'queued') return { kind: 'cancelled', recipe: job.recipe };
  if (job.kind === 'planning') return { kind: 'cancelling', recipe: job.recipe, id: job.id, progress: null };
  if (job.kind === 'running') return { ...job, kind: 'cancelling' };
  return job;
}

function ended(job: Extract<Job, { id: string }>, result: Result<RunReport>): Job {
  const { recipe } = job;
  // A run that finished before the cancel reached it is a result all the same.
  if (result.ok) return { kind: 'done', recipe, report: result.value };
  if (result.error.code === 'cancelled') return { kind: 'cancelled', recipe };
  return { kind: 'failed', recipe, error: result.error };
}

/** Equal recipes give the same picture (with the same weights). */
export function sameRecipe(a: Recipe, b: Recipe): boolean {
  return (
    a.length === b.length &&
    a.every((step, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        step.model === other.model &&
        step.scale === other.scale &&
        step.quality === other.quality
      );
    })
  );
}
