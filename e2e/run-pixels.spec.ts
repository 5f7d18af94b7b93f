import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { HeadlessLimpid } from '../cli/headless.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { EncodeOptions } from '../contract/picture.ts';
import type { Recipe, Step } from '../contract/run.ts';
import { makeProfile, readProfile } from '../workers/picture/icc.ts';
import { pngProfileChunk } from '../workers/picture/png-encode.ts';
import { photo } from './pictures/camera.ts';
import { bytesOf, reference, withChunks } from './pictures/files.ts';
import { difference } from './pictures/lab.ts';
import { paint } from './pictures.ts';

/** What a run, from the opened file to the saved one, makes of the pixels and of what a file says beside them. */
let folder = '';
let limpid: HeadlessLimpid;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limpid-run-pixels-'));
  limpid = await HeadlessLimpid.start({ backend: 'wasm' });
});
test.afterAll(async () => {
  await limpid.close();
  await rm(folder, { recursive: true });
});

// The package is CommonJS for Node: there is no named export to import.
// oxlint-disable-next-line import/no-named-as-default-member
const { load: readTags } = ExifReader;

const enlarge = (scale: number): Step => ({ model: 'liif-edsr', scale, quality: 'best' });
const DEBLUR: Step = { model: 'mimo-unet-realblur', scale: 1, quality: 'best' };

/** The saved file of a recipe over a picture file. */
async function restore(
  input: Uint8Array,
  recipe: Recipe,
  options: EncodeOptions = { format: 'png' },
  name = 'input.png',
): Promise<Uint8Array<ArrayBuffer>> {
  await writeFile(join(folder, name), input);
  const restored = await limpid.restore(join(folder, name), { recipe, backend: 'wasm' });
  if (!restored.ok) throw new Error(`${restored.error.message} ${restored.error.detail ?? ''}`);
  const saved = await limpid.save(options, (suggested) => join(folder, suggested));
  if (!saved.ok) throw new Error(saved.error.message);
  await limpid.forget();
  return Uint8Array.from(await readFile(saved.value.path));
}

/** 16 bits a channel, with low bytes of its own. */
const deep = (width: number, height: number): Promise<Uint8Array<ArrayBuffer>> => {
  const samples = Uint16Array.from(paint(width, height).data, (value, at) => value * 250 + (at % 97));
  return bytesOf(
    sharp(samples, { raw: { width, height, channels: 3 } })
      .toColourspace('rgb16')
      .png(),
  );
};

test('a recipe of two steps gives what its steps give one after the other, and 16 bits go through both', async () => {
  const input = await deep(26, 18);
  const wide = { format: 'png16' } as const;
  const [both, first, alone] = [
    await restore(input, [DEBLUR, enlarge(2)], wide),
    await restore(input, [DEBLUR], wide),
    await restore(input, [enlarge(2)], wide),
  ];
  const chained = await restore(first, [enlarge(2)], wide);
  const [a, b, c] = [await reference(both, 16), await reference(chained, 16), await reference(alone, 16)];
  expect([a.width, a.height]).toEqual([52, 36]);
  // The file between the two steps rounds to 1/65,535, which the network may enlarge a little.
  expect(difference(a.data, b.data)).toBeLessThanOrEqual(8);
  expect(difference(a.data, c.data)).toBeGreaterThan(500);
  // Not 8 bits written as 16.
  expect(a.data.filter((value) => value % 257 !== 0).length).toBeGreaterThan(a.data.length / 2);
});

test('a translucent disc keeps its alpha, and no dark rim grows around it', async () => {
  const [side, colour] = [24, [200, 90, 40]] as const;
  const data = Uint8Array.from({ length: side * side * 4 }, (_, at) => {
    const [x, y] = [(at >> 2) % side, Math.floor((at >> 2) / side)];
    const alpha = 255 * Math.min(1, Math.max(0, 8.5 - Math.hypot(x - 11.5, y - 11.5)));
    // As drawing programs write it: black where nothing is seen.
    return (at & 3) === 3 ? alpha : alpha >= 1 ? (colour[at & 3] ?? 0) : 0;
  });
  const disc = await bytesOf(sharp(data, { raw: { width: side, height: side, channels: 4 } }).png());
  const { width, height, data: out } = await reference(await restore(disc, [enlarge(3)]), 8);
  expect([width, height]).toEqual([72, 72]);
  const alphaAt = (x: number, y: number): number | undefined => out[(y * width + x) * 4 + 3];
  expect(alphaAt(36, 36)).toBe(255);
  for (const [x, y] of [
    [0, 0],
    [71, 0],
    [0, 71],
    [71, 71],
  ] as const)
    expect(alphaAt(x, y)).toBe(0);
  const rim = Array.from({ length: width * height }, (_, i) => i * 4).filter(
    (at) => (out[at + 3] ?? 0) > 0 && (out[at + 3] ?? 0) < 255,
  );
  expect(rim.length).toBeGreaterThan(50);
  const off = rim.map((at) => Math.max(...colour.map((value, c) => Math.abs((out[at + c] ?? 0) - value))));
  expect(Math.max(...off)).toBeLessThanOrEqual(12);

  const sharpened = await reference(await restore(disc, [DEBLUR]), 8);
  const alpha = (_: number, at: number): boolean => (at & 3) === 3;
  expect(sharpened.data.filter(alpha)).toEqual(data.filter(alpha));
});

test('grey stays grey', async () => {
  const grey = await bytesOf(
    sharp(paint(20, 14).data, { raw: { width: 20, height: 14, channels: 3 } })
      .greyscale()
      .png(),
  );
  for (const recipe of [[enlarge(2)], [DEBLUR]] as const) {
    const { channels } = await sharp(await restore(grey, recipe)).metadata();
    expect(channels).toBe(1);
  }
});

test('Display P3 stays Display P3', async () => {
  const plain = await bytesOf(sharp(paint(20, 14).data, { raw: { width: 20, height: 14, channels: 3 } }).png());
  const saved = await restore(withChunks(plain, pngProfileChunk(makeProfile('display-p3'))), [enlarge(2)]);
  const { icc } = await sharp(saved).metadata();
  expect(readProfile(Uint8Array.from(icc ?? []))?.colorSpace).toBe('display-p3');
  // The network sees the numbers as they are; only what they mean differs.
  const asNumbers = (file: Uint8Array): Promise<Buffer> => sharp(file, { ignoreIcc: true }).raw().toBuffer();
  expect(await asNumbers(saved)).toEqual(await asNumbers(await restore(plain, [enlarge(2)])));
});

test("a camera's EXIF: upright, without its position unless that is wished, and how it was restored is told", async () => {
  const manifest = JSON.parse(
    await readFile(new URL('../public/models/mimo-unet-realblur/manifest.json', import.meta.url), 'utf8'),
  ) as Manifest;
  const input = await photo();
  const upright = await reference(input, 8);
  const saved = await restore(input, [DEBLUR], { format: 'png' }, 'camera.jpg');
  const { width, height, orientation, xmp } = await sharp(saved).metadata();
  expect([width, height, orientation ?? 1]).toEqual([upright.width, upright.height, 1]);
  // Turned once, the right way round: a smooth picture, which deblurring leaves nearly as it was.
  expect(difference((await reference(saved, 8)).data, upright.data)).toBeLessThanOrEqual(25);
  const tags = readTags(Buffer.from(saved), { expanded: true });
  expect(tags.exif?.Make?.description).toBe('Limpid Cameras');
  expect(tags.gps).toBeUndefined();
  const packet = Buffer.from(xmp ?? []).toString('utf8');
  for (const part of [manifest.name, manifest.weights.sha256, 'camera.jpg', 'Held by the photographer'])
    expect(packet).toContain(part);
  expect(packet).not.toContain('GPS');

  const kept = await restore(input, [DEBLUR], { format: 'png', keepLocation: true }, 'camera.jpg');
  expect(readTags(Buffer.from(kept), { expanded: true }).gps?.Latitude).toBeCloseTo(48 + 8 / 60, 6);
});
