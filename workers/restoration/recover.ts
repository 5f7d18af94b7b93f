import type { ErrorCode, Failure } from '../../contract/result.ts';
import type { BackendName } from '../../contract/run.ts';

/** What a run does about a fault in the middle. */
export type Remedy = 'smaller-tiles' | 'next-backend' | 'give-up';

/** Faults that no other tile size or backend would cure. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'cancelled',
  'bad-request',
  'bad-scale',
  'unknown-model',
  'bad-manifest',
  'bad-checkpoint',
  'download-failed',
  'checksum-mismatch',
]);

/** Tries with smaller tiles before the next backend's turn. */
const SMALLER_TRIES = 2;

/**
 * `tries` counts the faults met on this backend without a finished tile between them. A lost device or a failed proof is not
 * cured by smaller tiles; everything else (failed allocation, aborted WASM, a crash) may be.
 */
export function remedyFor(failure: Failure, tries: number, backendsLeft: number): Remedy {
  if (FINAL.has(failure.code)) return 'give-up';
  const sizeMayHelp = failure.code !== 'device-lost' && failure.code !== 'backend-failed';
  if (sizeMayHelp && tries < SMALLER_TRIES) return 'smaller-tiles';
  return backendsLeft > 0 ? 'next-backend' : 'give-up';
}

const NAMES: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  'wasm-threads': 'the CPU',
  wasm: 'the CPU (one thread)',
};

const CAUSES: Partial<Record<ErrorCode, string>> = {
  'out-of-memory': 'Memory ran out',
  'device-lost': 'The GPU was lost',
  'worker-crashed': 'The worker crashed',
  'backend-failed': 'WebGPU failed its check',
};

/** One sentence for the report: what happened, when, and how the run went on. */
export function eventSentence(
  failure: Failure,
  done: number,
  total: number,
  remedy: Remedy,
  next: BackendName,
): string {
  const cause = CAUSES[failure.code] ?? 'A tile failed';
  const why = failure.code === 'backend-failed' ? ` (${failure.message.replace(/\.$/, '')})` : '';
  const when = done > 0 ? ` after ${done} of ${total} tiles` : '';
  const then = remedy === 'smaller-tiles' ? 'the rest ran in smaller tiles' : `the rest ran on ${NAMES[next]}`;
  return `${cause}${why}${when}; ${then}.`;
}
