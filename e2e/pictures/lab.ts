import { expect, test } from '@playwright/test';
import { startHarness, type Harness } from '../harness/harness.ts';
import type * as Guards from '../harness/guards.ts';
import type { Decoded } from '../harness/pictures.ts';

/** The worker's picture code in a real browser, for one spec file: started before its tests, ended after them. */
export interface Lab {
  readonly call: <T>(name: string, ...args: readonly unknown[]) => Promise<T>;
  readonly decode: (bytes: Uint8Array<ArrayBuffer>, name?: string) => Promise<Decoded>;
  /** Ends the worker and starts another, into which a guard (a function of harness/guards.ts), if any, is put first. */
  readonly restart: (guard?: keyof typeof Guards) => Promise<void>;
  /** Fails the test with the refusal's own words when the file is not decoded. */
  readonly decoded: (bytes: Uint8Array<ArrayBuffer>, name?: string) => Promise<Decoded & { ok: true }>;
}

/** To be called at the top of a spec. No error may go uncaught in the worker while it runs. */
export function openLab(): Lab {
  let harness: Harness | undefined;
  test.beforeAll(async () => {
    harness = await startHarness();
  });
  test.afterAll(async () => {
    expect(await harness?.strays()).toEqual([]);
    await harness?.close();
  });
  const call = <T>(name: string, ...args: readonly unknown[]): Promise<T> => {
    if (harness === undefined) throw new Error('The harness has not started.');
    return harness.call('/e2e/harness/pictures.ts', name, ...args);
  };
  const decode: Lab['decode'] = (bytes, name = 'picture') => call('decode', bytes, name);
  return {
    call,
    decode,
    restart: async (guard) => {
      await harness?.restart();
      if (guard !== undefined) await harness?.call('/e2e/harness/guards.ts', guard);
    },
    decoded: async (bytes, name) => {
      const result = await decode(bytes, name);
      if (!result.ok) throw new Error(`${result.error.message} (${result.error.detail ?? ''})`);
      return result;
    },
  };
}

/** Largest difference of any sample; colours under transparent pixels count too. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let at = 0; at < a.length; at += 1) most = Math.max(most, Math.abs((a[at] ?? 0) - (b[at] ?? 0)));
  return most;
}
