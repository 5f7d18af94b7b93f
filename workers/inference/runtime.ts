import type * as OrtModule from 'onnxruntime-web';
import { LimpidError } from '../../contract/result.ts';
import type { BackendName } from '../../contract/run.ts';
import asyncifyGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiGlue from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import plainGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

export type Ort = typeof OrtModule;

/** Whether this engine can suspend WebAssembly itself; then the smaller WebGPU build (16.8 instead of 26.8 MB) serves. */
export const hasJspi = (): boolean => 'Suspending' in WebAssembly;

/** More threads than this gain nothing on these graphs and cost memory. */
const MOST_THREADS = 8;

export function wasmThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1));
}

const absolute = (url: string): string => new URL(url, self.location.href).href;

/**
 * Loads the one onnxruntime build that the backend needs. Glue and wasm come from the same pair: a mismatched pair ends
 * silently on one-thread WASM. A worker calls this once.
 */
export async function loadRuntime(backend: BackendName): Promise<Ort> {
  const webgpu = backend === 'webgpu';
  const jspi = webgpu && hasJspi();
  const ort = (await (jspi
    ? import('onnxruntime-web/jspi')
    : webgpu
      ? import('onnxruntime-web/webgpu')
      : import('onnxruntime-web/wasm'))) as Ort;
  ort.env.wasm.wasmPaths = jspi
    ? { mjs: absolute(jspiGlue), wasm: absolute(jspiWasm) }
    : webgpu
      ? { mjs: absolute(asyncifyGlue), wasm: absolute(asyncifyWasm) }
      : { mjs: absolute(plainGlue), wasm: absolute(plainWasm) };
  ort.env.wasm.numThreads = backend === 'wasm-threads' ? wasmThreads() : 1;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
  return ort;
}

/** How browsers and Emscripten say that a script or a wasm file did not come. */
const NOT_FETCHED = /fetch|importing a module script|NetworkError|Load failed/i;

/** An error of loading: `backend-failed` when the runtime's files could not be had, so that another backend is tried. */
export function runtimeFailure(error: unknown, backend: BackendName): unknown {
  if (error instanceof LimpidError || !NOT_FETCHED.test(String(error))) return error;
  const device = backend === 'webgpu' ? 'GPU' : 'CPU';
  return new LimpidError(
    'backend-failed',
    `The code that runs networks on the ${device} could not be fetched. Check the connection and try again.`,
    String(error),
  );
}
