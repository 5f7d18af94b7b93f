import { expect, test, type Page } from '@playwright/test';
import { liveWorkers, startEngines, type Engines, type EngineTab } from './harness/engine-page.ts';

/** Faults over a page's life: the restoration worker dies, two tabs run at once, a hundred runs are cancelled. */
let engines: Engines;
let tab: EngineTab;
test.setTimeout(180_000);
test.beforeAll(async () => {
  engines = await startEngines(['--enable-blink-features=ForceEagerMeasureMemory']);
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

test('a crashed restoration worker: pictures are opened again', async () => {
  const before = await tab.ask('pixels', 'picture', 'before', 12, 10);
  await tab.ask('open', 'other', 8, 8);
  await tab.ask('run', { picture: 'picture' });
  await tab.ask('direct', [{ call: 'liifEncode', fault: 'hang' }]);
  const running = tab.ask('run', { picture: 'picture' });
  await expect
    .poll(async () => (await tab.ask('calls')).some(({ call }) => call === 'liifEncode'), { timeout: 60_000 })
    .toBe(true);
  await tab.ask('told', { restoration: 'crash' });
  expect((await running).error).toMatchObject({
    code: 'worker-crashed',
    message: 'The background worker crashed. Your pictures are still here; press Restore to try again.',
  });
  // Several questions at once meet one reopening.
  const answers = await Promise.all([
    tab.ask('pixels', 'picture', 'before', 12, 10),
    tab.ask('plan', 'picture', 'wasm'),
    tab.ask('pixels', 'picture', 'before', 12, 10),
    tab.ask('plan', 'other', 'wasm'),
  ]);
  expect(answers[0]).toEqual(before);
  expect(answers[2]).toEqual(before);
  expect(answers[1]).toMatchObject({ ok: true });
  expect(answers[3]).toMatchObject({ ok: true });
  expect((await tab.ask('run', { picture: 'picture' })).error).toBeNull();
  await onlyTheseWorkers(await oneTabsWorkers(tab.page));
});

test('two tabs at once', async () => {
  const second = await engines.tab(tab.context);
  await second.ask('open', 'picture', 10, 12);
  const [one, two] = await Promise.all([
    tab.ask('run', { picture: 'picture' }),
    second.ask('run', { picture: 'picture', scale: 3 }),
  ]);
  expect(one.report).toMatchObject({ output: { width: 24, height: 20 }, events: [] });
  expect(two.report).toMatchObject({ output: { width: 30, height: 36 }, events: [] });
  // One tab's crash is not the other's.
  await second.page.close();
  expect((await tab.ask('run', { picture: 'picture' })).error).toBeNull();
});

test('cancelled and started again a hundred times: nothing stays behind', async () => {
  /** How many of the runs were indeed stopped: one may have ended just before. */
  const cancel = async (times: number): Promise<number> => {
    let stopped = 0;
    // On a slow machine too a cancelled call ends by itself, so that the model is not loaded anew a hundred times.
    await tab.ask('told', { restoration: 'patience', limits: { cancel: 10_000 } });
    for (let i = 0; i < times; i += 1) {
      const { error } = await tab.ask('run', { picture: 'picture', cancelAt: 'restoring' });
      if (error) expect(error.code).toBe('cancelled');
      stopped += error === null ? 0 : 1;
    }
    return stopped;
  };
  const stop = async (times: number): Promise<void> => {
    // A call that does not end by itself: its worker is ended, and the next run starts another.
    await tab.ask('told', { restoration: 'patience', limits: { cancel: 250 } });
    for (let i = 0; i < times; i += 1) {
      await tab.ask('direct', [{ call: 'liifEncode', fault: 'hang' }]);
      const { error } = await tab.ask('run', { picture: 'picture', cancelAt: 'restoring' });
      expect(error?.code).toBe('cancelled');
    }
    await tab.ask('direct', []);
  };
  // Measured without an inference worker: one that was ended leaves nothing, and its threads, which wait for work inside
  // WASM, would keep the measurement waiting for a minute.
  await cancel(10);
  await stop(1);
  await onlyTheseWorkers(['limpid-restoration']);
  const memory = await measuredMemory(tab.page);
  await stop(3);
  const stopped = await cancel(96);
  test.info().annotations.push({ type: 'stopped', description: `${stopped} of 96` });
  expect(stopped).toBeGreaterThan(48);
  const { report, error } = await tab.ask('run', { picture: 'picture' });
  expect(error).toBeNull();
  expect(report?.events).toEqual([]);
  await onlyTheseWorkers(await oneTabsWorkers(tab.page));
  await stop(1);
  await onlyTheseWorkers(['limpid-restoration']);
  const grown = (await measuredMemory(tab.page)) - memory;
  test.info().annotations.push({ type: 'growth', description: `${grown} of ${memory} bytes` });
  expect(grown).toBeLessThan(1e6);
});

/** A restoration and an inference worker, and onnxruntime's threads. */
async function oneTabsWorkers(page: Page): Promise<string[]> {
  const threads = Math.min(8, await page.evaluate(() => navigator.hardwareConcurrency));
  return ['limpid-inference', 'limpid-restoration', ...Array<string>(threads - 1).fill('em-pthread')];
}

/** These workers and no other live, beside the harness's own. */
async function onlyTheseWorkers(expected: readonly string[]): Promise<void> {
  // A worker in an endless loop is given two seconds by Chromium before it is ended by force.
  await expect
    .poll(async () => (await liveWorkers(engines.browser)).filter((name) => !name.includes('harness')), {
      timeout: 30_000,
    })
    .toEqual([...expected].sort());
}

/** Bytes of all JavaScript and WASM memory of the page and its workers, after a collection. */
async function measuredMemory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory } = performance as unknown as {
      measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
    };
    if (!measureUserAgentSpecificMemory) throw new Error('This browser measures no memory.');
    return (await measureUserAgentSpecificMemory.call(performance)).bytes;
  });
}
