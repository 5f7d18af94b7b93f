import { expect, test } from '@playwright/test';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import type { EncodeOptions, OutputFormat } from '../contract/picture.ts';
import { pngChunk } from '../workers/picture/containers/png.ts';
import { makeProfile, readProfile } from '../workers/picture/icc.ts';
import { pngProfileChunk } from '../workers/picture/png-encode.ts';
import type { Provenance } from '../workers/picture/provenance.ts';
import type { Written } from './harness/pictures.ts';
import { CAMERA, photo } from './pictures/camera.ts';
import * as files from './pictures/files.ts';
import { difference, openLab } from './pictures/lab.ts';

const { bytesOf, colour, deep, translucent, WIDTH, HEIGHT } = files;
type Bytes = Uint8Array<ArrayBuffer>;

const { call, decoded } = openLab();

// The package is CommonJS for Node: there is no named export to import.
// oxlint-disable-next-line import/no-named-as-default-member
const { load: readTags } = ExifReader;

const SHA = 'a'.repeat(60) + '1234';
const PROVENANCE: Provenance = {
  version: '9.8.7',
  date: '2026-01-02T03:04:05Z',
  steps: [
    { model: 'MIMO-UNet+', scale: 1, weightsName: 'Limpid’s weights', weightsSha256: SHA, quality: 'best' },
    { model: 'LIIF-EDSR', scale: 2.5, weightsName: 'a <b> & "c".pth', weightsSha256: SHA, quality: 'fast' },
  ],
};

async function write(file: Bytes, options: EncodeOptions, name = 'holiday.jpg'): Promise<Written> {
  const written = await call<Written>('transcode', file, name, options, PROVENANCE);
  if (!written.ok) throw new Error(`${written.error?.message ?? ''} (${written.error?.detail ?? ''})`);
  return written;
}

for (const format of ['png', 'png16', 'jpeg', 'webp'] as const satisfies readonly OutputFormat[]) {
  test(`${format}: EXIF upright and without position, provenance and rights in XMP`, async () => {
    const written = await write(await photo(), { format });
    const meta = await sharp(written.bytes).metadata();
    // Orientation 6 has been applied.
    expect([meta.width, meta.height, meta.orientation ?? 1]).toEqual([HEIGHT, WIDTH, 1]);
    expect(written.name).toBe(`holiday-2.5x.${format === 'jpeg' ? 'jpg' : format.replace('16', '')}`);
    const tags = readTags(Buffer.from(written.bytes), { expanded: true });
    expect(tags.exif?.Make?.description).toBe('Limpid Cameras');
    expect(tags.exif?.DateTimeOriginal?.description).toBe('2026:01:02 03:04:05');
    expect(tags.exif?.PixelXDimension?.value).toBe(HEIGHT);
    expect(tags.gps).toBeUndefined();
    const packet = Buffer.from(meta.xmp ?? []).toString('utf8');
    for (const part of [
      '9.8.7',
      SHA,
      'MIMO-UNet+',
      'LIIF-EDSR',
      '<limpid:scale>2.5<',
      'algorithmicallyEnhanced',
      'Held by the photographer',
    ]) {
      expect(packet).toContain(part);
    }
    expect(packet).not.toMatch(/GPS|tiff:Orientation|<b>/);
    expect(tags.xmp).toBeDefined();
    const kept = readTags(Buffer.from((await write(await photo(), { format, keepLocation: true })).bytes), {
      expanded: true,
    });
    expect(kept.gps?.Latitude).toBeCloseTo(48 + 8 / 60, 6);
  });

  test(`${format}: Display P3 stays Display P3`, async () => {
    const source = files.withChunks(await bytesOf(colour().png()), pngProfileChunk(makeProfile('display-p3')));
    const { bytes } = await write(source, { format, quality: 1 }, 'p3.png');
    expect(readProfile(Uint8Array.from((await sharp(bytes).metadata()).icc ?? []))?.colorSpace).toBe('display-p3');
    const again = await decoded(Uint8Array.from(bytes));
    expect(again.info.colorSpace).toBe('display-p3');
    const { data } = await files.reference(await bytesOf(colour().png()), 8);
    const deeper = format === 'png16' ? 257 : 1;
    const within = format === 'jpeg' || format === 'webp' ? 8 : 0;
    expect(
      difference(
        again.data,
        Uint16Array.from(data, (value) => value * deeper),
      ),
    ).toBeLessThanOrEqual(within);
  });
}

test('PNG keeps straight alpha and hidden colours exactly', async () => {
  const source = await bytesOf(translucent().png());
  for (const format of ['png', 'png16'] as const) {
    const { bytes } = await write(source, { format });
    expect(difference(await sharp(bytes).toColourspace('srgb').raw().toBuffer(), files.drawRgba())).toBe(0);
  }
});

test('WebP keeps alpha, and colours where they show', async () => {
  const { bytes } = await write(await bytesOf(translucent().png()), { format: 'webp', quality: 1 });
  const out = await sharp(bytes).ensureAlpha().raw().toBuffer();
  const source = files.drawRgba();
  const hidden = (_: number, at: number): boolean => (source[at | 3] ?? 0) > 0;
  expect(
    difference(
      out.filter((_, at) => (at & 3) === 3),
      source.filter((_, at) => (at & 3) === 3),
    ),
  ).toBe(0);
  expect(difference(Uint8Array.from(out).filter(hidden), source.filter(hidden))).toBeLessThanOrEqual(8);
});

test('JPEG puts transparency on white and says so', async () => {
  const { bytes, notes } = await write(await bytesOf(translucent().png()), { format: 'jpeg', quality: 1 });
  expect(notes).toContain('JPEG has no transparency: the picture stands on white.');
  const out = await sharp(bytes).raw().toBuffer();
  const expected = await translucent().flatten({ background: '#ffffff' }).raw().toBuffer();
  expect(difference(out, expected)).toBeLessThanOrEqual(8);
  expect((await write(await bytesOf(colour().png()), { format: 'jpeg' })).notes).toEqual([]);
});

test('16 bits survive png16 and are said to be cut elsewhere', async () => {
  const source = await bytesOf(deep().png());
  const wide = await write(source, { format: 'png16' });
  expect(wide.notes).toEqual([]);
  const expected = await files.reference(source, 16);
  expect(difference((await files.reference(wide.bytes, 16)).data, expected.data)).toBe(0);
  for (const format of ['png', 'jpeg', 'webp'] as const)
    expect((await write(source, { format })).notes.join()).toMatch(/16.*keeps? all|keep all/);
});

test('grey is written as grey', async () => {
  const { bytes } = await write(await bytesOf(colour().greyscale().png()), { format: 'png' });
  expect((await sharp(bytes).metadata()).channels).toBe(1);
});

test('a PNG’s own EXIF turns it once and leaves upright', async () => {
  const source = files.withChunks(await bytesOf(colour().png()), pngChunk('eXIf', CAMERA));
  const { bytes } = await write(source, { format: 'png' });
  const again = await decoded(Uint8Array.from(bytes));
  expect(again.info).toMatchObject({ width: HEIGHT, height: WIDTH, orientation: 1, hasLocation: false });
});

test('what the browser cannot write is refused with what it can', async () => {
  const formats = await call<readonly OutputFormat[]>('formats');
  expect(formats).toEqual(expect.arrayContaining(['png', 'png16', 'jpeg', 'webp']));
  const written = await call<Written>(
    'transcode',
    await bytesOf(colour().png()),
    'x.png',
    { format: 'avif' },
    PROVENANCE,
  );
  if (formats.includes('avif')) expect(written.type).toBe('image/avif');
  else
    expect(written.error).toMatchObject({
      code: 'encode-failed',
      message: expect.stringMatching(/cannot write AVIF; it can write PNG, WebP, JPEG/),
    });
});
