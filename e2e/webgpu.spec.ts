import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { HeadlessLimpid } from '../cli/headless.ts';
import type { Rgb } from '../cli/pillow.ts';
import { readRgb } from '../cli/pictures.ts';
import { score } from '../cli/score.ts';
import type { ModelId } from '../contract/models.ts';
import { randomStateDict } from '../workers/checkpoint/testing/networks.ts';
import { zipForm } from '../workers/checkpoint/testing/torch-writer.ts';
import { png } from './pictures.ts';

/**
 * The same worker on Chromium's software adapter against WASM. The adapter computes about 0.25 GFLOP/s, hence pictures of
 * 12 to 24 pixels. The page itself passes such an adapter over, because it is slower than the processor.
 */
const SIDES = [16, 12] as const;
let folder = '';
let limpid: HeadlessLimpid;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limpid-webgpu-'));
  limpid = await HeadlessLimpid.start({ softwareWebgpu: true });
});

test.afterAll(async () => {
  await limpid.close();
  await rm(folder, { recursive: true });
});

async function restore(model: ModelId, scale: number, backend: 'webgpu' | 'wasm'): Promise<Rgb> {
  const input = join(folder, 'input.png');
  await writeFile(input, (await png(SIDES[0], SIDES[1])).buffer);
  const restored = await limpid.restore(input, { recipe: [{ model, scale, quality: 'best' }], backend });
  if (!restored.ok) throw new Error(`${restored.error.message} ${restored.error.detail ?? ''}`);
  const { report } = restored.value;
  expect(report.steps[0]?.backend.name.startsWith(backend)).toBe(true);
  expect(report.events).toEqual([]);
  const saved = await limpid.save({ format: 'png' }, (name) => join(folder, `${backend}-${name}`));
  if (!saved.ok) throw new Error(saved.error.message);
  await limpid.forget();
  return readRgb(saved.value.path);
}

for (const [model, scale] of [
  ['liif-edsr', 1.5],
  ['mimo-unet-realblur', 1],
  ['mimo-unet-plus', 1],
  ['mssnet-realblur-r', 1],
  ['liif-rdn', 1.5],
] as const) {
  test(`${model}: WebGPU gives what WASM gives, at least 60 dB`, async () => {
    test.setTimeout(300_000);
    const gpu = await restore(model, scale, 'webgpu');
    const cpu = await restore(model, scale, 'wasm');
    expect([gpu.width, gpu.height]).toEqual(SIDES.map((side) => side * scale));
    expect(score(gpu, cpu, 'rgb', 0).psnr).toBeGreaterThanOrEqual(60);
  });
}

test('imported weights: WebGPU gives what WASM gives, on the GPU build of onnxruntime that this engine can run', async () => {
  test.setTimeout(300_000);
  const [context] = limpid.browser.contexts();
  const fetched: string[] = [];
  context?.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  // Residual blocks with small weights, so that sixteen of them do not leave a picture's range.
  const sd = randomStateDict('liif-edsr', 3, (name) => (name.startsWith('encoder.body') ? 0.06 : 0.3));
  const checkpoint = zipForm({ model: { name: 'liif', args: {}, sd } });
  await writeFile(join(folder, 'random.pth'), Buffer.from(await checkpoint.arrayBuffer()));
  const imported = await limpid.importWeights(join(folder, 'random.pth'));
  if (!imported.ok) throw new Error(imported.error.message);
  fetched.length = 0;
  const gpu = await restore('liif-edsr', 1.5, 'webgpu');
  const jspi = await context?.pages()[0]?.evaluate(() => 'Suspending' in WebAssembly);
  // Beside it the CPU's, which gives the known answer that imported weights come without.
  const wasm = fetched.filter((path) => /\.(jspi|asyncify)\b.*\.wasm$/.test(path));
  expect(wasm.length).toBeGreaterThan(0);
  for (const path of wasm) expect(path).toContain(jspi === true ? '.jspi' : '.asyncify');
  const cpu = await restore('liif-edsr', 1.5, 'wasm');
  // Two blanks would prove nothing.
  expect(Math.max(...gpu.data) - Math.min(...gpu.data)).toBeGreaterThan(10);
  expect(score(gpu, cpu, 'rgb', 0).psnr).toBeGreaterThanOrEqual(60);
});
