/**
 * The colours of the "what changed" view, shared by the worker that draws it and the page that draws its legend.
 * A map of our own, defined in OKLCh (B. Ottosson, "A perceptual color space for image processing", 2020): lightness rises
 * evenly from 0.32 to 0.94, so more change always looks lighter, also in grey and to colour-blind eyes; hue runs from blue
 * through magenta and orange to yellow. Scale: 0 to CHANGE_SCALE of the full range, linear; above it the last colour.
 */
export const CHANGE_SCALE = 0.25;

/** Differences up to two 8-bit levels count as no change: rounding alone makes one. Fully transparent in the view. */
export const CHANGE_THRESHOLD = 2 / 255;

const STEPS = 256;

const gamma = (v: number): number => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

const level = (v: number): number => Math.round(255 * Math.min(1, Math.max(0, gamma(Math.min(1, Math.max(0, v))))));

function colour(t: number): readonly [number, number, number] {
  const lightness = 0.32 + 0.62 * t;
  const chroma = 0.19 - 0.06 * t * t;
  const hue = ((275 + 190 * t) * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    level(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    level(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    level(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Colour (sRGB, 0..255) of a difference from 0 to CHANGE_SCALE in 256 steps. */
export const CHANGE_COLOURS: readonly (readonly [number, number, number])[] = Array.from({ length: STEPS }, (_, i) =>
  colour(i / (STEPS - 1)),
);
