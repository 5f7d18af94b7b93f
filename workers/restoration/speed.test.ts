import { beforeEach, expect, it, vi } from 'vitest';
import { knownSpeed, rememberSpeed } from './speed.ts';

beforeEach(() => {
  const kept = new Map<string, Response>();
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (key: string) => kept.get(key)?.clone(),
      put: async (key: string, response: Response) => void kept.set(key, response),
    }),
  });
});

it('remembers the last run of each model, and speaks for another model on the same backend', async () => {
  await rememberSpeed('wasm', 'liif-edsr', 90e9, 10);
  await rememberSpeed('wasm', 'liif-rdn', 60e9, 10);
  expect(await knownSpeed('wasm', 'liif-edsr')).toBe(9e9);
  expect(await knownSpeed('wasm', 'mimo-unet-plus')).toBe(6e9);
  expect(await knownSpeed('webgpu', 'liif-edsr')).toBeNull();
});

it('learns nothing from a picture so small that starting the model takes longer than its arithmetic', async () => {
  await rememberSpeed('wasm', 'liif-edsr', 90e9, 10);
  // One pixel: 1.4 million multiply-accumulates in 0.3 s would make a large run last for weeks.
  await rememberSpeed('wasm', 'liif-edsr', 1.4e6, 0.3);
  await rememberSpeed('wasm', 'liif-edsr', 1.4e6, 3);
  await rememberSpeed('wasm', 'liif-edsr', 9e9, 0.3);
  expect(await knownSpeed('wasm', 'liif-edsr')).toBe(9e9);
});

it('does without a store, and with one whose content is not its own', async () => {
  vi.stubGlobal('caches', { open: () => Promise.reject(new Error('refused')) });
  await rememberSpeed('wasm', 'liif-edsr', 90e9, 10);
  expect(await knownSpeed('wasm', 'liif-edsr')).toBeNull();
  vi.stubGlobal('caches', { open: async () => ({ match: async () => new Response('[{"wasm/liif-edsr":-1}]') }) });
  expect(await knownSpeed('wasm', 'liif-edsr')).toBeNull();
});
