import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { HeadlessLimpid } from '../cli/headless.ts';
import type { Rgb } from '../cli/pillow.ts';
import { readRgb } from '../cli/pictures.ts';
import { score } from '../cli/score.ts';
import type { ModelId } from '../contract/models.ts';
import { png } from './pictures.ts';

/**
 * The same worker on Chromium's software adapter against WASM. The adapter computes about 0.25 GFLOP/s, hence pictures of
 * 8 to 12 pixels. The page itself passes such an adapter over, because it is slower than the processor.
 */
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
  await writeFile(input, (await png(8, 6)).buffer);
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
    expect([gpu.width, gpu.height]).toEqual([8 * scale, 6 * scale]);
    expect(score(gpu, cpu, 'rgb', 0).psnr).toBeGreaterThanOrEqual(60);
  });
}
