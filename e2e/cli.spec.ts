import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import ExifReader from 'exifreader';
import { launchChromium } from '../cli/browser.ts';
import { HeadlessLimpid } from '../cli/headless.ts';
import type { RunReport } from '../contract/run.ts';
import type { HeadlessRequest } from '../src/headless-api.ts';
import { flatStateDict } from '../workers/checkpoint/testing/networks.ts';
import { zipForm } from '../workers/checkpoint/testing/torch-writer.ts';
import { readPng } from '../workers/picture/containers/png.ts';
import { makePng } from '../workers/picture/testing/png-maker.ts';
import { command, commandIn } from './command.ts';
import { photo } from './pictures/camera.ts';
import { decode, png } from './pictures.ts';

// The package is CommonJS for Node: there is no named export to import.
// oxlint-disable-next-line import/no-named-as-default-member
const { load: readTags } = ExifReader;

let folder = '';
const at = (name: string): string => join(folder, name);

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limpid-cli-'));
  await writeFile(at('photo.png'), (await png(33, 21)).buffer);
  await writeFile(at('second.png'), (await png(12, 9, { seed: 4 })).buffer);
  await writeFile(at('text.png'), 'I am only text.');
});
test.afterAll(() => rm(folder, { recursive: true }));

async function writesAvif(): Promise<boolean> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  const type = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1, 1);
    canvas.getContext('2d');
    return (await canvas.convertToBlob({ type: 'image/avif' })).type;
  });
  await browser.close();
  return type === 'image/avif';
}

test('restores by any factor to the exact size', async () => {
  const ran = await command('restore', at('photo.png'), '--model', 'liif-edsr', '--scale', '2.5', '--out', at('out'));
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toContain('33 × 21 → 83 × 53');
  expect(await decode(at('out/photo-2.5x.png'))).toMatchObject({ width: 83, height: 53, format: 'png' });
});

test('keeps the depth of a 16-bit picture, and files that are there already', async () => {
  const deep = makePng({ width: 9, height: 7, bits: 16, colourType: 2, sample: (x, y) => x * 7000 + y * 11 });
  await writeFile(at('deep.png'), deep);
  await mkdir(at('deep'), { recursive: true });
  await writeFile(at('deep/deep-2x.png'), 'mine');
  const argv = [at('deep.png'), ...GOOD, '--out', at('deep')];
  expect(await command('restore', ...argv)).toMatchObject({ code: 0, err: '' });
  expect(await readFile(at('deep/deep-2x.png'), 'utf8')).toBe('mine');
  expect(readPng(new Uint8Array(await readFile(at('deep/deep-2x-2.png')))).header).toMatchObject({
    width: 18,
    height: 14,
    bits: 16,
  });
  expect(await command('restore', ...argv, '--format', 'png', '--overwrite')).toMatchObject({ code: 0, err: '' });
  expect(readPng(new Uint8Array(await readFile(at('deep/deep-2x.png')))).header.bits).toBe(8);
});

test('restores several, goes on after a bad one, and reports as JSON', async () => {
  const inputs = [at('gone.png'), at('text.png'), folder, at('photo.png'), at('second.png')];
  const ran = await command(
    'restore',
    ...inputs,
    '--model',
    'mimo-unet-realblur',
    '--format',
    'webp',
    '--json',
    '--out',
    at('many'),
  );
  expect(ran.code).toBe(1);
  const lines = ran.err.trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/gone\.png does not exist\.$/);
  expect(lines[1]).toMatch(/text\.png.*\.$/);
  expect(lines[2]).toMatch(/is a folder/);
  const { pictures } = JSON.parse(ran.out) as { pictures: { ok: boolean; output?: string; report?: RunReport }[] };
  expect(pictures.map(({ ok }) => ok)).toEqual([false, false, false, true, true]);
  expect(pictures[3]?.report?.steps[0]).toMatchObject({ model: 'mimo-unet-realblur', scale: 1 });
  expect((await readdir(at('many'))).length).toBe(2);
  expect(await decode(pictures[4]?.output ?? '')).toMatchObject({ width: 12, height: 9, format: 'webp' });
});

const GOOD = ['--model', 'liif-edsr', '--scale', '2'];
const WRONG: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['a missing file', ['gone.png', ...GOOD, '--out', 'x'], 1, /gone\.png does not exist/],
  ['an unknown model', ['a.png', '--model', 'magic', '--scale', '2', '--out', 'x'], 2, /magic is not a model/],
  ['no folder for results', ['a.png', ...GOOD], 2, /--out is missing/],
];
for (const [what, argv, code, sentence] of WRONG) {
  test(`${what}: one sentence and exit code ${String(code)}`, async () => {
    const ran = await command('restore', ...argv.map((part) => (part === 'x' ? at('unused') : part)));
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(sentence);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(ran.out).toBe('');
  });
}

test('a page that does not start: one sentence, and the command ends', async () => {
  const ran = await commandIn({ LIMPID_DIST: folder }, 'restore', at('photo.png'), ...GOOD, '--out', at('none'));
  expect(ran).toMatchObject({ code: 1, out: '' });
  expect(ran.err.trim()).toMatch(/^Limpid's page did not start in Chromium: .*\.$/);
});

test('a file that vanishes and a page that dies fail alone', async () => {
  const limpid = await HeadlessLimpid.start({ backend: 'wasm' });
  try {
    const order: HeadlessRequest = { recipe: [{ model: 'liif-edsr', scale: 2, quality: 'best' }], backend: 'wasm' };
    const gone = { ok: false, error: { message: `${at('gone.png')} does not exist.` } };
    expect(await limpid.restore(at('gone.png'), order)).toMatchObject(gone);
    expect(await limpid.importWeights(at('gone.png'))).toMatchObject(gone);
    await limpid.browser.contexts()[0]?.pages()[0]?.close();
    await limpid.forget();
    expect(await limpid.canWrite('png')).toBe(true);
  } finally {
    await limpid.close();
  }
});

test('a page that dies does not take the imported weights with it', async () => {
  const limpid = await HeadlessLimpid.start({ backend: 'wasm' });
  try {
    const checkpoint = zipForm({ model: { name: 'liif', args: {}, sd: flatStateDict('liif-edsr', 0.001) } });
    await writeFile(at('flat.pth'), Buffer.from(await checkpoint.arrayBuffer()));
    const order: HeadlessRequest = { recipe: [{ model: 'liif-edsr', scale: 2, quality: 'best' }], backend: 'wasm' };
    expect(await limpid.importWeights(at('flat.pth'))).toMatchObject({ ok: true });
    await limpid.browser.contexts()[0]?.pages()[0]?.close();
    const failed = await limpid.restore(at('second.png'), order);
    expect(failed).toMatchObject({ ok: false, error: { code: 'worker-crashed' } });
    const restored = await limpid.restore(at('second.png'), order);
    expect(restored).toMatchObject({ ok: true, value: { report: { steps: [{ weights: { name: 'flat.pth' } }] } } });
  } finally {
    await limpid.close();
  }
});

test('a format that the browser cannot write is refused before any work', async () => {
  test.skip(await writesAvif(), 'this Chromium writes AVIF');
  const ran = await command('restore', at('photo.png'), ...GOOD, '--format', 'avif', '--out', at('none'));
  expect(ran).toMatchObject({ code: 1, out: '' });
  expect(ran.err.trim()).toBe('This Chromium cannot write AVIF; choose another --format.');
});

test('the position of a photo is kept where that is asked for', async () => {
  await writeFile(at('camera.jpg'), await photo());
  const order = [at('camera.jpg'), '--model', 'mimo-unet-realblur', '--keep-location'];
  expect(await command('restore', ...order, '--out', at('kept'))).toMatchObject({ code: 0, err: '' });
  const tags = readTags(await readFile(at('kept/camera-restored.png')), { expanded: true });
  expect(tags.gps?.Latitude).toBeCloseTo(48 + 8 / 60, 6);
});

test("another model's weights are refused before any work", async () => {
  const checkpoint = zipForm({ model: { name: 'liif', args: {}, sd: flatStateDict('liif-edsr', 0.001) } });
  await writeFile(at('edsr.pth'), Buffer.from(await checkpoint.arrayBuffer()));
  const weights = ['--weights', at('edsr.pth'), '--out', at('refused')];
  const ran = await command('restore', at('photo.png'), '--model', 'mimo-unet-realblur', ...weights);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err.trim()).toBe(`${at('edsr.pth')} holds weights for liif-edsr, not for mimo-unet-realblur.`);
  await mkdir(at('few'));
  await writeFile(at('few/one.png'), (await png(16, 12)).buffer);
  const measured = await command('evaluate', '--model', 'liif-rdn', '--scale', '2', '--hr', at('few'), ...weights);
  expect(measured).toMatchObject({ code: 2, out: '' });
  expect(measured.err.trim()).toBe(`${at('edsr.pth')} holds weights for liif-edsr, not for liif-rdn.`);
  expect(await readdir(at('refused'))).toEqual([]);
});
