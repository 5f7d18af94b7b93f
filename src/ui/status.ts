import { BACKEND_NAMES, type RunProgress, type RunReport } from '../../contract/run.ts';
import { bytes, duration, size } from '../evidence/format.ts';
import type { Entry } from '../state/entries.ts';
import type { Update } from '../state/store.ts';

const PHASES: Readonly<Record<RunProgress['phase'], string>> = {
  loading: 'Loading the model',
  proving: 'Checking this device on a known picture',
  restoring: 'Restoring',
  finishing: 'Finishing',
};

/** "Done: 256 × 170 → 512 × 340 in 3.1 s on WebGPU". */
export function doneText(report: RunReport): string {
  const backends = [...new Set(report.steps.map((step) => BACKEND_NAMES[step.backend.name]))];
  return `Done: ${size(report.input)} → ${size(report.output)} in ${duration(report.seconds)} on ${backends.join(' and ')}`;
}

/** What an older result was made with, where the settings now say something else. */
export function staleText(report: RunReport): string {
  const steps = report.steps.map(({ modelName, task, scale, quality, weights }) => {
    const factor = task === 'enlarge' ? ` ${Number(scale.toFixed(2))}×` : '';
    const fast = quality === 'fast' ? ', Fast' : '';
    return `${modelName}${factor}${fast}${weights.owner === 'limpid' ? '' : `, ${weights.name}`}`;
  });
  return `Shown is an earlier result: ${steps.join(', then ')}. Restore makes it anew with these settings.`;
}

/** The announced state of a picture. Changes a few times a run only; counting parts is the progress bar's part. */
export function statusText(entry: Entry | undefined, opening: readonly string[]): string {
  if (opening.length > 1) return `Opening ${opening.length} pictures…`;
  if (opening.length === 1) return `Opening ${opening[0] ?? ''}…`;
  if (entry === undefined) return '';
  const { job } = entry;
  switch (job.kind) {
    case 'idle':
      return entry.result === null ? 'Ready' : doneText(entry.result.report);
    case 'queued':
      return 'Waiting for its turn';
    case 'planning':
      return 'Preparing';
    case 'running':
      return job.progress === null ? 'Preparing' : PHASES[job.progress.phase] + stepText(job.progress);
    case 'cancelling':
      return 'Stopping';
    case 'done':
      return doneText(job.report);
    case 'failed':
      return 'Not restored';
    case 'cancelled':
      return 'Cancelled';
  }
}

const stepText = (progress: RunProgress): string =>
  progress.steps > 1 ? `, step ${progress.step + 1} of ${progress.steps}` : '';

/** "1.2 MB of 2.4 MB" while loading, "12 of 40 parts" while restoring, nothing where there is nothing to count. */
export function countText(progress: RunProgress): string {
  if (progress.total <= 0) return '';
  if (progress.phase === 'loading') return `${bytes(progress.done)} of ${bytes(progress.total)}`;
  if (progress.phase === 'restoring')
    return `${progress.done} of ${progress.total} ${progress.total === 1 ? 'part' : 'parts'}`;
  return '';
}

/** That a new version waits, how to get it, and what a reload takes away where there are pictures. */
export function updateText(update: Exclude<Update, 'none'>, pictures: boolean): string {
  const close = update === 'other-tabs' ? ' Close its other tabs first, then reload.' : '';
  const lost = ' Reloading closes your pictures; results that you have not downloaded are lost.';
  return `A new version of Limpid is ready.${close}${pictures ? lost : ''}`;
}
