import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import { float16Bits } from './half.ts';
import { buildWeights, importRecord, readCheckpoint, type Checkpoint } from './import.ts';
import { KNOWN_FILES } from './known-files.ts';
import { refusal } from './testing/expectations.ts';
import { randomStateDict } from './testing/networks.ts';
import { expanded, floatStorage, legacyForm, tensor, zipForm, type TestTensor } from './testing/torch-writer.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../public/models/liif-edsr/manifest.json', import.meta.url), 'utf8'),
) as Manifest;

const sd = randomStateDict('liif-edsr', 5);
const file = (dict: Record<string, TestTensor>) => ({
  model: { name: 'liif', args: { encoder_spec: { name: 'edsr-baseline' } }, sd: dict },
  optimizer: { name: 'adam', sd: { state: { '0': { exp_avg: expanded([64, 3, 3, 3], floatStorage([NaN])) } } } },
  epoch: 1000,
});

describe('a LIIF-EDSR checkpoint with optimiser state', () => {
  it.each([
    ['zip', zipForm(file(sd))],
    ['deflated zip', zipForm(file(sd), { deflate: true })],
    ['older', legacyForm(file(sd))],
  ])("gives its weights in the graph's layout (%s form)", async (_, blob) => {
    const checkpoint = await readCheckpoint(blob, 'my-liif.pth');
    expect(checkpoint.network).toBe('liif-edsr');
    expect(checkpoint.bytes).toBe(blob.size);
    expect(checkpoint.sha256).toBe(
      createHash('sha256')
        .update(new Uint8Array(await blob.arrayBuffer()))
        .digest('hex'),
    );
    const weights = new Uint16Array((await buildWeights(checkpoint, manifest)).buffer);
    expect(weights.byteLength).toBe(manifest.weights.bytes);
    let compared = 0;
    for (const { source, offset, shape } of manifest.weights.tensors) {
      const values = new Float32Array(sd[source.tensor]?.storage.bytes.buffer ?? new ArrayBuffer(0));
      const bits = new Uint32Array(values.buffer);
      const count = shape.reduce((product, side) => product * side, 1);
      const { start, end } = source.slice ?? { start: 0, end: source.shape[1] ?? 1 };
      const [row, column] = source.slice === undefined ? [count, 0] : [end - start, start];
      const stride = source.slice === undefined ? count : (source.shape[1] ?? 1);
      for (let i = 0; i < count; i++) {
        const wanted = float16Bits(bits[Math.floor(i / row) * stride + column + (i % row)] ?? 0);
        if (weights[offset / 2 + i] !== wanted) expect.fail(`${source.tensor} at ${i}`);
        compared += 1;
      }
    }
    expect(compared).toBe(1_567_299);
  });

  it('refuses NaN in a tensor that is used', async () => {
    const bad = { ...sd, 'imnet.layers.8.bias': tensor([3], [0, NaN, 0]) };
    const checkpoint = await readCheckpoint(zipForm(file(bad)), 'bad.pth');
    expect(await refusal(() => buildWeights(checkpoint, manifest), 'bad-checkpoint')).toContain(
      '"imnet.layers.8.bias"',
    );
  });
});

describe('importRecord', () => {
  const checkpoint: Checkpoint = {
    name: 'RealBlur.pkl',
    network: 'mimo-unet-plus',
    tensors: new Map(),
    sha256: 'ab'.repeat(32),
    bytes: 9,
  };
  const day = new Date('2026-01-02T03:04:05Z');

  it('says whose file it is, where it goes, and keeps its name', () => {
    expect(importRecord(checkpoint, day)).toEqual({
      id: 'mimo-unet-realblur-abababababababab',
      name: 'RealBlur.pkl',
      owner: 'imported',
      sha256: 'ab'.repeat(32),
      model: 'mimo-unet-realblur',
      network: 'mimo-unet-plus',
      importedAt: '2026-01-02T03:04:05.000Z',
      bytes: 9,
    });
  });

  it("knows the authors' LIIF files by SHA-256", () => {
    expect([...KNOWN_FILES.values()].map(({ file: name }) => name)).toEqual(['edsr-baseline-liif.pth', 'rdn-liif.pth']);
    for (const sha256 of KNOWN_FILES.keys()) {
      expect(importRecord({ ...checkpoint, sha256 }, day).owner).toBe('authors');
    }
  });
});
