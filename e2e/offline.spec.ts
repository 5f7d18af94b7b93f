import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { findChromium } from '../cli/browser.ts';
import { ensureBuilt } from '../cli/build.ts';
import { serveFolders, type StaticServer } from '../cli/serve.ts';
import { expectAccessible } from './accessible.ts';
import sharp from 'sharp';
import { preview } from 'vite';
import { startRecordingProxy, type RecordingProxy } from './harness/recording-proxy.ts';
import { flatSafetensors } from './harness/safetensors.ts';
import { LimpidPage } from './limpid-page.ts';
import { png } from './pictures.ts';

/** Chromium's own look-ups (updates, sign-in, autofill), which no page causes and no flag ends entirely. */
const BROWSERS_OWN = /\/\/([\w-]+\.)*google(apis)?\.com(:443)?$/;

/** The built page on hosts that set headers and on hosts that do not, with a network and without. */
let dist: string;
let proxy: RecordingProxy;
let browser: Browser;
test.setTimeout(180_000);
test.beforeAll(async () => {
  dist = await ensureBuilt();
  proxy = await startRecordingProxy();
  const executablePath = findChromium();
  browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--no-sandbox'],
    proxy: { server: proxy.server, bypass: '<-loopback>' },
  });
});
test.afterAll(async () => {
  await browser.close();
  proxy.close();
});

interface Visitor {
  readonly context: BrowserContext;
  /** Violations of the policy and errors told on the console, of pages and workers. */
  readonly complaints: readonly string[];
  /** Origins that the browser's protocol reports of pages, workers and service workers; the proxy sees the rest. */
  readonly requested: ReadonlySet<string>;
  readonly page: () => Promise<Page>;
}

async function visitor(baseURL: string): Promise<Visitor> {
  const context = await browser.newContext({ baseURL, serviceWorkers: 'allow' });
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (/content.security.policy|violat/i.test(message.text())) complaints.push(message.text());
  });
  const requested = new Set<string>();
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:') requested.add(origin);
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  await context.exposeFunction('complain', (text: string) => complaints.push(text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (globalThis as unknown as { complain(text: string): void }).complain(`${violatedDirective} ${blockedURI}`);
    });
  });
  return { context, complaints, requested, page: () => context.newPage() };
}

const isolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);

/** Until the service worker has everything that the page needs. */
const installed = (page: Page): Promise<unknown> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

/** Chooses a picture and restores it with the model that is chosen at first, LIIF-EDSR. */
async function restoreOne(page: Page): Promise<string> {
  const limpid = new LimpidPage(page);
  await limpid.choose(await png(12, 9));
  return limpid.restore();
}

const cacheKeys = (page: Page, name: string): Promise<string[]> =>
  page.evaluate(
    async (cache) => (await (await caches.open(cache)).keys()).map(({ url }) => new URL(url).pathname),
    name,
  );

test('a second visit works offline with a model that was used', async () => {
  const server = await preview({
    preview: { port: 0, host: '127.0.0.1' },
    build: { outDir: dist },
    logLevel: 'error',
  });
  const origin = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';
  const { context, complaints, requested, page } = await visitor(origin);
  const first = await page();
  await first.goto('/');
  await installed(first);
  expect(await isolated(first)).toBe(true);
  expect(await restoreOne(first)).toMatch(/^Done: 12 × 9 → 24 × 18 .*WASM/);
  // The one build of onnxruntime that ran, and no other.
  const runtime = await cacheKeys(first, 'limpid-runtime');
  expect(runtime.filter((path) => path.endsWith('.wasm'))).toEqual([
    expect.stringMatching(/ort-wasm-simd-threaded-[\w-]+\.wasm$/),
  ]);
  await first.close();
  await server.close();

  const second = await page();
  await second.goto('/');
  expect(await isolated(second)).toBe(true);
  await second.getByRole('group', { name: 'Samples' }).getByRole('button').first().click();
  await expect(new LimpidPage(second).restoreButton).toBeEnabled();
  expect(await restoreOne(second)).toMatch(/^Done: 12 × 9 → 24 × 18 .*WASM/);
  // Nothing of this was used with the network: it is loaded lazily, and kept all the same.
  expect((await new LimpidPage(second).download()).width).toBe(24);
  const panel = second.getByRole('complementary', { name: 'Explanation' });
  await panel.getByRole('textbox').fill('How does LIIF work?');
  await panel.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(panel.locator('.ex-reply .ex-sentence').first()).toBeVisible();
  const weights = { name: 'flat.safetensors', mimeType: 'application/octet-stream', buffer: flatSafetensors() };
  await new LimpidPage(second).choose(weights);
  await expect(second.getByText('flat.safetensors is on this device now')).toBeVisible({ timeout: 60_000 });
  // A model that was never used is not there, and that is said.
  await new LimpidPage(second).model('MIMO-UNet RealBlur').check();
  await new LimpidPage(second).restoreButton.click();
  await expect(second.getByRole('alert')).toContainText('could not be fetched. Check the connection');
  expect([...proxy.origins].filter((seen) => !BROWSERS_OWN.test(seen))).toEqual([origin]);
  expect([...requested]).toEqual([origin]);
  expect(complaints).toEqual([]);
  await context.close();
});

test.describe('a host without headers', () => {
  let server: StaticServer;
  test.beforeAll(async () => {
    server = await serveFolders({ '/': dist }, {});
  });
  test.afterAll(() => server.close());

  test('one reload brings isolation, threads and the policy', async () => {
    const { context, complaints, page } = await visitor(server.origin);
    const first = await page();
    let loads = 0;
    first.on('load', () => (loads += 1));
    await first.goto('/');
    await expect.poll(() => isolated(first).catch(() => false), { timeout: 60_000 }).toBe(true);
    expect(await restoreOne(first)).toMatch(/^Done: .*WASM/);
    expect(loads).toBe(2);

    // The policy holds in workers, which no meta element reaches.
    const worker = first.workers().find((candidate) => candidate.url().includes('restoration.worker'));
    expect(
      await worker?.evaluate(
        () =>
          new Promise((resolve) => {
            addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
            fetch('http://127.0.0.1:9/').catch(() => undefined);
          }),
      ),
    ).toBe('connect-src');
    complaintsOfThatFetch(complaints);

    const second = await page();
    let more = 0;
    second.on('load', () => (more += 1));
    await second.goto('/');
    expect(await isolated(second)).toBe(true);
    await second.waitForTimeout(1000);
    expect(more).toBe(1);
    await context.close();
  });

  test('headers that never come: one try, and then one thread', async () => {
    const folder = copyOf(dist);
    // Something between host and page takes the headers away again.
    writeFileSync(
      join(folder, 'service.worker.js'),
      'addEventListener("activate", (e) => e.waitUntil(clients.claim()));',
    );
    const stripped = await serveFolders({ '/': folder, '/models/': join(dist, 'models') }, {});
    const { context, page } = await visitor(stripped.origin);
    const only = await page();
    let loads = 0;
    only.on('load', () => (loads += 1));
    await only.goto('/');
    await expect.poll(() => loads, { timeout: 30_000 }).toBe(2);
    await only.waitForTimeout(2000);
    await only.reload();
    await only.waitForTimeout(2000);
    expect(loads).toBe(3);
    expect(await isolated(only)).toBe(false);
    expect(await restoreOne(only)).toMatch(/^Done: .*WASM/);
    await expect(only.getByRole('region', { name: 'Backend' })).toContainText('not cross-origin isolated');
    await context.close();
    await stripped.close();
    rmSync(folder, { recursive: true });
  });
});

/** The built page in a folder of its own, without the models, to be changed by a test. */
function copyOf(built: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'limpid-'));
  cpSync(built, folder, { recursive: true, filter: (file) => !file.slice(built.length).startsWith('/models') });
  return folder;
}

/** What the test itself provoked in a worker is told on the console, and nothing else is. */
function complaintsOfThatFetch(complaints: readonly string[]): void {
  for (const text of complaints) expect(text).toContain('127.0.0.1:9');
}

test.describe('a new version', () => {
  let folder: string;
  let server: StaticServer;
  test.beforeAll(async () => {
    folder = copyOf(dist);
    server = await serveFolders({ '/': folder, '/models/': join(dist, 'models') });
  });
  test.afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** Another title, and one lazily loaded chunk under another name. */
  function release(): void {
    const assets = join(folder, 'assets');
    const chunk = readdirSync(assets).find((name) => /^client-zip-.*\.js$/.test(name));
    if (chunk === undefined) throw new Error('No chunk holds the zip writer.');
    const renamed = chunk.replace('.js', 'x.js');
    renameSync(join(assets, chunk), join(assets, renamed));
    const edit = (file: string, change: (text: string) => string): void =>
      writeFileSync(file, change(readFileSync(file, 'utf8')));
    edit(join(folder, 'index.html'), (text) => text.replace(/<title>[^<]*/, '<title>Limpid, the next'));
    edit(join(folder, 'service.worker.js'), (text) =>
      text.replace(chunk, renamed).replace(/("?revision"?:\s*")([0-9a-f]{32})("[^}]*index\.html|)/g, '$1next$2$3'),
    );
  }

  test('waits for the person, and for other tabs', async () => {
    const { context, page } = await visitor(server.origin);
    const open = await page();
    await open.goto('/');
    await installed(open);
    const chunk = await open.evaluate(async () => {
      const name = (await caches.keys()).find((cache) => cache.includes('precache')) ?? '';
      return (await (await caches.open(name)).keys()).map(({ url }) => url).find((url) => url.includes('client-zip'));
    });
    expect(chunk).toMatch(/\/assets\/client-zip-[\w-]+\.js(\?|$)/);
    const other = await page();
    await other.goto('/');
    release();
    await open.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    const notice = open.getByText('A new version of Limpid is ready.');
    await expect(notice).toBeVisible({ timeout: 30_000 });
    await expectAccessible(open);
    // The open page still finds a chunk of its own version that the server has no more.
    const status = await open.evaluate(async (url) => (await fetch(url)).status, (chunk ?? '').split('?')[0] ?? '');
    expect(status).toBe(200);
    await open.getByRole('button', { name: 'Reload' }).click();
    await expect(open.getByText('Close its other tabs first')).toBeVisible();
    expect(await open.title()).not.toContain('the next');
    await other.close();
    await open.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => open.title().catch(() => ''), { timeout: 30_000 }).toBe('Limpid, the next');
    await context.close();
  });
});

test('the build has no door for faults and can be installed', async () => {
  const scripts = readdirSync(join(dist, 'assets')).filter((name) => /\.m?js$/.test(name));
  for (const name of [...scripts.map((script) => join('assets', script)), 'service.worker.js']) {
    expect(readFileSync(join(dist, name), 'utf8'), name).not.toMatch(/limpid-faults|injected/);
  }
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.webmanifest'), 'utf8')) as {
    icons: { src: string; sizes: string }[];
  };
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
  for (const { src, sizes } of manifest.icons) {
    const { width, height, format } = await sharp(join(dist, src)).metadata();
    expect([src, format === 'svg' ? 'any' : `${width}x${height}`]).toEqual([src, sizes]);
  }
});
