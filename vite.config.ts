import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Cross-origin isolation: without it there is no SharedArrayBuffer, and WASM runs on one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The dev server injects inline styles and a refresh preamble, which the page's strict policy rightly refuses. */
function withoutPolicyInDev(): Plugin {
  return {
    name: 'limpid:no-csp-in-dev',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

// The headless page serves the command line; the picture page does not load anything of it.
const pages = ['index.html', 'headless.html'].map(here).filter((file) => existsSync(file));

export default defineConfig({
  plugins: [react(), withoutPolicyInDev()],
  worker: { format: 'es' },
  // The onnxruntime builds that load their wasm from the files we name (workers/inference/runtime.ts), not from inside a chunk.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  // Pre-bundling would tear onnxruntime's wasm loader from the files beside it, and the page itself never uses it.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: {
    target: 'es2023',
    // The policy allows no data: scripts or styles, and samples and graphs are better cached as files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
});
