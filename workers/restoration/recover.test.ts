import { describe, expect, it } from 'vitest';
import type { ErrorCode, Failure } from '../../contract/result.ts';
import { demotionSentence, eventSentence, finalSentence, remedyFor } from './recover.ts';

const failure = (code: ErrorCode, message = ''): Failure => ({ code, message });

describe('remedyFor', () => {
  it('tries smaller tiles twice, then the next backend, then gives up', () => {
    expect(remedyFor(failure('out-of-memory'), 'restoring', 0, 1)).toBe('smaller-tiles');
    expect(remedyFor(failure('worker-crashed'), 'restoring', 1, 1)).toBe('smaller-tiles');
    expect(remedyFor(failure('out-of-memory'), 'restoring', 2, 1)).toBe('next-backend');
    expect(remedyFor(failure('out-of-memory'), 'restoring', 2, 0)).toBe('give-up');
  });
  it('leaves a lost or wrong GPU at once and never argues with a cancel', () => {
    expect(remedyFor(failure('device-lost'), 'restoring', 0, 1)).toBe('next-backend');
    expect(remedyFor(failure('proof-failed'), 'loading', 0, 1)).toBe('next-backend');
    expect(remedyFor(failure('cancelled'), 'restoring', 0, 1)).toBe('give-up');
  });
  it('expects nothing of smaller tiles before there is a tile', () => {
    expect(remedyFor(failure('out-of-memory'), 'loading', 0, 1)).toBe('next-backend');
    expect(remedyFor(failure('internal'), 'loading', 0, 0)).toBe('give-up');
  });
  it('does not download elsewhere what could not be downloaded', () => {
    expect(remedyFor(failure('download-failed'), 'loading', 0, 2)).toBe('give-up');
  });
});

describe('sentences', () => {
  it('tell what happened, when, and how the run continued', () => {
    expect(eventSentence(failure('device-lost'), 'webgpu', 12, 40, 'next-backend', 'wasm-threads')).toBe(
      'The GPU was lost after 12 of 40 tiles; the rest ran on WASM.',
    );
    expect(eventSentence(failure('out-of-memory'), 'wasm-threads', 0, 4, 'smaller-tiles', 'wasm-threads')).toBe(
      'Memory ran out; the run continued in smaller tiles.',
    );
    expect(eventSentence(failure('internal', 'x'), 'wasm-threads', 0, 4, 'next-backend', 'wasm')).toBe(
      'The network failed on WASM; the run continued on WASM (one thread).',
    );
  });
  it('name the proof that failed', () => {
    const wrong = failure('proof-failed', 'A known picture came out wrong (off by 0.50 of the full range).');
    expect(demotionSentence(wrong, 'webgpu', 'wasm-threads')).toBe(
      'WebGPU failed its check: a known picture came out wrong (off by 0.50 of the full range), so WASM was used.',
    );
  });
  it('never end a run with a sentence that says nothing', () => {
    expect(finalSentence(failure('internal', 'Something inside Limpid failed.'), 'restoring')).toMatch(
      /on this device/,
    );
    expect(finalSentence(failure('out-of-memory'), 'restoring')).toMatch(/smallest tiles\. Close other tabs/);
    expect(finalSentence(failure('out-of-memory'), 'loading')).toMatch(/while the network was being loaded\. Close/);
    expect(finalSentence(failure('device-lost', 'The GPU was lost during the run.'), 'restoring')).toMatch(
      /GPU was lost/,
    );
  });
});
