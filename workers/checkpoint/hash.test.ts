import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256OfFile } from './hash.ts';
import { refusal } from './testing/expectations.ts';

const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => i * 31);
const wanted = createHash('sha256').update(bytes).digest('hex');

/** A file whose stream behaves as given. */
const file = (size: number, stream: () => ReadableStream): Blob => ({ size, stream }) as unknown as Blob;

const plain = (parts: readonly Uint8Array[]) => () =>
  new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });

describe('sha256OfFile', () => {
  it('hashes a file of several chunks, and an empty one', async () => {
    expect(await sha256OfFile(new Blob([bytes]))).toBe(wanted);
    expect(await sha256OfFile(new Blob([]))).toBe(createHash('sha256').digest('hex'));
  });

  it('reads streams that take no buffer', async () => {
    expect(await sha256OfFile(file(bytes.length, plain([bytes.subarray(0, 10), bytes.subarray(10)])))).toBe(wanted);
  });

  it('says so when the file fails or ends early', async () => {
    const failing = () => new ReadableStream({ start: (controller) => controller.error(new Error('gone')) });
    await refusal(() => sha256OfFile(file(10, failing)), 'bad-checkpoint');
    await refusal(() => sha256OfFile(file(10, plain([bytes.subarray(0, 5)]))), 'bad-checkpoint');
  });
});
