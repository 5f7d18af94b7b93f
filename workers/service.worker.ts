/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkOnly } from 'workbox-strategies';
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from '../contract/headers.ts';

/**
 * Makes a second visit work without a network, and adds the headers that a plain static host cannot send.
 *
 * In the cache from the first visit on: the page, its styles, scripts, workers and samples, all of one version. At first use:
 * onnxruntime's wasm (14 to 27 MB, and a browser needs one build of three) and the HEIC decoder (3 MB). Not here: models,
 * which the restoration worker keeps by their SHA-256 (workers/models/files.ts).
 */
declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Answers are stored as they came and get the headers on the way out, so that a changed policy needs no new download. */
const isolation = {
  handlerWillRespond: async ({ response }: { response: Response }): Promise<Response> => {
    // An opaque answer or a redirect cannot be rebuilt, and needs no headers.
    if (response.type === 'opaque' || response.type === 'opaqueredirect' || response.status === 0) return response;
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(ISOLATION_HEADERS)) headers.set(name, value);
    headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers });
  },
};

addPlugins([isolation]);
// A query on the page's address changes nothing about the page.
// oxlint-disable-next-line no-underscore-dangle -- the name that the build looks for
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();

const scope = new URL(self.registration.scope);

// Workbox's types were written for inexact optional properties.
const few = new ExpirationPlugin({ maxEntries: 10, purgeOnQuotaError: true }) as WorkboxPlugin;

// Named by content: what is there is right. Old versions' entries leave when newer ones need the room.
registerRoute(
  ({ url }) => url.origin === scope.origin && url.pathname.startsWith(`${scope.pathname}assets/`),
  new CacheFirst({
    cacheName: 'limpid-runtime',
    // A host may answer "Vary: Origin", and onnxruntime's glue is asked for as a module and as a worker.
    matchOptions: { ignoreVary: true },
    plugins: [isolation, few],
  }),
);

// Any other page of this origin, headless.html for one, comes from the network.
registerRoute(
  ({ request, sameOrigin }) => sameOrigin && request.mode === 'navigate',
  new NetworkOnly({ plugins: [isolation] }),
);

// The first visit is served from the cache too, so that what it uses is there for the second.
clientsClaim();

/**
 * A new version waits until nobody uses the old one: its lazily loaded chunks would be gone. The page asks for it when the
 * person agrees to a reload; another open tab is reason enough to go on waiting.
 */
self.addEventListener('message', (event) => {
  if (event.data !== 'activate') return;
  const [port] = event.ports;
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async (windows) => {
      port?.postMessage(windows.length > 1 ? 'other-tabs' : 'activating');
      if (windows.length <= 1) await self.skipWaiting();
    }),
  );
});
