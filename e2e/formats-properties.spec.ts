import { expect, test } from '@playwright/test';
import type { Sharp } from 'sharp';
import { insertJpegMetadata } from '../workers/picture/containers/jpeg.ts';
import { pngChunk } from '../workers/picture/containers/png.ts';
import { insertWebpMetadata } from '../workers/picture/containers/webp.ts';
import { makeProfile } from '../workers/picture/icc.ts';
import { pngProfileChunk } from '../workers/picture/png-encode.ts';
import * as files from './pictures/files.ts';
import { difference, openLab } from './pictures/lab.ts';

const { bytesOf, colour, deep, translucent } = files;
type Bytes = Uint8Array<ArrayBuffer>;

const { decoded } = openLab();

test.describe('orientation', () => {
  const WRITERS = {
    jpeg: (image: Sharp) => image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }),
    png: (image: Sharp) => image.png(),
    webp: (image: Sharp) => image.webp({ lossless: true }),
    tiff: (image: Sharp) => image.tiff({ compression: 'lzw' }),
    avif: (image: Sharp) => image.avif({ quality: 90 }),
  };
  for (const [kind, write] of Object.entries(WRITERS)) {
    for (const drawn of kind === 'jpeg' || kind === 'tiff' ? [colour] : [colour, translucent]) {
      test(`${kind}, ${drawn === colour ? 'opaque' : 'with alpha'}: 1 to 8, once`, async () => {
        for (let orientation = 1; orientation <= 8; orientation += 1) {
          const file = await bytesOf(write(drawn()).withMetadata({ orientation }));
          const { info, data } = await decoded(file);
          const expected = await files.reference(file, 8);
          expect([orientation, info.width, info.height]).toEqual([orientation, expected.width, expected.height]);
          expect(difference(data, expected.data)).toBeLessThanOrEqual(1);
        }
      });
    }
  }
});

test.describe('Display P3', () => {
  const icc = makeProfile('display-p3');

  test('numbers stay as they are in the file', async () => {
    const png = await bytesOf(translucent().png());
    const jpeg = await bytesOf(colour().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }));
    const webp = await bytesOf(translucent().webp({ lossless: true, exact: true }));
    const opaque = await bytesOf(colour().webp({ lossless: true }));
    const tagged: readonly (readonly [Bytes, Bytes])[] = [
      [png, files.withChunks(png, pngProfileChunk(icc))],
      [png, files.withChunks(png, pngChunk('cICP', Uint8Array.of(12, 13, 0, 1)))],
      [jpeg, Uint8Array.from(Buffer.concat(insertJpegMetadata(jpeg, null, null, icc).parts))],
      [webp, Uint8Array.from(Buffer.concat(insertWebpMetadata(webp, null, null, icc)))],
      [opaque, Uint8Array.from(Buffer.concat(insertWebpMetadata(opaque, null, null, icc)))],
    ];
    for (const [plain, file] of tagged) {
      const { info, data } = await decoded(file);
      expect(info.colorSpace).toBe('display-p3');
      expect(difference(data, (await files.reference(plain, 8)).data)).toBeLessThanOrEqual(1);
    }
  });

  test('16-bit PNG keeps both', async () => {
    const file = files.withChunks(await bytesOf(deep().png()), pngProfileChunk(icc));
    const { info, data } = await decoded(file);
    expect(info).toMatchObject({ depth: 16, colorSpace: 'display-p3' });
    expect(difference(data, (await files.reference(await bytesOf(deep().png()), 16)).data)).toBe(0);
    // A profile that Limpid cannot read leaves the picture to the browser, which has 8 bits; that is said.
    const unread = await decoded(files.withChunks(await bytesOf(deep().png()), pngProfileChunk(new Uint8Array(200))));
    expect(unread.info.depth).toBe(8);
    expect(unread.info.notes.join()).toMatch(/16-bit picture.* with 8 bits/);
  });
});
