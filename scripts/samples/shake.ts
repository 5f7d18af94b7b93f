/** Interleaved 8-bit RGB. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

const STEPS = 64;

/**
 * A hand's shake while the shutter is open: a short curved path with a little rotation about the picture's middle,
 * averaged in linear light as a sensor does. Borders repeat the edge.
 */
export function shake(sharpPicture: Pixels): Pixels {
  const { width, height } = sharpPicture;
  const light = Float32Array.from(sharpPicture.data, toLinear);
  const sum = new Float32Array(light.length);
  for (let step = 0; step < STEPS; step += 1) {
    const t = step / (STEPS - 1) - 0.5;
    const angle = 0.004 * t;
    const dx = 5.5 * t + 1 * Math.sin(5 * t);
    const dy = 2.2 * t + 1.4 * Math.cos(4 * t);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const cx = x - width / 2;
        const cy = y - height / 2;
        addSample(light, width, height, x + dx - angle * cy, y + dy + angle * cx, sum, (y * width + x) * 3);
      }
    }
  }
  return { data: Uint8ClampedArray.from(sum, (value) => fromLinear(value / STEPS)), width, height };
}

/** Adds the bilinear sample of `from` at (x, y) to `sum` at `to`. */
function addSample(
  from: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  sum: Float32Array,
  to: number,
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const fy = y - top;
  const column = (value: number): number => Math.min(width - 1, Math.max(0, value));
  const row = (value: number): number => Math.min(height - 1, Math.max(0, value)) * width;
  for (let c = 0; c < 3; c += 1) {
    const at = (dx: number, dy: number): number => from[(row(top + dy) + column(left + dx)) * 3 + c] ?? 0;
    const upper = at(0, 0) * (1 - fx) + at(1, 0) * fx;
    const lower = at(0, 1) * (1 - fx) + at(1, 1) * fx;
    sum[to + c] = (sum[to + c] ?? 0) + upper * (1 - fy) + lower * fy;
  }
}

const toLinear = (value: number): number => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
};

const fromLinear = (v: number): number => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
