import { beforeEach, expect, it, vi } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import type { Capabilities } from '../../contract/worker-api.ts';
import { loadModels, start } from './start.ts';
import { get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine } from './testing.ts';

const held = vi.hoisted(() => ({ engine: undefined as unknown }));
vi.mock('../engine/index.ts', () => ({
  get engine() {
    return held.engine;
  },
}));

const THREADS = { backend: 'wasm-threads', device: '4 threads' } as Capabilities;
const DIED = fail('worker-crashed', 'It crashed.');
const settled = () => new Promise((resolve) => setTimeout(resolve));

let engine: FakeEngine;
beforeEach(() => {
  engine = new FakeEngine();
  held.engine = engine;
  useLimpid.setState(INITIAL, true);
});

it('asks for the device again when the models come after all, and tells meanwhile what failed', async () => {
  const capabilities = vi.spyOn(engine, 'capabilities').mockResolvedValueOnce(DIED).mockResolvedValue(ok(THREADS));
  vi.spyOn(engine, 'models').mockResolvedValueOnce(DIED);
  await start();
  expect(get()).toMatchObject({ models: { kind: 'failed' }, capabilities: null, capabilitiesError: DIED.error });
  await loadModels();
  await settled();
  expect(get()).toMatchObject({ models: { kind: 'ready' }, capabilities: THREADS });
  await loadModels();
  await settled();
  expect(capabilities).toHaveBeenCalledTimes(2);
});

it('does not go on asking a worker that dies of the question', async () => {
  const capabilities = vi.spyOn(engine, 'capabilities').mockImplementation(async () => {
    engine.crash();
    return Promise.resolve(DIED);
  });
  vi.spyOn(engine, 'models').mockResolvedValueOnce(DIED);
  await start();
  await loadModels();
  await settled();
  expect(capabilities).toHaveBeenCalledTimes(2);
  expect(get()).toMatchObject({ models: { kind: 'ready' }, capabilities: null, capabilitiesError: DIED.error });
});
