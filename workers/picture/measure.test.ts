import { describe, expect, it } from 'vitest';
import { measureRun } from './measure.ts';
import { createStore, type PixelStore } from './store.ts';
import { resizeRegion } from './testing/resize.ts';

function paint(width: number, height: number, pixel: (x: number, y: number) => readonly number[]): PixelStore {
  const store = createStore(width, height, 8, 'srgb');
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) store.data.set(pixel(x, y), (y * width + x) * 4);
  }
  return store;
}

const smooth = (width: number, height: number): PixelStore =>
  paint(width, height, (x, y) => [40 + x * 3, 90 + y * 5, (x * 7 + y * 11) % 200, 255]);

const flat = (width: number, height: number, value: number, alpha = 255): PixelStore =>
  paint(width, height, () => [value, value, value, alpha]);

describe('measureRun', () => {
  it('finds no change in an untouched picture', async () => {
    const input = smooth(30, 20);
    expect(await measureRun(input, smooth(30, 20))).toEqual({
      backProjectionDb: null,
      changedShare: 0,
      meanChange: 0,
      maxChange: 0,
      reference: 'input',
    });
  });

  it('counts pixels changed by more than two levels in any channel', async () => {
    const input = flat(10, 10, 100);
    const output = flat(10, 10, 100);
    output.data[1] = 151; // one pixel by 51 levels
    output.data[6] = 102; // one by two: within rounding
    const measure = await measureRun(input, output);
    expect(measure.changedShare).toBeCloseTo(0.01, 12);
    expect(measure.maxChange).toBeCloseTo(0.2, 6);
    expect(measure.meanChange).toBeCloseTo((51 + 2) / 255 / 100, 6);
  });

  it('gives the PSNR of a constant offset after shrinking back', async () => {
    const measure = await measureRun(flat(16, 12, 100), flat(40, 30, 110));
    expect(measure.reference).toBe('bicubic');
    expect(measure.backProjectionDb).toBeCloseTo(20 * Math.log10(255 / 10), 4);
    expect(measure.changedShare).toBe(1);
    expect(measure.meanChange).toBeCloseTo(10 / 255, 6);
  });

  it('is infinite for a result that shrinks back exactly', async () => {
    const measure = await measureRun(flat(9, 7, 77), flat(72, 56, 77));
    expect(measure.backProjectionDb).toBe(Infinity);
    expect(measure.maxChange).toBe(0);
  });

  it('finds no change in the plain bicubic enlargement itself, and a high back-projection', async () => {
    const input = smooth(31, 23);
    const size = { width: 62, height: 46 };
    const measure = await measureRun(input, resizeRegion(input, size, { x: 0, y: 0, ...size }));
    expect(measure.changedShare).toBe(0);
    expect(measure.maxChange).toBe(0);
    expect(measure.backProjectionDb).toBeGreaterThan(25);
    expect(measure.backProjectionDb).toBeLessThan(80);
  });

  it('leaves out what is fully transparent', async () => {
    const input = paint(8, 8, (x) => (x < 4 ? [255, 0, 0, 0] : [50, 50, 50, 255]));
    const output = paint(8, 8, (x) => (x < 4 ? [0, 255, 0, 0] : [50, 50, 50, 255]));
    const measure = await measureRun(input, output);
    expect([measure.changedShare, measure.maxChange]).toEqual([0, 0]);
    const nothing = await measureRun(flat(4, 4, 9, 0), flat(8, 8, 200, 0));
    expect(nothing).toMatchObject({ backProjectionDb: Infinity, changedShare: 0, meanChange: 0, maxChange: 0 });
  });

  it('works for one pixel and for one long row', async () => {
    expect((await measureRun(flat(1, 1, 5), flat(8, 8, 5))).backProjectionDb).toBe(Infinity);
    expect((await measureRun(flat(5000, 1, 5), flat(40000, 8, 5))).changedShare).toBe(0);
  });

  it('lets the event loop in and stops when aborted', async () => {
    const input = flat(1500, 1500, 100);
    const output = flat(3000, 3000, 100);
    const controller = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
      if (turns === 3) controller.abort();
    }, 1);
    await expect(measureRun(input, output, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    clearInterval(timer);
    expect(turns).toBe(3);
  });
});
