import type { ErrorCode, Failure } from '../../contract/result.ts';
import { BACKEND_NAMES, type BackendName } from '../../contract/run.ts';

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

/** Faults of a backend as such. */
const NOT_OF_SIZE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['device-lost', 'backend-failed', 'proof-failed']);

/** Faults that an idle model may have met, and that the first call on it then reports. */
const OLD: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['device-lost', 'worker-crashed']);

/** True when a model left by an earlier run may have been broken before this one began. */
export const mayBeOld = ({ code }: Failure): boolean => OLD.has(code);

/** Tries with smaller tiles before the next backend's turn. */
const SMALLER_TRIES = 2;

export type Stage = 'loading' | 'restoring';

/**
 * `tries` counts the faults met on this backend without a finished tile between them. Smaller tiles cure no lost device, no
 * failed proof and nothing that goes wrong before the first tile; everything else (failed allocation, aborted WASM, a crash)
 * they may.
 */
export function remedyFor(failure: Failure, stage: Stage, tries: number, backendsLeft: number): Remedy {
  if (FINAL.has(failure.code)) return 'give-up';
  if (stage === 'restoring' && !NOT_OF_SIZE.has(failure.code) && tries < SMALLER_TRIES) return 'smaller-tiles';
  return backendsLeft > 0 ? 'next-backend' : 'give-up';
}

/** Going on with one thread is news by itself. */
const NAMES: Readonly<Record<BackendName, string>> = { ...BACKEND_NAMES, wasm: `${BACKEND_NAMES.wasm} (one thread)` };

const CAUSES: Partial<Record<ErrorCode, string>> = {
  'out-of-memory': 'Memory ran out',
  'device-lost': 'The GPU was lost',
};

/** What happened, without a full stop; an error that nobody foresaw says nothing to a person. */
function causeOf({ code, message }: Failure, backend: BackendName): string {
  if (code === 'proof-failed') return `${NAMES[backend]} failed its check: ${lowerFirst(bare(message))}`;
  return CAUSES[code] ?? (code === 'internal' ? `The network failed on ${NAMES[backend]}` : bare(message));
}

const bare = (sentence: string): string => sentence.replace(/\.$/, '');
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** One sentence for the report: what happened on `backend`, when, and how the run continued. */
export function eventSentence(
  failure: Failure,
  backend: BackendName,
  done: number,
  total: number,
  remedy: Exclude<Remedy, 'give-up'>,
  next: BackendName,
): string {
  const when = done > 0 ? ` after ${done} of ${total} tiles` : '';
  const rest = done > 0 ? 'the rest ran' : 'the run continued';
  const then = remedy === 'smaller-tiles' ? `${rest} in smaller tiles` : `${rest} on ${NAMES[next]}`;
  return `${causeOf(failure, backend)}${when}; ${then}.`;
}

/** The same for a model that an earlier run had left and that failed at its first call. */
export const reloadSentence = (failure: Failure, backend: BackendName): string =>
  `${causeOf(failure, backend)}; the model was loaded again.`;

/** Why a worse backend was used, for the backend's report. */
export const demotionSentence = (failure: Failure, from: BackendName, to: BackendName): string =>
  `${causeOf(failure, from)}, so ${NAMES[to]} was used.`;

/** What the person reads when nothing helped. */
export function finalSentence({ code, message }: Failure, stage: Stage): string {
  if (code === 'out-of-memory' && stage === 'loading')
    return 'Memory ran out while the network was being loaded. Close other tabs or programs, or choose a smaller model.';
  if (code === 'out-of-memory')
    return 'Memory ran out, even with the smallest tiles. Close other tabs or programs, or choose a smaller picture or factor.';
  if (code === 'internal') return 'The network failed on this device, on every backend that was tried.';
  return message;
}
