import { gzipSync } from 'node:zlib';
import { makeTiff } from '../workers/picture/testing/tiff-maker.ts';
import { storedZstd } from '../workers/picture/testing/zstd-maker.ts';
import { heic } from './pictures/files.ts';
import { png, type PictureFile } from './pictures.ts';
import { expect, test } from './test.ts';

test('the page is cross-origin isolated and its policy forbids other origins', async ({ limpid, page }) => {
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-inline|'unsafe-eval'/);
  await limpid.choose(await png(12, 9));
  await expect(limpid.restoreButton).toBeEnabled();
});

test('decoders that are loaded for one picture run under the policy', async ({ limpid, page }) => {
  const rare: readonly PictureFile[] = [
    { name: 'rare.heic', mimeType: 'image/heic', buffer: Buffer.from(heic()) },
    {
      name: 'rare.tif',
      mimeType: 'image/tiff',
      buffer: Buffer.from(makeTiff(8, 8, 50000, storedZstd(Uint8Array.from({ length: 64 }, (_, at) => at * 4)))),
    },
  ];
  for (const file of rare) {
    await limpid.choose(file);
    await expect(page.getByRole('img', { name: file.name })).toBeVisible();
  }
  await expect(limpid.alert).toBeHidden();
});

test('the policy does stop a request to another origin', async ({ browser, baseURL }) => {
  // a context of its own: the refusal is logged as an error, which other tests do not allow
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen: string[] = [];
  page.on('requestfinished', (request) => seen.push(new URL(request.url()).origin));
  await page.goto(baseURL ?? '/');
  const outcome = await page.evaluate(() => fetch('http://127.0.0.1:9/').then(String, (error: Error) => error.name));
  expect(outcome).toBe('TypeError');
  expect(new Set(seen)).toEqual(new Set([baseURL]));
  await context.close();
});

test('at an address of plain http that is not this device one sentence says so, and nothing is begun', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext();
  const asked: string[] = [];
  await context.route('http://192.0.2.1/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    await route.fulfill({ response: await route.fetch({ url: new URL(pathname, baseURL).href }) });
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('http://192.0.2.1/');
  await expect(page.getByRole('alert')).toHaveText(
    /^Limpid cannot work at this address \(http:\/\/192\.0\.2\.1\): it is plain http, .* Open it over https, or at http:\/\/localhost/,
  );
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await expect(page.getByLabel('Choose image')).toHaveCount(0);
  expect(asked.filter((path) => path.startsWith('/models/'))).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test('only the wasm that is needed is fetched, and a model only when it is used', async ({ limpid, page }) => {
  const fetched: string[] = [];
  page.context().on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await limpid.choose(await png(12, 9));
  await limpid.restore();
  const wasm = fetched.filter((path) => path.endsWith('.wasm'));
  expect(wasm.filter((path) => path.includes('ort-')).length).toBeGreaterThan(0);
  expect(wasm.filter((path) => /jspi|asyncify/.test(path))).toEqual([]);
  const weights = fetched.filter((path) => path.endsWith('weights.bin'));
  expect(new Set(weights)).toEqual(new Set(['/models/liif-edsr/weights.bin']));
});

test('before a model is used all scripts together take 180 kB, compressed', async ({ context, page }) => {
  const scripts = new Map<string, Promise<Buffer>>();
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\.m?js$/.test(pathname)) scripts.set(pathname, response.body());
  });
  await page.goto('/');
  // The worker has looked for a GPU and read every manifest.
  await expect(page.getByRole('region', { name: 'Backend' })).toContainText('Runs on');
  await expect(page.getByRole('complementary', { name: 'Explanation' })).toContainText('Removing blur.');
  const sizes = await Promise.all([...scripts.values()].map(async (body) => gzipSync(await body).length));
  // The page's and the restoration worker's at the least.
  expect([...scripts.keys()].some((name) => name.includes('worker'))).toBe(true);
  expect(sizes.length).toBeGreaterThan(1);
  const sum = sizes.reduce((total, size) => total + size, 0);
  test.info().annotations.push({ type: 'scripts', description: `${sum} bytes in ${sizes.length} files` });
  expect(sum).toBeLessThanOrEqual(180_000);
});
