import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { BackendName } from '../contract/run.ts';
import { startHarness, type Harness } from './harness/harness.ts';

/**
 * Finds models by itself: a new folder under public/models is tested without a change here. WebGPU is proven with every load
 * of webgpu.spec.ts.
 */
const MODELS = readdirSync(new URL('../public/models', import.meta.url));

for (const [backend, flags] of [
  ['wasm-threads', []],
  ['wasm', []],
] as const satisfies readonly (readonly [BackendName, readonly string[]])[]) {
  test.describe(`golden pictures on ${backend}`, () => {
    let harness: Harness;
    test.beforeAll(async () => {
      harness = await startHarness(flags);
    });
    test.afterAll(() => harness.close());

    for (const model of MODELS) {
      test(model, async () => {
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
        expect(device).not.toBe('');
        expect(await harness.strays()).toEqual([]);
      });
    }
  });
}
