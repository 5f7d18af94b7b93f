import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest, TensorEntry } from '../../contract/manifest.ts';
import { MODEL_IDS } from '../../contract/models.ts';
import { buildWeights, type WeightsSource } from './build.ts';
import { float16Values } from './half.ts';
import { LAYOUTS } from './networks/layout.ts';
import { refusal } from './testing/expectations.ts';

const source = (
  tensors: Readonly<Record<string, readonly [shape: readonly number[], values: readonly number[]]>>,
): WeightsSource => ({
  network: 'mssnet',
  tensors: new Map(
    Object.entries(tensors).map(([name, [shape, values]]) => [
      name,
      { name, shape, dtype: 'float32', read: () => Promise.resolve(Float32Array.from(values)) },
    ]),
  ),
});

/** The parts of a manifest that the weights depend on. */
const manifest = (bytes: number, tensors: readonly TensorEntry[]): Manifest =>
  ({ name: 'MSSNet RealBlur-R', network: 'mssnet', weights: { bytes, tensors } }) as unknown as Manifest;

const build = async (bytes: number, tensors: readonly TensorEntry[], from: WeightsSource): Promise<number[]> => {
  const out = await buildWeights(from, manifest(bytes, tensors));
  return [...float16Values(new Uint16Array(out.buffer))];
};

const grid = source({
  w: [
    [2, 3, 2],
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  ],
});

describe('buildWeights', () => {
  it('writes tensors at their offsets with zeros between', async () => {
    const from = source({ a: [[2], [1, -2]], b: [[1], [0.5]] });
    const entries = [
      { name: 'b', shape: [1], offset: 8, source: { tensor: 'b', shape: [1] } },
      { name: 'a', shape: [1, 2, 1], offset: 0, source: { tensor: 'a', shape: [2] } },
    ];
    expect(await build(12, entries, from)).toEqual([1, -2, 0, 0, 0.5, 0]);
  });

  it.each([
    [0, 1, 2, [6, 7, 8, 9, 10, 11]],
    [1, 0, 1, [0, 1, 6, 7]],
    [1, 1, 3, [2, 3, 4, 5, 8, 9, 10, 11]],
    [2, 1, 2, [1, 3, 5, 7, 9, 11]],
  ])('cuts along axis %i from %i to %i before reshaping', async (axis, start, end, values) => {
    const entries = [
      {
        name: 'w',
        shape: [1, values.length],
        offset: 0,
        source: { tensor: 'w', shape: [2, 3, 2], slice: { axis, start, end } },
      },
    ];
    expect(await build(2 * values.length, entries, grid)).toEqual(values);
  });

  it('is little-endian float16', async () => {
    const entries = [{ name: 'a', shape: [1], offset: 0, source: { tensor: 'a', shape: [1] } }];
    expect([...(await buildWeights(source({ a: [[1], [1]] }), manifest(2, entries)))]).toEqual([0x00, 0x3c]);
  });

  const one = [{ name: 'x', shape: [2], offset: 0, source: { tensor: 'enc.weight', shape: [2] } }];
  it.each([
    ['NaN', [0, NaN], 'NaN'],
    ['infinity', [-Infinity, 0], 'infinite'],
    ['what float16 cannot hold', [0, 70_000], '7.000e+4'],
  ])('refuses %s by the tensor that holds it', async (_, values, word) => {
    const sentence = await refusal(() => build(4, one, source({ 'enc.weight': [[2], values] })), 'bad-checkpoint');
    expect(sentence).toContain('"enc.weight"');
    expect(sentence).toContain(word);
  });

  it('names what is missing or misshapen', async () => {
    expect(await refusal(() => build(4, one, source({})), 'tensor-missing')).toContain('"enc.weight"');
    expect(
      await refusal(
        () =>
          build(
            4,
            one,
            source({
              'enc.weight': [
                [1, 2],
                [1, 2],
              ],
            }),
          ),
        'tensor-shape',
      ),
    ).toMatch(/1 × 2.* 2\.$/);
  });

  it("refuses another network's manifest, and one that does not fit its own weights", async () => {
    const other = { ...manifest(4, one), name: 'LIIF-RDN', network: 'liif-rdn' };
    expect(await refusal(() => buildWeights(grid, other), 'unknown-network')).toContain('LIIF-RDN');
    const from = source({ 'enc.weight': [[2], [1, 2]] });
    const broken: readonly (readonly [number, Partial<TensorEntry>])[] = [
      [2, {}],
      [4, { offset: 2 }],
      [6, { offset: 1 }],
      [4, { offset: -2 }],
      [6, { shape: [3] }],
      [4, { source: { tensor: 'enc.weight', shape: [2], slice: { axis: 0, start: 1, end: 3 } } }],
    ];
    for (const [bytes, change] of broken) {
      await refusal(
        () =>
          build(
            bytes,
            one.map((entry) => ({ ...entry, ...change })),
            from,
          ),
        'bad-manifest',
      );
    }
  });
});

describe.each(MODEL_IDS)('the shipped manifest of %s', (id) => {
  const path = new URL(`../../public/models/${id}/manifest.json`, import.meta.url);
  it('asks only for tensors that every recognised checkpoint has, in the same shape', () => {
    const shipped = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    expect(shipped.weights.tensors.length).toBeGreaterThan(0);
    const [network] = shipped.accepts;
    if (network === undefined) return;
    const layout = LAYOUTS[network]();
    for (const { source: from } of shipped.weights.tensors)
      expect([from.tensor, layout.get(from.tensor)]).toEqual([from.tensor, from.shape]);
  });
});
