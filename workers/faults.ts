import type { PATIENCE } from './patience.ts';

/**
 * The door through which tests make things go wrong, in development only: each use stands behind `import.meta.env.DEV`, so
 * that a build contains nothing of it (e2e/offline.spec.ts looks).
 */
export const FAULT_CHANNEL = 'limpid-faults';

/** Held by a test page that directs faults; without it an inference worker asks nobody. */
export const FAULT_LOCK = 'limpid-faults';

export type InferenceCall = 'load' | 'imageToImage' | 'liifEncode' | 'liifDecode';

/** What may befall one call of the inference worker. */
export type InferenceFault =
  /** An error in an event handler, which nobody catches. */
  | 'crash'
  /** A loop without end. */
  | 'hang'
  /** The GPU device goes while the call is under way. */
  | 'lose-device'
  /** Every further GPU buffer is invalid, as WebGPU has it when memory is out. */
  | 'refuse-gpu-memory'
  /** The WASM heap cannot grow any more. */
  | 'refuse-wasm-memory'
  /** Every number read back from the GPU is wrong. */
  | 'wrong-numbers'
  /** An error that the engine does not know. */
  | 'throw';

/** From the inference worker before each call, and the director's answer. */
export interface FaultQuestion {
  readonly ask: string;
  readonly call: InferenceCall;
  readonly backend: string;
}
export interface FaultAnswer {
  readonly answer: string;
  readonly fault: InferenceFault | null;
}

/** From the director to the restoration worker. */
export type RestorationFault =
  { readonly restoration: 'crash' } | { readonly restoration: 'patience'; readonly limits: Partial<typeof PATIENCE> };

export type FaultMessage = FaultQuestion | FaultAnswer | RestorationFault;
