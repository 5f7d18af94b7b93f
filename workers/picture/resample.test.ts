import { describe, expect, it } from 'vitest';
import type { Planar } from '../../contract/inference-api.ts';
import { cubic, cubicAxis } from './kernel.ts';
import { halfSizeAlignCorners, resampleRegion, resizeRegionFloat } from './resample.ts';
import { createStore, type PixelStore } from './store.ts';
import { resizePlanar, resizeRegion } from './testing/resize.ts';

/**
 * Reference values were made by hand with Pillow 12 (mode F and RGBA) and PyTorch 2.13 from the same formula pictures:
 *   a = [[(x*37 + y*91 + x*y*13) % 256 / 255 for x in range(w)] for y in range(h)]
 *   Image.fromarray(float32 a).resize(size, Image.BICUBIC)
 *   F.interpolate(a, scale_factor=0.5, mode='bilinear', align_corners=True)
 */
function formula(width: number, height: number): Planar {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data[y * width + x] = ((x * 37 + y * 91 + x * y * 13) % 256) / 255;
  }
  return { data, channels: 1, width, height };
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], within = 2e-6): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, index) => {
    expect(Math.abs((actual[index] ?? Number.NaN) - value), `value ${String(index)}`).toBeLessThanOrEqual(within);
  });
}

describe('the cubic kernel', () => {
  it('is one at zero, zero at whole distances and sums to one', () => {
    expect(cubic(0)).toBe(1);
    for (const x of [-3, -2, -1, 1, 2, 3]) expect(cubic(x)).toBeCloseTo(0, 12);
    for (const phase of [0.1, 0.37, 0.5, 0.93]) {
      expect(cubic(phase) + cubic(phase + 1) + cubic(phase - 1) + cubic(phase - 2)).toBeCloseTo(1, 12);
    }
  });

  it('normalises weights that are cut off at the edges, however strong the shrinking', () => {
    for (const [from, to] of [
      [1, 5],
      [23, 4],
      [1000, 1],
      [7, 7],
    ] as const) {
      const axis = cubicAxis(from, from / to, 0, to);
      for (let i = 0; i < to; i += 1) {
        let sum = 0;
        for (let k = 0; k < (axis.count[i] ?? 0); k += 1) sum += axis.weights[i * axis.taps + k] ?? 0;
        expect(sum).toBeCloseTo(1, 12);
        expect((axis.first[i] ?? 0) + (axis.count[i] ?? 0)).toBeLessThanOrEqual(from);
      }
    }
  });

  it('refuses an empty side', () => {
    expect(() => cubicAxis(0, 1, 0, 4)).toThrow(RangeError);
    expect(() => cubicAxis(4, Number.NaN, 0, 4)).toThrow(RangeError);
  });
});

describe('resizing against Pillow', () => {
  const picture = formula(5, 4);

  it('enlarges 5x4 to 8x7', () => {
    expectClose(
      resizePlanar(picture, 8, 7).data,
      [
        -0.038458, 0.020277, 0.121561, 0.20972, 0.295205, 0.38385, 0.535519, 0.631425, 0.082758, 0.146848, 0.264039,
        0.389616, 0.513442, 0.60769, 0.505367, 0.411961, 0.315916, 0.394397, 0.535101, 0.676538, 0.84055, 0.952418,
        0.464459, 0.082728, 0.582096, 0.70279, 0.812638, 0.560953, 0.520856, 0.696944, 0.5395, 0.397471, 0.677344,
        0.831643, 0.925544, 0.398837, 0.213786, 0.441782, 0.61454, 0.712215, 0.255261, 0.39096, 0.56552, 0.507391,
        0.589286, 0.78771, 0.573633, 0.382982, -0.006399, 0.115379, 0.339237, 0.583062, 0.835799, 1.012252, 0.543481,
        0.163518,
      ],
    );
  });

  it('shrinks with antialiasing', () => {
    expectClose(resizePlanar(picture, 2, 3).data, [0.223578, 0.505793, 0.648678, 0.554401, 0.443401, 0.604768]);
    const line = Float32Array.from({ length: 23 }, (_, x) => ((x * x * 7 + 3 * x) % 101) / 100);
    const shrunk = resizePlanar({ data: line, channels: 1, width: 23, height: 1 }, 4, 1);
    expectClose(shrunk.data, [0.399079, 0.644413, 0.26342, 0.445868]);
  });

  it('shrinks one side while enlarging the other', () => {
    expectClose(
      resizePlanar(picture, 3, 9).data,
      [
        0.015923, 0.243319, 0.533222, 0.089561, 0.350728, 0.522987, 0.251626, 0.61839, 0.495556, 0.449576, 0.786249,
        0.486869, 0.693816, 0.613342, 0.530377, 0.835852, 0.419683, 0.576936, 0.602414, 0.499947, 0.581126, 0.251655,
        0.663478, 0.569003, 0.109781, 0.727126, 0.565202,
      ],
    );
  });

  it('leaves a picture of the same size as it is, and treats each channel alone', () => {
    expect(resizePlanar(picture, 5, 4).data).toEqual(picture.data);
    const three = { data: Float32Array.from([0, 1, 0.25, 0.25, 1, 0]), channels: 3, width: 2, height: 1 };
    const wide = resizePlanar(three, 4, 1);
    expectClose(wide.data.subarray(4, 8), [0.25, 0.25, 0.25, 0.25]);
    expectClose(wide.data.subarray(0, 4), Array.from(wide.data.subarray(8)).toReversed());
  });

  it('refuses sizes that no picture has', () => {
    const store = createStore(5, 4, 8, 'srgb');
    for (const side of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const region = { x: 0, y: 0, width: 1, height: 1 };
      expect(() => resizeRegionFloat(store, { width: side, height: 4 }, region)).toThrow(RangeError);
      expect(() => resampleRegion(store, { x: 1, y: 1 }, { ...region, height: side })).toThrow(RangeError);
    }
  });
});

/** Four pixels: opaque red, hidden green, half-transparent blue, opaque brown. */
function fourPixels(): PixelStore {
  const store = createStore(2, 2, 8, 'srgb');
  store.data.set([255, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255, 128, 200, 100, 50, 255]);
  return store;
}

function noise(width: number, height: number, depth: 8 | 16 = 8): PixelStore {
  const store = createStore(width, height, depth, 'display-p3');
  let seed = 7;
  for (let i = 0; i < store.data.length; i += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    store.data[i] = i % 4 === 3 ? (depth === 16 ? 65535 : 255) : (seed >> 8) % (depth === 16 ? 65536 : 256);
  }
  return store;
}

describe('resizeRegion', () => {
  it('keeps hidden colour out of its neighbours: premultiplied planes resized by Pillow in float, divided by alpha', () => {
    const expected = [
      [255, 0, 0, 255, 255, 0, 0, 123, 0, 0, 0, 0],
      [168, 0, 87, 196, 182, 40, 71, 159, 203, 110, 46, 123],
      [0, 0, 255, 110, 128, 69, 124, 196, 228, 114, 48, 255],
    ].flat();
    const ours = resizeRegion(fourPixels(), { width: 3, height: 3 }, { x: 0, y: 0, width: 3, height: 3 });
    expect(Array.from(ours.data)).toEqual(expected);
  });

  it('gives the same pixels as the whole picture, wherever the region lies', () => {
    for (const output of [
      { width: 61, height: 37 },
      { width: 9, height: 5 },
      { width: 23, height: 17 },
    ]) {
      const store = noise(23, 17);
      const whole = resizeRegion(store, output, { x: 0, y: 0, ...output });
      const region = { x: 3, y: 1, width: output.width - 5, height: output.height - 2 };
      const part = resizeRegion(store, output, region);
      for (let y = 0; y < region.height; y += 1) {
        const from = ((region.y + y) * output.width + region.x) * 4;
        expect(part.data.subarray(y * region.width * 4, (y + 1) * region.width * 4)).toEqual(
          whole.data.subarray(from, from + region.width * 4),
        );
      }
    }
  });

  it('agrees with resizePlanar on an opaque picture, keeps depth and colour space', () => {
    const store = noise(7, 5, 16);
    const result = resizeRegion(store, { width: 18, height: 13 }, { x: 0, y: 0, width: 18, height: 13 });
    expect([result.depth, result.colorSpace]).toEqual([16, 'display-p3']);
    const red = Float32Array.from({ length: 35 }, (_, i) => (store.data[i * 4] ?? 0) / 65535);
    const expected = resizePlanar({ data: red, channels: 1, width: 7, height: 5 }, 18, 13);
    expected.data.forEach((value, i) => {
      expect(Math.abs((result.data[i * 4] ?? 0) - Math.min(1, Math.max(0, value)) * 65535)).toBeLessThanOrEqual(0.6);
      expect(result.data[i * 4 + 3]).toBe(65535);
    });
  });

  it('works for one pixel and keeps a flat colour flat at a coarse level', () => {
    const one = createStore(1, 1, 8, 'srgb');
    one.data.set([10, 20, 30, 255]);
    const large = resizeRegion(one, { width: 8, height: 8 }, { x: 5, y: 5, width: 3, height: 3 });
    for (let i = 0; i < 9; i += 1) expect(Array.from(large.data.subarray(i * 4, i * 4 + 4))).toEqual([10, 20, 30, 255]);
    const coarse = resampleRegion(one, { x: 4 / 7, y: 4 / 7 }, { x: 0, y: 0, width: 2, height: 2 });
    expectClose(coarse.data.subarray(12), [10 / 255, 20 / 255, 30 / 255, 1]);
  });
});

describe('halfSizeAlignCorners against torch', () => {
  it('halves even and odd sides', () => {
    expectClose(halfSizeAlignCorners(formula(5, 4)).data, [0, 0.580392, 0.066667, 0.254902]);
    const half = halfSizeAlignCorners(formula(7, 9));
    expect([half.width, half.height]).toEqual([3, 4]);
    expectClose(
      half.data,
      [0, 0.435294, 0.870588, 0.282353, 0.79085, 0.630065, 0.564706, 0.811765, 0.389543, 0.847059, 0.498039, 0.14902],
    );
  });

  it("follows torch's float32 positions on a wide picture", () => {
    const half = halfSizeAlignCorners({
      data: Float32Array.from({ length: 8002 }, (_, i) => (((i % 4001) * 37) % 256) / 255),
      channels: 1,
      width: 4001,
      height: 2,
    });
    const picked = [0, 1, 777, 1500, 1998, 1999].map((i) => half.data[i] ?? Number.NaN);
    expectClose(picked, [0, 0.290341, 0.716713, 0.813796, 0.839039, 0.1257]);
  });

  it('refuses a side that has no half', () => {
    expect(() => halfSizeAlignCorners(formula(1, 4))).toThrow(RangeError);
  });
});
