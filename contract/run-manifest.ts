import type { Manifest } from './manifest.ts';
import type { BackendName } from './run.ts';

/** The manifest as a backend runs it: on WASM with the graphs and costs that are WASM's own. */
export function manifestOn(backend: BackendName, manifest: Manifest): Manifest {
  const { wasm, graphs } = manifest;
  if (backend === 'webgpu' || wasm === undefined) return manifest;
  return { ...manifest, graphs: { ...graphs, ...wasm.graphs }, compute: wasm.compute };
}
