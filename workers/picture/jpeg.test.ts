import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { concat, u16be, u8 } from './bytes.ts';
import { insertJpegMetadata, readJpeg } from './containers/jpeg.ts';
import { makeExif } from './testing/exif-maker.ts';

async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const jpeg = await sharp({ create: { width: 24, height: 17, channels: 3, background: '#4080c0' } })
    .jpeg()
    .toBuffer();
  const exif = makeExif({ main: [{ tag: 0x0112, value: 6 }] });
  return concat(insertJpegMetadata(Uint8Array.from(jpeg), exif, null, null).parts);
}

/** The file with bytes put before each of its segments. */
function withStray(jpeg: Uint8Array, stray: readonly number[]): Uint8Array<ArrayBuffer> {
  const parts = [jpeg.subarray(0, 2)];
  let at = 2;
  for (let marker = 0; marker !== 0xda;) {
    marker = u8(jpeg, at + 1);
    const end = at + 2 + u16be(jpeg, at + 2);
    parts.push(Uint8Array.from(stray), jpeg.subarray(at, end));
    at = end;
  }
  return concat([...parts, jpeg.subarray(at)]);
}

describe('stray bytes between header segments', () => {
  it.each([[[0]], [[0x41, 0x42, 0x43]], [[0, 0xff, 0, 7]], [[7, 0xff, 0xff]]])(
    '%j are passed over, as libjpeg does',
    async (stray) => {
      const plain = await photo();
      const file = withStray(plain, stray);
      expect((await sharp(file).metadata()).width).toBe(24);
      const [own, wanted] = [readJpeg(file), readJpeg(plain)];
      expect(own).toMatchObject({ width: 24, height: 17, orientation: 6, bits: 8 });
      expect(own.metadata.exif).toEqual(wanted.metadata.exif);
    },
  );

  it('are damage where no segment follows', async () => {
    const file = concat([(await photo()).subarray(0, 20), new Uint8Array(100)]);
    expect(() => readJpeg(file)).toThrow(/cut off|damaged/);
    expect(() => readJpeg(Uint8Array.of(0xff, 0xd8, 1, 2, 3, 4, 5, 6))).toThrow(/breaks off into something else/);
  });
});
