import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from './manifest.ts';
import { MODEL_IDS, type ModelId } from './models.ts';
import { manifestOn } from './run-manifest.ts';
import { manifestProblem } from './validate-manifest.ts';

const read = (id: ModelId): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../public/models/${id}/manifest.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;

it.each(MODEL_IDS)('%s: the shipped manifest is one', (id) => {
  expect(manifestProblem(read(id))).toBeNull();
});

it('is read as each backend runs it: WASM has a graph and costs of its own, and shares the other graph', () => {
  const manifest = read('liif-edsr') as unknown as Manifest;
  const { encoder, decoder } = manifest.graphs;
  expect(manifestOn('webgpu', manifest)).toBe(manifest);
  for (const backend of ['wasm', 'wasm-threads'] as const) {
    const own = manifestOn(backend, manifest);
    expect(own.graphs['encoder']?.file).not.toBe(encoder?.file);
    expect(own.graphs['decoder']).toEqual(decoder);
    expect(own.compute.macPerInputPixel).toBeLessThan(manifest.compute.macPerInputPixel);
    expect(own.weights).toBe(manifest.weights);
  }
  const { wasm, ...without } = manifest;
  expect(wasm).toBeDefined();
  expect(manifestOn('wasm', without)).toBe(without);
});

describe('a manifest that lacks something', () => {
  const liif = read('liif-edsr');
  const inside = (field: string, change: object) => ({ ...liif, [field]: { ...(liif[field] as object), ...change } });

  const run = { data: 'The network learned from photos.', minutes: 1, iterations: 1 };
  const score = { against: 'truth', baselineName: 'the input' };

  it('may stand without runs, as in earlier releases, and with few fields in a run', () => {
    for (const runs of [undefined, [run]]) expect(manifestProblem(inside('training', { runs }))).toBeNull();
    expect(manifestProblem({ ...liif, scores: [score] })).toBeNull();
  });

  it('may be of a network that no checkpoint is recognised as, and then accepts none', () => {
    expect(manifestProblem({ ...liif, network: 'sixth-net', accepts: [] })).toBeNull();
    expect(manifestProblem({ ...liif, accepts: [] })).toBeNull();
    expect(manifestProblem({ ...read('mimo-unet-plus'), halfSizeInput: true })).toBeNull();
  });

  it.each([
    ['network', { ...liif, network: undefined, accepts: [] }],
    ['network', { ...liif, network: '', accepts: [] }],
    ['accepts', { ...liif, network: 'sixth-net', accepts: ['sixth-net'] }],
    ['accepts', { ...liif, network: 'sixth-net' }],
    ['halfSizeInput', { ...liif, halfSizeInput: true }],
    ['halfSizeInput', { ...read('mssnet-realblur-r'), halfSizeInput: false }],
    ['halfSizeInput', { ...read('mssnet-realblur-r'), multiple: 3 }],
    ['accepts', { ...liif, accepts: undefined }],
    ['accepts', { ...liif, accepts: ['liif-rdn', 'liif-edsr'] }],
    ['accepts', { ...liif, accepts: ['liif-edsr', 'another'] }],
    ['scale', { ...liif, scale: undefined }],
    ['scale', inside('scale', { max: '8' })],
    ['scale', inside('scale', { trained: [1] })],
    ['scale', { ...read('mimo-unet-plus'), scale: liif['scale'] }],
    ['macPerOutputPixel', inside('compute', { macPerOutputPixel: undefined })],
    ['bytesPerOutputPixel', inside('compute', { bytesPerOutputPixel: 0 })],
    ['wasm.graphs.encoder.sha256', inside('wasm', { graphs: { encoder: { file: 'e.onnx', bytes: 1 } } })],
    ['wasm.graphs', inside('wasm', { graphs: { network: {} } })],
    ['wasm.compute', inside('wasm', { compute: {} })],
    ['wasm has no graphs', { ...liif, wasm: {} }],
    ['golden.height', inside('golden', { height: undefined })],
    ['golden.outputWidth', inside('golden', { outputWidth: 0 })],
    ['golden.outputHeight', inside('golden', { outputHeight: 1.5 })],
    ['training.runs', inside('training', { runs: [] })],
    ['training.runs', inside('training', { runs: [{ ...run, data: 'photos' }] })],
    ['training.runs', inside('training', { runs: [{ ...run, minutes: -1 }] })],
    ['training.runs', inside('training', { runs: [{ ...run, iterations: undefined }] })],
    ['training.runs', inside('training', { runs: [{ ...run, licences: { CC0: '37' } }] })],
    ['training.runs', inside('training', { runs: [{ ...run, teacher: { model: 'another', share: 1 } }] })],
    ['score', { ...liif, scores: [{ ...score, worst: 'low' }] }],
    ['score', { ...liif, scores: [{ ...score, pictures: [{ picture: 'a', value: 1 }] }] }],
  ])('is told apart by name: %s', (name, manifest) => {
    expect(manifestProblem(manifest)).toContain(name);
  });
});
