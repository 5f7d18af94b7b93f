import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../contract/run.ts';
import { PNG_SIGNATURE, pngChunk } from '../picture/containers/png.ts';
import { decodePicture, type DecodedPicture } from '../picture/decode.ts';
import { createStore } from '../picture/store.ts';
import { makePng } from '../picture/testing/png-maker.ts';
import { heldByPicture, heldByResult, memoryLimit } from './memory.ts';
import { Pictures } from './pictures.ts';

const decoded = (width: number, height: number, depth: 8 | 16 = 8): DecodedPicture =>
  ({ pixels: createStore(width, height, depth, 'srgb'), info: {} }) as DecodedPicture;

const PHOTO = { width: 6000, height: 4000, depth: 8 } as const;

describe('what open pictures hold', () => {
  it('counts pixels and reductions of pictures and results, but not the input of the one that is asked about', () => {
    const pictures = new Pictures();
    pictures.add('a', decoded(12, 9));
    pictures.add('b', decoded(8, 8, 16));
    const a = pictures.get('a');
    a.begin(createStore(24, 18, 8, 'srgb'), 5000);
    // Eight-bit pixels and a third of them; sixteen-bit ones with reductions at 8 bits; a result's changes in one channel.
    const input = 12 * 9 * (4 + 4 / 3);
    const deep = 8 * 8 * (8 + 4 / 3);
    const result = 24 * 18 * (4 + 5 / 3);
    expect(pictures.heldBeside('a')).toBeCloseTo(deep);
    expect(pictures.heldBeside('b')).toBeCloseTo(input + result);
    a.finish({} as RunReport);
    expect(pictures.heldBeside('a')).toBeCloseTo(deep + result);
    pictures.remove('a');
    expect(pictures.heldBeside('b')).toBe(0);
    expect(heldByPicture({ width: 12, height: 9, depth: 8 }) + heldByResult({ width: 24, height: 18, depth: 8 })).toBe(
      input + result,
    );
  });

  it('leaves no room for a picture beyond the limit, counting those that are being decoded', () => {
    const pictures = new Pictures();
    const limit = memoryLimit(4);
    let opened = 0;
    const all = Array.from({ length: 100 }, (_, i) => `photo ${i}`);
    const refused: unknown[] = [];
    for (const id of all) {
      try {
        pictures.reserve(id, PHOTO, limit);
        opened += 1;
      } catch (error) {
        refused.push(error);
      }
    }
    expect(opened).toBe(Math.floor(limit / heldByPicture(PHOTO)));
    expect(refused).toHaveLength(100 - opened);
    expect(refused[0]).toMatchObject({
      code: 'too-much-memory',
      message: 'has no room: the open pictures and results already take 1.9 GB; save and remove some of them first.',
    });
    pictures.release('photo 0');
    expect(() => pictures.reserve('photo 99', PHOTO, limit)).not.toThrow();
  });
});

describe('a picture that is opened during a run', () => {
  const GB = 1024 ** 3;
  const TINY = { width: 8, height: 8, depth: 8 } as const;

  it.each(['ends', 'fails'] as const)('has what the run leaves until it %s', (how) => {
    const pictures = new Pictures();
    pictures.add('a', decoded(12, 9));
    const a = pictures.get('a');
    a.begin(createStore(24, 18, 8, 'srgb'), 1.5 * GB);
    const before = pictures.heldBeside('photo');
    expect(() => pictures.reserve('photo', PHOTO, 1.6 * GB)).toThrow(
      'has no room: the open pictures and results already take 0.0 GB and the run 1.5 GB more; open it again when the run has ended, or save and remove some of them first.',
    );
    expect(() => pictures.reserve('tiny', TINY, 1.6 * GB)).not.toThrow();
    pictures.release('tiny');
    // The next run's own plan: it begins when this one has ended.
    expect(before).toBe(
      heldByPicture({ width: 12, height: 9, depth: 8 }) + heldByResult({ width: 24, height: 18, depth: 8 }),
    );
    if (how === 'ends') a.finish({} as RunReport);
    else a.abandon();
    expect(() => pictures.reserve('photo', PHOTO, 1.6 * GB)).not.toThrow();
  });
});

describe('a picture without room', () => {
  it('is refused by its header alone, in a sentence with its name', async () => {
    const header = new Uint8Array(13);
    new DataView(header.buffer).setUint32(0, PHOTO.width);
    new DataView(header.buffer).setUint32(4, PHOTO.height);
    header.set([8, 2, 0, 0, 0], 8);
    // Whoever tries to decode this finds damage.
    const data = pngChunk('IDAT', Uint8Array.of(1, 2, 3));
    const file = new Blob([PNG_SIGNATURE, pngChunk('IHDR', header), data, pngChunk('IEND', new Uint8Array(0))]);
    const pictures = new Pictures();
    for (const id of ['a', 'b', 'c', 'd', 'e']) pictures.reserve(id, PHOTO, Infinity);
    const opening = decodePicture(file, 'photo.png', {
      reserve: (shape) => pictures.reserve('photo', shape, 0.5 * 1024 ** 3),
    });
    await expect(opening).rejects.toMatchObject({
      code: 'too-much-memory',
      message:
        '“photo.png” has no room: the open pictures and results already take 0.6 GB; save and remove some of them first.',
    });
  });

  it.each([
    [8, 8],
    [16, 16],
  ] as const)('is told of with %i bits a channel', async (bits, depth) => {
    const told: unknown[] = [];
    const png = makePng({ width: 7, height: 5, bits, colourType: 2, sample: () => 1 });
    const { pixels } = await decodePicture(new Blob([png]), 'a.png', { reserve: (shape) => told.push(shape) });
    expect(told).toEqual([{ width: 7, height: 5, depth }]);
    expect(pixels).toMatchObject({ width: 7, height: 5, depth });
  });
});
