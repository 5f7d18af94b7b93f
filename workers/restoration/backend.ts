import type { Capabilities } from '../../contract/worker-api.ts';
import type { BackendName, BackendWish } from '../../contract/run.ts';
import { hasJspi, wasmThreads } from '../inference/runtime.ts';

/** A backend that could be tried, and why the better ones were passed over. */
export interface BackendChoice {
  readonly name: BackendName;
  readonly device: string;
  readonly reason: string | null;
  /** WebGPU: the largest tensor that one shader may read, in bytes. */
  readonly largestTensor?: number;
}

interface Adapter {
  readonly device: string;
  readonly largestTensor: number;
  /** An adapter that computes on the processor: slower than WASM by orders of magnitude. */
  readonly software: boolean;
}

async function findAdapter(): Promise<Adapter | null> {
  try {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    const { vendor, architecture, description } = adapter.info;
    const device = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
    const software =
      adapter.info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(`${device} ${architecture}`);
    const largestTensor = Math.min(adapter.limits.maxStorageBufferBindingSize, adapter.limits.maxBufferSize);
    return { device, software, largestTensor };
  } catch {
    return null;
  }
}

const SINGLE: BackendChoice = { name: 'wasm', device: '1 thread', reason: 'It runs on one thread.' };

/** The CPU: with threads where the page may have them, and without as the last resort, since threads need more memory. */
function wasmChoices(why: string): [BackendChoice, ...BackendChoice[]] {
  const threads = wasmThreads();
  if (threads > 1) return [{ name: 'wasm-threads', device: `${threads} threads`, reason: why }, SINGLE];
  const single = globalThis.crossOriginIsolated
    ? 'this processor has one core'
    : 'the page is not cross-origin isolated, so threads are off';
  return [{ ...SINGLE, reason: `${why} It runs on one thread: ${single}.` }];
}

/** The backends to try, best first; the last one always exists. */
export async function backendChoices(wish: BackendWish): Promise<[BackendChoice, ...BackendChoice[]]> {
  if (wish === 'wasm') return wasmChoices('The CPU was asked for.');
  const adapter = await findAdapter();
  if (!adapter) return wasmChoices('This browser offers no WebGPU adapter, so the CPU is used.');
  const { device, largestTensor } = adapter;
  const gpu: BackendChoice = { name: 'webgpu', device, reason: null, largestTensor };
  if (adapter.software && wish === 'auto') {
    return wasmChoices('The only WebGPU adapter here is software, which is slower than the CPU itself.');
  }
  return [gpu, ...wasmChoices('WebGPU could not be used, so the CPU is.')];
}

export async function readCapabilities(): Promise<Capabilities> {
  const [choice] = await backendChoices('auto');
  return {
    backend: choice.name,
    device: choice.device,
    reason: choice.reason,
    crossOriginIsolated: globalThis.crossOriginIsolated,
    threads: wasmThreads(),
    jspi: hasJspi(),
  };
}
