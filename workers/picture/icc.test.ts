import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { convertToSrgb, planColour } from './colour.ts';
import { NO_METADATA, plainHeader, type Header } from './containers/header.ts';
import { gammaProfile, makeProfile, readProfile } from './icc.ts';
import { createStore } from './store.ts';

const header = (rest: Partial<Header>): Header => ({
  ...plainHeader('png', 1, 1),
  mayHaveAlpha: false,
  ...rest,
});

/** The profile that libvips embeds for a name. */
async function embedded(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
    .withIccProfile(name)
    .png()
    .toBuffer();
  return Uint8Array.from((await sharp(png).metadata()).icc ?? []);
}

describe('profiles', () => {
  it('recognises Display P3 and sRGB, its own and those of libvips', async () => {
    for (const colorSpace of ['srgb', 'display-p3'] as const) {
      expect(readProfile(makeProfile(colorSpace))).toMatchObject({
        colorSpace,
        name: colorSpace === 'srgb' ? 'sRGB' : 'Display P3',
      });
    }
    expect(readProfile(await embedded('p3'))?.colorSpace).toBe('display-p3');
    expect(readProfile(await embedded('srgb'))?.colorSpace).toBe('srgb');
  });

  it('makes a Display P3 profile that lcms reads as such', async () => {
    const icc = Buffer.from(makeProfile('display-p3'));
    const png = await sharp(Buffer.from([234, 51, 35]), { raw: { width: 1, height: 1, channels: 3 } })
      .png()
      .toBuffer();
    const { pngProfileChunk } = await import('./png-encode.ts');
    const tagged = Buffer.concat([png.subarray(0, 33), pngProfileChunk(icc), png.subarray(33)]);
    // Display P3's (234, 51, 35) is sRGB's pure red.
    const [r, g, b] = await sharp(tagged).toColourspace('srgb').raw().toBuffer();
    expect(r).toBeGreaterThanOrEqual(253);
    expect(Math.max(g ?? 255, b ?? 255)).toBeLessThanOrEqual(12);
  });

  it('returns null for what is no matrix profile', async () => {
    expect(readProfile(await embedded('cmyk'))).toBeNull();
    expect(readProfile(new Uint8Array(200))).toBeNull();
    const cut = makeProfile('srgb').slice(0, 300);
    expect(readProfile(cut)).toBeNull();
  });

  it('never throws on damaged profiles', () => {
    const good = makeProfile('display-p3');
    let state = 3;
    const random = (limit: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % limit;
    for (let round = 0; round < 1000; round += 1) {
      const bad = good.slice(0, 132 + random(good.length - 131));
      for (let hit = 0; hit < 3; hit += 1) bad[128 + random(Math.max(1, bad.length - 128))] = random(256);
      readProfile(bad);
    }
  });
});

describe('colour plans', () => {
  it('works in Display P3 for a P3 profile, P3 code points, and in sRGB otherwise', async () => {
    const metadata = { ...NO_METADATA, icc: await embedded('p3') };
    expect(planColour(header({ metadata })).colorSpace).toBe('display-p3');
    expect(planColour(header({ codePoints: { primaries: 12, transfer: 13 } })).colorSpace).toBe('display-p3');
    expect(planColour(header({}))).toMatchObject({ colorSpace: 'srgb', convert: null, browserOnly: false });
    expect(planColour(header({ codePoints: { primaries: 9, transfer: 16 } }))).toMatchObject({
      colorSpace: 'srgb',
      browserOnly: true,
    });
  });

  it.each([8, 16] as const)('keeps every grey of a profile with rounded primaries grey, %i bits', (depth) => {
    const profile = readProfile(makeProfile('display-p3'));
    if (profile === null) throw new Error('no profile');
    const levels = depth === 8 ? 256 : 65536;
    const store = createStore(256, levels / 256, depth, 'srgb');
    for (let level = 0; level < levels; level += 1) store.data.fill(level, level * 4, level * 4 + 4);
    convertToSrgb(store, profile);
    const tinted = Array.from({ length: levels }, (_, level) => store.data.subarray(level * 4, level * 4 + 3)).filter(
      ([r, g, b]) => r !== g || g !== b,
    );
    expect(tinted).toEqual([]);
    expect(store.data[levels * 4 - 4]).toBe(levels - 1);
  });

  it('leaves a white that is another on purpose', () => {
    const profile = { ...gammaProfile(1), toXyz: [0.5, 0.3, 0.05, 0.25, 0.65, 0.03, 0, 0.05, 0.4] as const };
    const store = createStore(1, 1, 8, 'srgb');
    store.data.fill(255);
    convertToSrgb(store, profile);
    expect(store.data[2]).toBeLessThan(230);
  });

  it('converts a gamma of 1 and leaves 1/2.2 alone', () => {
    expect(planColour(header({}), 0.45455).convert).toBeNull();
    const plan = planColour(header({}), 1);
    const store = createStore(1, 1, 8, 'srgb');
    store.data.set([0, 55, 255, 9]);
    convertToSrgb(store, plan.convert ?? gammaProfile(2));
    // sRGB's encoding of 55/255 linear is 0.5019.
    expect(Array.from(store.data)).toEqual([0, 128, 255, 9]);
  });

  it.each([8, 16] as const)('converts Display P3 to sRGB as lcms does, %i bits', async (depth) => {
    const profile = readProfile(makeProfile('display-p3'));
    if (profile === null) throw new Error('no profile');
    const colours = [
      [128, 128, 128],
      [200, 100, 50],
      [10, 20, 30],
      [90, 180, 140],
      [255, 255, 255],
    ];
    const store = createStore(colours.length, 1, depth, 'srgb');
    colours.forEach((colour, pixel) =>
      store.data.set(
        [...colour, 255].map((value) => value * (depth === 16 ? 257 : 1)),
        pixel * 4,
      ),
    );
    convertToSrgb(store, profile);
    const { pngProfileChunk } = await import('./png-encode.ts');
    const png = await sharp(Buffer.from(colours.flat()), { raw: { width: colours.length, height: 1, channels: 3 } })
      .png()
      .toBuffer();
    const tagged = Buffer.concat([png.subarray(0, 33), pngProfileChunk(makeProfile('display-p3')), png.subarray(33)]);
    const expected = await sharp(tagged).toColourspace('srgb').removeAlpha().raw().toBuffer();
    colours.forEach((_, pixel) => {
      for (let channel = 0; channel < 3; channel += 1) {
        const value = (store.data[pixel * 4 + channel] ?? 0) / (depth === 16 ? 257 : 1);
        expect(Math.abs(value - (expected[pixel * 3 + channel] ?? 0))).toBeLessThanOrEqual(1.5);
      }
    });
  });
});
