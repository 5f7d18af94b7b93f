/**
 * What every answer of Limpid's host should carry. `vite preview` sends it; on a host that cannot, the service worker adds
 * it to pages and workers (workers/service.worker.ts).
 */

/** Cross-origin isolation: without it there is no SharedArrayBuffer, and WASM runs on one thread. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/**
 * Nothing from anywhere but this origin. index.html says the same in a meta element (a test compares them); as a header it
 * holds for workers too, which no meta element reaches.
 */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self' blob: data:; worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";
