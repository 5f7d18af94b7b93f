import { expect, test } from '@playwright/test';
import sharp, { type Sharp } from 'sharp';
import { makeProfile } from '../workers/picture/icc.ts';
import { insertJpegMetadata } from '../workers/picture/containers/jpeg.ts';
import { pngProfileChunk } from '../workers/picture/png-encode.ts';
import { makeExif } from '../workers/picture/testing/exif-maker.ts';
import type { Outcome } from './harness/pictures.ts';
import * as files from './pictures/files.ts';
import { openLab } from './pictures/lab.ts';

const { bytesOf, colour, deep, translucent } = files;
type Bytes = Uint8Array<ArrayBuffer>;

const { call } = openLab();

const FILES = 2000;
const BATCH = 50;
const SEED = 20260102;

/** mulberry32: small, seeded, good enough to spread mutations. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

async function seeds(): Promise<Bytes[]> {
  const exif = makeExif({
    main: [{ tag: 0x0112, value: 6 }],
    exif: [{ tag: 0xa002, value: 61 }],
    gps: [{ tag: 1, value: 'N' }],
  });
  const png = await bytesOf(translucent().png());
  const plain = await bytesOf(colour().png());
  const jpeg = await bytesOf(colour().jpeg());
  const pages = Buffer.concat([await colour().raw().toBuffer(), await colour().negate().raw().toBuffer()]);
  const animated = (): Sharp =>
    sharp(pages, { raw: { width: files.WIDTH, height: files.HEIGHT * 2, channels: 3, pageHeight: files.HEIGHT } });
  return [
    png,
    files.withChunks(plain, pngProfileChunk(makeProfile('display-p3'))),
    await bytesOf(translucent().png({ progressive: true })),
    await bytesOf(colour().png({ palette: true })),
    await bytesOf(deep().png()),
    files.makeApng(plain, plain, files.WIDTH, files.HEIGHT),
    Uint8Array.from(Buffer.concat(insertJpegMetadata(jpeg, exif, null, makeProfile('display-p3')).parts)),
    await bytesOf(colour().jpeg({ progressive: true })),
    await bytesOf(colour().greyscale().jpeg()),
    await bytesOf(colour().webp()),
    await bytesOf(translucent().webp()),
    await bytesOf(translucent().webp({ lossless: true })),
    await bytesOf(animated().webp({ delay: [50, 50] })),
    await bytesOf(colour().avif()),
    await bytesOf(translucent().avif()),
    await bytesOf(animated().gif({ delay: [50, 50] })),
    files.makeBmp(files.drawRgba(), files.WIDTH, files.HEIGHT, 24, false),
    files.makeIcon(await bytesOf(colour().resize(32, 32).png()), 32),
    await bytesOf(colour().tiff({ compression: 'lzw', predictor: 'horizontal' })),
    await bytesOf(translucent().tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 })),
    await bytesOf(colour().tiff({ compression: 'jpeg' })),
    files.circularTiff(await bytesOf(colour().tiff({ compression: 'lzw' }))),
    files.SVG,
    files.heic(),
  ];
}

type Mutate = (file: Bytes, other: Bytes, random: (limit: number) => number) => Bytes;

const flip: Mutate = (file, _, random) => {
  const copy = file.slice();
  for (let hits = 1 + random(16); hits > 0; hits -= 1) {
    const at = random(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
  }
  return copy;
};

/** Headers decide most: sizes, offsets, counts stand in the first bytes. */
const flipHeader: Mutate = (file, _, random) => {
  const copy = file.slice();
  for (let hits = 1 + random(4); hits > 0; hits -= 1)
    copy[random(Math.min(copy.length, 200))] = [0, 1, 127, 128, 255, random(256)][random(6)] ?? 0;
  return copy;
};

const truncate: Mutate = (file, _, random) => file.slice(0, random(file.length));

const splice: Mutate = (file, other, random) => {
  const cut = 8 + random(Math.min(file.length, 400));
  return Uint8Array.from([...file.subarray(0, cut), ...other.subarray(Math.min(other.length, random(400)))]);
};

const overwrite: Mutate = (file, _, random) => {
  const copy = file.slice();
  const start = random(copy.length);
  copy.fill(random(256), start, start + random(64));
  return copy;
};

const remove: Mutate = (file, _, random) => {
  const start = random(file.length);
  return Uint8Array.from([...file.subarray(0, start), ...file.subarray(start + 1 + random(40))]);
};

const MUTATIONS = [flip, flipHeader, truncate, splice, overwrite, remove];

const CODES = ['not-a-picture', 'unsupported-picture', 'damaged-picture', 'picture-too-large', 'picture-empty'];

test(`${FILES} damaged files (seed ${SEED}): a picture or one sentence, never a hang`, async () => {
  test.setTimeout(300_000);
  const originals = await seeds();
  const random = randomFrom(SEED);
  let decoded = 0;
  const sentences = new Map<string, number>();
  for (let batch = 0; batch < FILES / BATCH; batch += 1) {
    const mutants = Array.from({ length: BATCH }, (_, index) => {
      const file = originals[(batch * BATCH + index) % originals.length] ?? new Uint8Array(0);
      const other = originals[random(originals.length)] ?? file;
      return (MUTATIONS[random(MUTATIONS.length)] ?? flip)(file, other, random);
    });
    const outcomes = await call<readonly Outcome[]>('decodeMany', mutants);
    outcomes.forEach(({ error, size }, index) => {
      const which = `file ${batch * BATCH + index}`;
      if (error === null) {
        expect(size?.[0], which).toBeGreaterThan(0);
        expect(size?.[1], which).toBeGreaterThan(0);
        decoded += 1;
        return;
      }
      expect(CODES, `${which}: ${error.message} (${error.detail ?? ''})`).toContain(error.code);
      expect(error.message, which).toMatch(/^“mutant” [^“”\n]+\.$/);
      const shape = error.message.replace(/[\d,]+/g, '#');
      sentences.set(shape, (sentences.get(shape) ?? 0) + 1);
    });
  }
  // Both endings must occur in plenty, or the mutations are too weak or too strong to test anything.
  expect(decoded).toBeGreaterThan(FILES / 10);
  expect(decoded).toBeLessThan((FILES * 9) / 10);
  expect(sentences.size).toBeGreaterThan(15);
  test.info().annotations.push({
    type: 'outcome',
    description: `${decoded} decoded, ${FILES - decoded} refused`,
  });
});
