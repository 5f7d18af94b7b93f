import { expect, test } from '@playwright/test';
import { insertWebpMetadata } from '../workers/picture/containers/webp.ts';
import { makeProfile } from '../workers/picture/icc.ts';
import type { Provenance } from '../workers/picture/provenance.ts';
import type { Written } from './harness/pictures.ts';
import * as files from './pictures/files.ts';
import { difference, openLab } from './pictures/lab.ts';

/** Pictures in browsers that change the pixels which a page reads. */
const { bytesOf, colour, translucent } = files;
const { call, decode, decoded, restart } = openLab();
const NO_STEPS: Provenance = { version: '0', date: '', steps: [] };

test('noise on canvases is told, and only of pictures that pass through one', async () => {
  await restart('addNoise');
  const jpeg = await bytesOf(colour().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }));
  const { info, data } = await decoded(jpeg);
  expect(info.notes.join()).toMatch(/adds a little noise/);
  expect(difference(data, (await files.reference(jpeg, 8)).data)).toBeLessThanOrEqual(2);
  expect((await decoded(files.SVG, 'drawing.svg')).info.notes.join()).toMatch(/adds a little noise/);

  const png = await bytesOf(translucent().png());
  const exact = await decoded(png);
  expect(exact.info.notes).toEqual([]);
  expect(difference(exact.data, (await files.reference(png, 8)).data)).toBe(0);

  const written = await call<Written>('transcode', png, 'a.png', { format: 'webp' }, NO_STEPS);
  expect(written.ok).toBe(true);
  expect(written.notes.join()).toMatch(/adds a little noise/);
});

test('made-up pixels are refused, in and out, and PNG goes on working', async () => {
  await restart('hidePixels');
  for (const [name, file] of [
    ['photo.jpg', await bytesOf(colour().jpeg())],
    ['photo.heic', files.heic()],
    ['drawing.svg', files.SVG],
  ] as const) {
    const result = await decode(file, name);
    expect(result.ok ? name : result.error).toMatchObject({
      code: 'unsupported-picture',
      message: expect.stringMatching(new RegExp(`^“${name}” cannot be read: this browser gives pages made-up pixels`)),
    });
  }
  const png = await bytesOf(translucent().png());
  expect((await decoded(png)).info.notes).toEqual([]);
  expect((await call<Written>('transcode', png, 'a.png', { format: 'png' }, NO_STEPS)).ok).toBe(true);
  expect(await call<Written>('transcode', png, 'a.png', { format: 'jpeg' }, NO_STEPS)).toMatchObject({
    ok: false,
    error: { code: 'encode-failed', message: expect.stringMatching(/made-up pixels.* cannot write JPEG; PNG works/) },
  });
});

test('what comes in sRGB is labelled sRGB', async () => {
  const icc = makeProfile('display-p3');
  const plain = await bytesOf(colour().webp({ lossless: true }));
  const file = Uint8Array.from(Buffer.concat(insertWebpMetadata(plain, null, null, icc)));
  await restart();
  const wide = await decoded(file);
  expect(wide.info).toMatchObject({ colorSpace: 'display-p3', notes: [] });
  await restart('forgetSpaces');
  const { info, data } = await decoded(file);
  expect(info.colorSpace).toBe('srgb');
  expect(info.notes.join()).toMatch(/in sRGB only/);
  // Converted, not merely called so.
  expect(difference(data, wide.data)).toBeGreaterThan(10);
});

test('frames that come multiplied by alpha are left for the canvas', async () => {
  const file = await bytesOf(translucent().webp({ lossless: true, exact: true }));
  const expected = (await files.reference(file, 8)).data;
  /** The largest difference where a pixel is at least half opaque: there multiplying costs a level. */
  const whereFirm = (data: ArrayLike<number>): number =>
    difference(
      expected.map((_, at) => ((expected[at | 3] ?? 0) < 128 ? 0 : (data[at] ?? 0))),
      expected.map((value, at) => ((expected[at | 3] ?? 0) < 128 ? 0 : value)),
    );
  await restart('multiplyFrames');
  const { info, data } = await decoded(file);
  expect(whereFirm(data)).toBeLessThanOrEqual(2);
  expect(info.notes.join()).toMatch(/multiplied by their transparency/);
  // An opaque file of the same kind loses nothing, and nothing is said of it.
  expect((await decoded(await bytesOf(colour().webp({ lossless: true })))).info.notes).toEqual([]);
});
