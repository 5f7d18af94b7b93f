import { expect, test } from '@playwright/test';
import { SOFTWARE_WEBGPU } from '../cli/browser.ts';
import { startEngines, type Engines, type EngineTab } from './harness/engine-page.ts';

/** Largest difference between two pictures of 8-bit pixels, or why there is none. */
function difference(a: unknown, b: unknown): number | string {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return JSON.stringify([a, b]).slice(0, 300);
  return a.reduce<number>((most, value: number, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
}

test.describe('on the GPU', () => {
  test.describe.configure({ mode: 'serial' });
  test.setTimeout(240_000);
  let engines: Engines;
  let tab: EngineTab;
  test.beforeAll(async () => {
    engines = await startEngines(SOFTWARE_WEBGPU);
    tab = await engines.tab();
  });
  test.afterAll(() => engines.close());

  test('a device lost since the last run: the model is loaded again on the GPU', async () => {
    await tab.ask('open', 'dot', 8, 8);
    await tab.ask('run', { picture: 'dot', scale: 1, backend: 'webgpu' });
    await tab.ask('direct', [{ call: 'liifEncode', backend: 'webgpu', fault: 'lose-device' }]);
    const { report, error } = await tab.ask('run', { picture: 'dot', scale: 1, backend: 'webgpu' });
    expect(error).toBeNull();
    expect(report?.events).toEqual(['The GPU was lost; the model was loaded again.']);
    expect(report?.steps[0]?.backend).toMatchObject({ name: 'webgpu', reason: null });
    expect(tab.errors).toEqual([]);
  });

  test('a lost device: the rest runs on the CPU', async () => {
    // Two tiles, each as little work as there can be: the software adapter is slow.
    await tab.ask('open', 'line', 1000, 1);
    await tab.ask('direct', [{ call: 'liifDecode', backend: 'webgpu', after: 1, fault: 'lose-device' }]);
    const { report, error } = await tab.ask('run', { picture: 'line', scale: 1, backend: 'webgpu' });
    expect(error).toBeNull();
    expect(report?.events).toEqual(['The GPU was lost after 1 of 2 tiles; the rest ran on WASM.']);
    expect(report?.steps[0]?.backend).toMatchObject({
      name: 'wasm-threads',
      reason: 'The GPU was lost, so WASM was used.',
    });
    const result = await tab.ask('pixels', 'line', 'after', 1000, 1);
    await tab.ask('direct', []);
    await tab.ask('run', { picture: 'line', scale: 1 });
    expect(difference(result, await tab.ask('pixels', 'line', 'after', 1000, 1))).toBeLessThanOrEqual(1);
    expect(tab.errors).toEqual([]);
  });

  test('a failed allocation, which WebGPU itself answers with silence', async () => {
    await tab.ask('open', 'picture', 16, 12);
    const order = { picture: 'picture', model: 'mimo-unet-realblur', backend: 'webgpu' } as const;
    await tab.ask('direct', [{ call: 'imageToImage', backend: 'webgpu', times: 3, fault: 'refuse-gpu-memory' }]);
    const { report, error } = await tab.ask('run', order);
    expect(error).toBeNull();
    expect(report?.events).toEqual(['Memory ran out; the run continued on WASM.']);
    const result = await tab.ask('pixels', 'picture', 'after', 16, 12);
    await tab.ask('direct', []);
    await tab.ask('run', { ...order, backend: 'wasm' });
    expect(difference(result, await tab.ask('pixels', 'picture', 'after', 16, 12))).toBeLessThanOrEqual(1);
  });

  test('wrong numbers: the golden picture tells, and the device is not asked again', async () => {
    const order = { picture: 'picture', model: 'mimo-unet-realblur', backend: 'webgpu' } as const;
    await tab.ask('direct', [{ call: 'load', backend: 'webgpu', fault: 'wrong-numbers' }]);
    const { report, error } = await tab.ask('run', order);
    expect(error).toBeNull();
    const wrong = 'WebGPU failed its check: a known picture came out wrong';
    expect(report?.events).toEqual([expect.stringMatching(new RegExp(`^${wrong}.*; the run continued on WASM\\.$`))]);
    const backend = {
      name: 'wasm-threads',
      reason: expect.stringMatching(new RegExp(`^${wrong}.*so WASM was used`)),
    };
    expect(report?.steps[0]?.backend).toMatchObject(backend);
    const again = await tab.ask('run', order);
    expect(again.report).toMatchObject({ events: [], steps: [{ backend }] });
    expect((await tab.ask('calls')).filter((call) => call.backend === 'webgpu')).toEqual([
      { call: 'load', backend: 'webgpu' },
    ]);
    expect(tab.errors).toEqual([]);
  });
});

test.describe('on the CPU', () => {
  test.setTimeout(120_000);
  let engines: Engines;
  let tab: EngineTab;
  test.beforeAll(async () => {
    engines = await startEngines();
    tab = await engines.tab();
    await tab.ask('open', 'line', 900, 4);
    await tab.ask('open', 'square', 40, 40);
  });
  test.afterAll(() => engines.close());
  test.beforeEach(() => tab.ask('direct', []));
  test.afterEach(() => expect(tab.errors).toEqual([]));

  test('a crashed inference worker: the rest runs in a new one', async () => {
    await tab.ask('run', { picture: 'line' });
    const whole = await tab.ask('pixels', 'line', 'after', 1800, 8);
    await tab.ask('direct', [{ call: 'liifEncode', after: 1, fault: 'crash' }]);
    const { report, error } = await tab.ask('run', { picture: 'line' });
    expect(error).toBeNull();
    expect(report?.events).toEqual([
      'The worker that runs the network crashed after 1 of 2 tiles; the rest ran in smaller tiles.',
    ]);
    const calls = (await tab.ask('calls')).map(({ call }) => call);
    // The first tile is not computed again.
    expect(calls.slice(0, 5)).toEqual(['liifEncode', 'liifDecode', 'liifEncode', 'load', 'liifEncode']);
    expect(difference(await tab.ask('pixels', 'line', 'after', 1800, 8), whole)).toBeLessThanOrEqual(1);
  });

  test('a hung inference worker is ended when its patience is over', async () => {
    await tab.ask('run', { picture: 'square' });
    await tab.ask('told', { restoration: 'patience', limits: { call: 3000, slack: 2 } });
    await tab.ask('direct', [{ call: 'liifDecode', times: 2, fault: 'hang' }]);
    const { report, error } = await tab.ask('run', { picture: 'square' });
    await tab.ask('told', { restoration: 'patience', limits: { call: 60_000, slack: 10 } });
    expect(error).toBeNull();
    expect(report?.events).toEqual([
      // The model was there from the run before: it may have been broken since then.
      expect.stringMatching(/^The network did not answer for \d+ seconds; the model was loaded again\.$/),
      expect.stringMatching(/^The network did not answer for \d+ seconds; the run continued in smaller tiles\.$/),
    ]);
  });

  test('memory runs out: smaller tiles, then one thread, then one sentence', async () => {
    // Another model in between, so that the heap starts small again.
    await tab.ask('run', { picture: 'square', model: 'mimo-unet-realblur' });
    await tab.ask('direct', [{ call: 'liifDecode', fault: 'refuse-wasm-memory' }]);
    const once = await tab.ask('run', { picture: 'square' });
    expect(once.report?.events).toEqual(['Memory ran out; the run continued in smaller tiles.']);
    expect(once.report?.steps[0]?.backend.name).toBe('wasm-threads');
    const result = await tab.ask('pixels', 'square', 'after', 80, 80);
    await tab.ask('run', { picture: 'square' });
    expect(difference(result, await tab.ask('pixels', 'square', 'after', 80, 80))).toBeLessThanOrEqual(1);

    await tab.ask('direct', [{ call: 'load', backend: 'wasm-threads', times: 99, fault: 'refuse-wasm-memory' }]);
    const single = await tab.ask('run', { picture: 'square', model: 'mimo-unet-realblur' });
    expect(single.report?.events).toEqual(['Memory ran out; the run continued on WASM (one thread).']);
    expect(single.report?.steps[0]?.backend).toMatchObject({
      name: 'wasm',
      reason: 'Memory ran out, so WASM (one thread) was used.',
    });

    await tab.ask('direct', [{ call: 'load', times: 99, fault: 'refuse-wasm-memory' }]);
    const never = await tab.ask('run', { picture: 'square' });
    expect(never.error).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/^Memory ran out while the network was being loaded/),
    });
    // The result that was there before is still shown and can be saved.
    expect(await tab.ask('pixels', 'square', 'after', 40, 40)).toHaveLength(40 * 40 * 4);
    expect(await tab.ask('encode', 'square')).toBeGreaterThan(100);
  });
});
