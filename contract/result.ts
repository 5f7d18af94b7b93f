/**
 * Errors cross a worker boundary as data: comlink keeps only `message`, `name` and `stack` of a thrown error,
 * so every call returns a Result, whose Failure carries its sentence for the person along.
 */
export const ERROR_CODES = [
  // the picture
  'not-a-picture',
  'unsupported-picture',
  'damaged-picture',
  'picture-too-large',
  'picture-empty',
  // the request
  'unknown-model',
  'bad-scale',
  'bad-request',
  'too-much-memory',
  // the machine
  'out-of-memory',
  'device-lost',
  'backend-failed',
  'proof-failed',
  'worker-crashed',
  // the weights
  'download-failed',
  'checksum-mismatch',
  'bad-manifest',
  'bad-checkpoint',
  'unsafe-checkpoint',
  'unknown-network',
  'tensor-missing',
  'tensor-shape',
  'storage-full',
  // the rest
  'encode-failed',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface Failure {
  readonly code: ErrorCode;
  /** One clear English sentence for the person: what happened, why, and what to do where something can be done. */
  readonly message: string;
  /** Technical detail for a log or a bug report; never shown alone. */
  readonly detail?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: ErrorCode, message: string, detail?: string): { ok: false; error: Failure } => ({
  ok: false,
  error: detail === undefined ? { code, message } : { code, message, detail },
});

/** Thrown inside one thread, turned into a Failure by `attempt` before it reaches another. */
export class LimpidError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail?: string,
  ) {
    super(message);
    this.name = 'LimpidError';
  }
}

/** How engines, Emscripten and onnxruntime say it. */
const OUT_OF_MEMORY = /out of memory|allocation failed|failed to allocate|bad_alloc|unable to grow|Aborted\(OOM/i;

/** Any thrown value as a Failure; a foreign error becomes `internal` and keeps its text as detail. */
export function toFailure(error: unknown): Failure {
  if (error instanceof LimpidError) return fail(error.code, error.message, error.detail).error;
  if (error instanceof Error && error.name === 'AbortError') {
    return fail('cancelled', 'The run was cancelled.').error;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (OUT_OF_MEMORY.test(text)) {
    return fail('out-of-memory', 'The browser ran out of memory.', text).error;
  }
  return fail('internal', 'Something inside Limpid failed.', text).error;
}

/** Runs `work` and returns its value or its error as data. */
export async function attempt<T>(work: () => T | Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}
