import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { rendererPeak } from '../bench/memory.ts';
import type { Outcome, Written } from './harness/pictures.ts';
import { openLab } from './pictures/lab.ts';

const { call } = openLab();

test('a turned photo of 24 megapixels is decoded within 1 GB', async () => {
  test.skip(process.platform !== 'linux', 'peak memory is read from /proc');
  const plain = sharp({ create: { width: 6000, height: 4000, channels: 3, background: '#8a6f41' } });
  const photo = await plain.jpeg({ quality: 92 }).withMetadata({ orientation: 6 }).toBuffer();
  const [outcome] = await call<readonly Outcome[]>('decodeMany', [Uint8Array.from(photo)]);
  expect(outcome?.size).toEqual([4000, 6000]);
  const peak = (rendererPeak() ?? 0) / 2 ** 20;
  test
    .info()
    .annotations.push({ type: 'peak memory', description: `${Math.round(peak)} MB, the page’s own 130 MB included` });
  // Its pixels alone take 96 MB: less would mean that the wrong process was measured.
  expect(peak).toBeGreaterThan(200);
  expect(peak).toBeLessThan(1000);
});

test('16-bit pictures above 60 megapixels are kept with 8 bits and say so', async () => {
  const [width, height] = [8000, 7600];
  const samples = new Uint16Array(width * height).fill(40_000);
  samples[samples.length - 1] = 20_200; // 78.6 of 255, so 79; dropping its low byte would give 78.
  const deep = sharp(samples, { raw: { width, height, channels: 1 } }).toColourspace('grey16');
  const files = [
    await deep.clone().png({ compressionLevel: 1 }).toBuffer(),
    await deep.clone().tiff({ compression: 'lzw' }).toBuffer(),
  ];
  const outcomes = await call<readonly Outcome[]>(
    'decodeMany',
    files.map((file) => Uint8Array.from(file)),
  );
  for (const outcome of outcomes) {
    expect(outcome.error).toBeNull();
    expect([outcome.size, outcome.depth]).toEqual([[width, height], 8]);
    expect(outcome.notes).toContain('This 16-bit picture is so large that it is restored with 8 bits a channel.');
    expect(outcome.last).toEqual([79, 79, 79, 255]);
  }
});

test('messages are answered while a large PNG is decoded', async () => {
  const plain = sharp({ create: { width: 6000, height: 6000, channels: 3, background: '#8a6f41' } });
  const file = Uint8Array.from(await plain.png({ compressionLevel: 1 }).toBuffer());
  expect(await call<number>('messagesWhileDecoding', file)).toBeGreaterThanOrEqual(5);
});

test('64 megapixels and 20,000 pixels a side are written as PNG', async () => {
  const image = sharp(await call<Uint8Array>('writeLarge', 20000, 3200), { limitInputPixels: false });
  const meta = await image.metadata();
  expect([meta.width, meta.height, meta.channels]).toEqual([20000, 3200, 1]);
  const corner = await image.extract({ left: 19990, top: 3195, width: 10, height: 5 }).raw().toBuffer();
  expect(Array.from(corner.subarray(0, 3))).toEqual([0, 1, 2].map((x) => ((19990 + x) >> 4) & 255));
  const tooWide = await call<Written>('refuseLarge', 20000, 100, 'webp');
  expect(tooWide.error?.message).toMatch(/WebP ends at 16,383 pixels a side.*PNG can hold it/);
});
