import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadRuntime } from './runtime.ts';

/** Each of onnxruntime's builds by its name; only which one is loaded, and with which files, is in question. */
const build = vi.hoisted(() => (name: string) => ({ name, env: { wasm: {} } }));
vi.mock('onnxruntime-web/jspi', () => build('jspi'));
vi.mock('onnxruntime-web/webgpu', () => build('asyncify'));
vi.mock('onnxruntime-web/wasm', () => build('plain'));

afterEach(() => vi.unstubAllGlobals());

/** The build and the names of its two files, in an engine with or without JavaScript promise integration. */
async function chosen(backend: 'webgpu' | 'wasm' | 'wasm-threads', jspi: boolean) {
  vi.stubGlobal('self', { location: { href: 'https://page.test/worker.js' } });
  vi.stubGlobal('WebAssembly', jspi ? { Suspending: Function } : {});
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('navigator', { hardwareConcurrency: 6 });
  const ort = (await loadRuntime(backend)) as unknown as {
    name: string;
    env: { wasm: { wasmPaths: { mjs: string; wasm: string }; numThreads: number } };
  };
  const { wasmPaths, numThreads } = ort.env.wasm;
  const file = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';
  return { build: ort.name, mjs: file(wasmPaths.mjs), wasm: file(wasmPaths.wasm), numThreads };
}

describe('the build of onnxruntime', () => {
  it.each([
    ['webgpu', true, 'jspi', '.jspi', 1],
    ['webgpu', false, 'asyncify', '.asyncify', 1],
    ['wasm', true, 'plain', '', 1],
    ['wasm-threads', true, 'plain', '', 6],
    ['wasm-threads', false, 'plain', '', 6],
  ] as const)('for %s, JSPI %s, is %s', async (backend, jspi, name, infix, numThreads) => {
    expect(await chosen(backend, jspi)).toEqual({
      build: name,
      mjs: `ort-wasm-simd-threaded${infix}.mjs`,
      wasm: `ort-wasm-simd-threaded${infix}.wasm`,
      numThreads,
    });
  });
});
