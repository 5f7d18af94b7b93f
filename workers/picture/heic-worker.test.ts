import { describe, expect, it, vi } from 'vitest';
import { askOnce, type HeicAnswer, type OneWorker } from './heic-worker.ts';

/** A worker that does what it is told when it is asked. */
function worker(act: (target: EventTarget) => void): OneWorker {
  const target = new EventTarget();
  return {
    addEventListener: target.addEventListener.bind(target),
    postMessage: () => act(target),
    terminate: vi.fn<() => void>(),
  };
}

const answering = (data: HeicAnswer) =>
  worker((target) => target.dispatchEvent(Object.assign(new Event('message'), { data })));
const file = new Blob(['heic']);

describe('the worker of one HEIC picture', () => {
  it('is ended after its answer', async () => {
    const bitmap = { width: 1, height: 1 } as ImageBitmap;
    const one = answering({ kind: 'decoded', bitmap });
    expect(await askOnce(one, file)).toBe(bitmap);
    expect(one.terminate).toHaveBeenCalledTimes(1);
  });

  it('is ended when it is silent', async () => {
    const one = worker(() => undefined);
    await expect(askOnce(one, file, 10)).rejects.toMatchObject({ code: 'damaged-picture', detail: 'no answer' });
    expect(one.terminate).toHaveBeenCalledTimes(1);
  });

  it('is ended when it fails or crashes, and its error goes no further', async () => {
    const failing = answering({ kind: 'failed', detail: 'HEIF image not found' });
    await expect(askOnce(failing, file)).rejects.toMatchObject({
      code: 'damaged-picture',
      detail: 'HEIF image not found',
    });
    const crash = Object.assign(new Event('error', { cancelable: true }), { message: 'Aborted(OOM)' });
    const crashing = worker((target) => target.dispatchEvent(crash));
    await expect(askOnce(crashing, file)).rejects.toMatchObject({ code: 'damaged-picture', detail: 'Aborted(OOM)' });
    expect(crash.defaultPrevented).toBe(true);
    for (const one of [failing, crashing]) expect(one.terminate).toHaveBeenCalledTimes(1);
  });

  it('tells a decoder that was not loaded from a damaged picture', async () => {
    const one = answering({ kind: 'no-decoder', detail: 'Failed to fetch dynamically imported module' });
    const error: unknown = await askOnce(one, file).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'Error', message: expect.stringMatching(/dynamically imported module/) });
    expect(one.terminate).toHaveBeenCalledTimes(1);
  });
});
