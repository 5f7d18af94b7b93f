import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { launchChromium } from '../../cli/browser.ts';
import { ISOLATION_HEADERS } from '../../contract/headers.ts';
import type { PageHarness } from './page.ts';

/**
 * Worker code in a real browser, without the application's page: a Vite dev server on a free port (root: the
 * repository), one blank page and one module worker in it. `call('/workers/picture/decode.ts', 'decodePicture', ...)`
 * imports the module inside the worker and runs the function there; arguments and results are structured-cloned where
 * Playwright can carry them (numbers, strings, plain objects, typed arrays).
 */
export interface Harness {
  readonly browser: Browser;
  readonly page: Page;
  readonly url: string;
  call<T>(module: string, name: string, ...args: readonly unknown[]): Promise<T>;
  /** Ends the worker and starts a fresh one. */
  restart(): Promise<void>;
  /** Errors and rejections that nobody caught since the start. */
  strays(): Promise<readonly string[]>;
  close(): Promise<void>;
}

async function serve(): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', headers: ISOLATION_HEADERS, hmr: false, watch: null },
    // Found up front: a dependency discovered while a test runs would reload the page under it.
    optimizeDeps: { include: ['fflate', 'geotiff', 'heic-to/csp', 'comlink', 'zstddec'], noDiscovery: true },
    cacheDir: 'node_modules/.vite-harness',
  });
  return server.listen();
}

/** Starts server, browser, page and worker; `close` ends them all. */
export async function startHarness(flags: readonly string[] = []): Promise<Harness> {
  const server = await serve();
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string')
    throw new Error('The server has no port.');
  const url = `http://127.0.0.1:${address.port}`;
  const browser = await launchChromium(['--no-sandbox', ...flags]);
  const page = await browser.newPage();
  await page.goto(`${url}/e2e/harness/page.html`);
  await page.waitForFunction(() => 'harness' in globalThis);
  return {
    browser,
    page,
    url,
    call: <T>(module: string, name: string, ...args: readonly unknown[]) =>
      page.evaluate(
        ([from, what, values]) => (globalThis as unknown as { harness: PageHarness }).harness.call(from, what, values),
        [module, name, args] as const,
      ) as Promise<T>,
    restart: () => page.evaluate(() => (globalThis as unknown as { harness: PageHarness }).harness.restart()),
    strays: () => page.evaluate(() => [...(globalThis as unknown as { harness: PageHarness }).harness.strays]),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
