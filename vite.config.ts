import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from './contract/headers.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

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

/** Writes the list of the page's own files into workers/service.worker.ts and builds it; see there what is cached when. */
const serviceWorker = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'workers',
  filename: 'service.worker.ts',
  // src/state/offline.ts registers it, and public/manifest.webmanifest is written by hand.
  injectRegister: false,
  manifest: false,
  injectManifest: {
    globPatterns: ['index.html', 'icon.svg', 'manifest.webmanifest', 'icons/*.png', 'assets/*.{js,css,png}'],
    globIgnores: ['assets/heic-to-*', 'assets/headless-*'],
    dontCacheBustURLsMatching: /^assets\//,
  },
});

export default defineConfig({
  plugins: [react(), withoutPolicyInDev(), serviceWorker],
  worker: { format: 'es' },
  // The onnxruntime builds that load their wasm from the files we name (workers/inference/runtime.ts), not from inside a chunk.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  // Pre-bundling would tear onnxruntime's wasm loader from the files beside it, and the page itself never uses it.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: { ...ISOLATION_HEADERS, 'Content-Security-Policy': CONTENT_SECURITY_POLICY } },
  build: {
    target: 'es2023',
    // The policy allows no data: scripts or styles, and samples and graphs are better cached as files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
});
