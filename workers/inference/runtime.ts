import type * as OrtModule from 'onnxruntime-web';
import type { BackendName } from '../../contract/run.ts';
import { LimpidError } from '../../contract/result.ts';
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

/** A WebGPU device of our own, so that its loss reaches us. Throws `backend-failed` when there is no adapter. */
export async function requestDevice(): Promise<{ device: GPUDevice; description: string }> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new LimpidError('backend-failed', 'This browser offers no WebGPU adapter.');
  const limits = adapter.limits;
  const device = await adapter.requestDevice({
    requiredFeatures: (['shader-f16', 'timestamp-query', 'subgroups'] as GPUFeatureName[]).filter((f) =>
      adapter.features.has(f),
    ),
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupSizeY: limits.maxComputeWorkgroupSizeY,
      maxComputeWorkgroupSizeZ: limits.maxComputeWorkgroupSizeZ,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    },
  });
  const { vendor, architecture, description } = adapter.info;
  return { device, description: description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter' };
}
