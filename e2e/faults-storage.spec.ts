import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Manifest } from '../contract/manifest.ts';
import { flatStateDict } from '../workers/checkpoint/testing/networks.ts';
import { zipForm } from '../workers/checkpoint/testing/torch-writer.ts';
import { startEngines, type Engines, type EngineTab } from './harness/engine-page.ts';

/** Faults of the network, of storage and of the model's files. Each test has a profile of its own: empty caches. */
const WEIGHTS = '**/models/liif-edsr/weights.bin';

let engines: Engines;
let tab: EngineTab;
test.setTimeout(120_000);
test.beforeAll(async () => {
  engines = await startEngines();
});
test.afterAll(() => engines.close());
test.beforeEach(async () => {
  tab = await engines.tab();
  await tab.ask('open', 'picture', 12, 10);
});
test.afterEach(async () => {
  expect(tab.errors).toEqual([]);
  await tab.context.close();
});

/** The picture is as it was, and a run works once the fault is over. */
async function pictureIsThere(): Promise<void> {
  expect(await tab.ask('pixels', 'picture', 'before', 12, 10)).toHaveLength(12 * 10 * 4);
  const { report, error } = await tab.ask('run', { picture: 'picture' });
  expect(error).toBeNull();
  expect(report?.output).toEqual({ width: 24, height: 20 });
}

async function quota(bytes: number): Promise<void> {
  const session = await tab.context.newCDPSession(tab.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: engines.url, quotaSize: bytes });
}

test.describe('failed downloads', () => {
  test('a file that is not there', async () => {
    await tab.context.route(WEIGHTS, (route) => route.fulfill({ status: 404, body: 'gone' }));
    const { error } = await tab.ask('run', { picture: 'picture' });
    expect(error).toMatchObject({
      code: 'download-failed',
      message: 'The server answered 404 for the model file liif-edsr/weights.bin.',
    });
    await tab.context.unroute(WEIGHTS);
    await pictureIsThere();
  });

  test('a connection that fails once is not noticed, one that stays down is said', async () => {
    let left = 1;
    await tab.context.route(WEIGHTS, (route) => (left-- > 0 ? route.abort('connectionreset') : route.continue()));
    await pictureIsThere();
    await tab.context.close();
    tab = await engines.tab();
    await tab.ask('open', 'picture', 12, 10);
    await tab.context.route(WEIGHTS, (route) => route.abort('connectionreset'));
    const { error } = await tab.ask('run', { picture: 'picture' });
    expect(error?.message).toBe(
      'The model file liif-edsr/weights.bin could not be fetched. Check the connection and try again.',
    );
    await tab.context.unroute(WEIGHTS);
    await pictureIsThere();
  });

  test('a body that breaks off, and one with wrong bytes', async () => {
    await tab.context.route(WEIGHTS, (route) => route.fulfill({ body: Buffer.alloc(1000) }));
    const short = await tab.ask('run', { picture: 'picture' });
    expect(short.error).toMatchObject({
      code: 'download-failed',
      message: 'The download of liif-edsr/weights.bin broke off. Check the connection and try again.',
    });
    await tab.context.unroute(WEIGHTS);
    await tab.context.route(WEIGHTS, async (route) => {
      const body = await (await route.fetch()).body();
      body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
      await route.fulfill({ body });
    });
    const wrong = await tab.ask('run', { picture: 'picture' });
    expect(wrong.error).toMatchObject({
      code: 'checksum-mismatch',
      message: 'The model file liif-edsr/weights.bin did not arrive intact. Try again.',
    });
    await tab.context.unroute(WEIGHTS);
    await pictureIsThere();
  });

  test('a connection that brings nothing is tried once more, then given up', async () => {
    await tab.ask('told', { restoration: 'patience', limits: { download: 1500 } });
    let silent = 1;
    await tab.context.route(WEIGHTS, (route) => (silent-- > 0 ? undefined : route.continue()));
    await pictureIsThere();
    await tab.context.close();
    tab = await engines.tab();
    await tab.ask('open', 'picture', 12, 10);
    await tab.ask('told', { restoration: 'patience', limits: { download: 1500 } });
    await tab.context.route(WEIGHTS, () => undefined);
    const { error } = await tab.ask('run', { picture: 'picture' });
    expect(error).toMatchObject({
      code: 'download-failed',
      message: 'The download of liif-edsr/weights.bin came to a standstill. Check the connection and try again.',
    });
    await tab.context.unroute(WEIGHTS);
    await pictureIsThere();
  });
});

test('a golden answer that no backend gives: one sentence, nothing trusted', async () => {
  const black = Buffer.alloc(3 * 32 * 30 * 4);
  await tab.context.route('**/models/liif-edsr/golden/*.f32', (route) => route.fulfill({ body: black }));
  await tab.context.route('**/models/liif-edsr/manifest.json', async (route) => {
    const manifest = (await (await route.fetch()).json()) as Manifest;
    const output = { ...manifest.golden.output, sha256: createHash('sha256').update(black).digest('hex') };
    expect(output.bytes).toBe(black.length);
    await route.fulfill({ json: { ...manifest, golden: { ...manifest.golden, output } } });
  });
  const { error } = await tab.ask('run', { picture: 'picture' });
  expect(error).toMatchObject({
    code: 'proof-failed',
    message: expect.stringMatching(/^A known picture came out wrong/),
  });
  // Every backend was asked for the known picture and none for the person's own; there is no result to be seen or saved.
  const calls = await tab.ask('calls');
  expect(calls.map(({ call }) => call)).toEqual(calls.map(() => 'load'));
  expect(calls.map(({ backend }) => backend)).toContain('wasm');
  expect(await tab.ask('encode', 'picture')).toMatchObject({ code: 'bad-request' });
});

test('a server that went silent holds up nobody who has the model', async () => {
  await pictureIsThere();
  tab = await engines.tab(tab.context);
  await tab.ask('open', 'picture', 12, 10);
  await tab.ask('told', { restoration: 'patience', limits: { manifest: 1000 } });
  await tab.context.route('**/models/**', () => undefined);
  await pictureIsThere();
});

test('models renewed on the server while a page is open: the run goes on with the new ones', async () => {
  let earlier = 0;
  await tab.context.route('**/models/liif-edsr/manifest.json', async (route) => {
    const manifest = (await (await route.fetch()).json()) as Manifest;
    const weights = { ...manifest.weights, sha256: '0'.repeat(64) };
    await route.fulfill({ json: earlier++ === 0 ? { ...manifest, weights } : manifest });
  });
  await pictureIsThere();
  expect(earlier).toBe(2);
});

/** All that a run of LIIF-EDSR with its own weights fetches, in order. */
const FILES = [
  'decoder.onnx',
  'encoder.onnx',
  'encoder.winograd.onnx',
  'golden/input.png',
  'golden/output.f32',
  'weights.bin',
];

test('a damaged cache entry is fetched again, and said', async () => {
  await tab.ask('run', { picture: 'picture' });
  const spoiled = await tab.page.evaluate(async () => {
    const cache = await caches.open('limpid-models');
    const keys = await cache.keys();
    for (const key of keys) await cache.put(key, new Response(new Uint8Array(64)));
    return keys.length;
  });
  expect(spoiled).toBe(FILES.length);
  // A new page, since the old one still has the model in memory.
  tab = await engines.tab(tab.context);
  await tab.ask('open', 'picture', 12, 10);
  const { report } = await tab.ask('run', { picture: 'picture' });
  expect([...(report?.events ?? [])].sort()).toEqual(
    FILES.map((file) => `The stored copy of liif-edsr/${file} was damaged and was fetched again.`),
  );
  const healed = await engines.tab(tab.context);
  await healed.ask('open', 'again', 12, 10);
  expect((await healed.ask('run', { picture: 'again' })).report?.events).toEqual([]);
});

test('storage full: the run goes on uncached, an import says so', async () => {
  await quota(200_000);
  const { report, error } = await tab.ask('run', { picture: 'picture' });
  expect(error).toBeNull();
  expect(report?.events).toContain(
    'There is no room to keep liif-edsr/weights.bin on this device; it will be fetched again next time.',
  );
  const checkpoint = new Uint8Array(await zipForm({ model: { sd: flatStateDict('liif-edsr', 0.001) } }).arrayBuffer());
  const imported = await tab.ask('importWeights', checkpoint, 'flat.pth');
  expect(imported).toMatchObject({ ok: false, error: { code: 'storage-full' } });
  // The model goes on with the weights it had.
  const after = await tab.ask('run', { picture: 'picture' });
  expect(after.report?.steps[0]?.weights.owner).toBe('limpid');
});
