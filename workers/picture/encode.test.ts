import { load as loadExif } from 'exifreader';
import { expect, it } from 'vitest';
import { ascii } from './bytes.ts';
import { encodePicture } from './encode.ts';
import { createStore } from './store.ts';
import { makeExif } from './testing/exif-maker.ts';

const NO_METADATA = { exif: null, icc: null, xmp: null };

/** Colour type of a written PNG and the chunks that tell its colours. */
async function written(pixel: readonly number[], colorSpace: 'srgb' | 'display-p3', format: 'png' | 'png16') {
  const store = createStore(2, 1, 8, colorSpace);
  store.data.set([...pixel, ...pixel]);
  const provenance = { version: '0', date: '', steps: [] };
  const { blob } = await encodePicture(store, NO_METADATA, { format }, provenance, 'a.png');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const chunks: string[] = [];
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) chunks.push(ascii(bytes, at + 4, 4));
  return { type: bytes[25], chunks: chunks.filter((name) => ['sRGB', 'cICP', 'iCCP'].includes(name)) };
}

it.each(['png', 'png16'] as const)('a grey Display P3 picture as %s carries no profile for colour', async (format) => {
  expect(await written([9, 8, 7, 255], 'display-p3', format)).toEqual({ type: 2, chunks: ['cICP', 'iCCP'] });
  expect(await written([9, 9, 9, 255], 'display-p3', format)).toEqual({ type: 0, chunks: ['cICP'] });
  expect(await written([9, 9, 9, 128], 'display-p3', format)).toEqual({ type: 4, chunks: ['cICP'] });
  expect(await written([9, 9, 9, 255], 'srgb', format)).toEqual({ type: 0, chunks: ['sRGB'] });
});

it.each([
  ['sRGB of a picture with a profile', new Uint8Array(200), 'srgb', 1],
  ['what it said of a picture without', null, 'srgb', 0xffff],
  ['what it said of Display P3', new Uint8Array(200), 'display-p3', 0xffff],
] as const)('EXIF says %s', async (_, icc, colorSpace, expected) => {
  const exif = makeExif({ main: [], exif: [{ tag: 0xa001, value: 0xffff }] });
  const { blob } = await encodePicture(
    createStore(2, 1, 8, colorSpace),
    { exif, icc, xmp: null },
    { format: 'png' },
    { version: '0', date: '', steps: [] },
    'a.png',
  );
  const tags = loadExif(Buffer.from(await blob.arrayBuffer()), { expanded: true });
  expect(tags.exif?.ColorSpace?.value).toBe(expected);
});
