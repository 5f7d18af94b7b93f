import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { BackendName } from '../contract/run.ts';
import { startHarness, type Harness } from './harness/harness.ts';

/**
 * Finds models by itself: a new folder under public/models is tested without a change here. WebGPU is proven with every load
 * of webgpu.spec.ts.
 */
const MODELS = readdirSync(new URL('../public/models', import.meta.url));

/** One thread computes with the same kernels: one model of each pipeline shows that it loads and is right. */
const RUNS: readonly (readonly [BackendName, readonly string[]])[] = [
  ['wasm-threads', MODELS],
  ['wasm', ['liif-edsr', 'mimo-unet-realblur']],
];

let harness: Harness;
test.beforeAll(async () => {
  harness = await startHarness();
});
test.afterAll(() => harness.close());

for (const [backend, models] of RUNS) {
  for (const model of models) {
    test(`golden picture of ${model} on ${backend}`, async () => {
      test.setTimeout(240_000);
      const { proof, device } = await harness.call<{ proof: number; device: string }>(
        '/e2e/harness/golden.ts',
        'proveModel',
        `${harness.url}/`,
        model,
        backend,
      );
      // Measured: 1e-7 to 4e-7; a wrong kernel is off by far more.
      expect(proof).toBeLessThan(1e-4);
      expect(device).toMatch(backend === 'wasm' ? /^1 thread/ : /./);
      expect(await harness.strays()).toEqual([]);
    });
  }
}
