/**
 * What other browsers do to a page's pixels, put on this worker's canvas and decoder until it ends. Chromium does none of
 * it, and the specs run in no other browser.
 */
type Context = OffscreenCanvasRenderingContext2D;
type Settings = CanvasRenderingContext2DSettings;

const readBack = Object.getOwnPropertyDescriptor(OffscreenCanvasRenderingContext2D.prototype, 'getImageData')
  ?.value as Context['getImageData'];

/** Replaces what `getImageData` gives by what `change` makes of it. */
function changePixels(change: (data: Uint8ClampedArray) => void): void {
  OffscreenCanvasRenderingContext2D.prototype.getImageData = function (this: Context, ...request) {
    const image = readBack.apply(this, request);
    change(image.data);
    return image;
  };
}

/** Brave, Safari's and Firefox's private windows: every 97th sample is a level off. */
export function addNoise(): void {
  changePixels((data) => {
    for (let at = 1; at < data.length; at += 97) if ((at & 3) !== 3) data[at] = (data[at] ?? 0) ^ 1;
  });
}

/** Firefox and Tor with resistFingerprinting: random colours. */
export function hidePixels(): void {
  let state = 1;
  changePixels((data) => {
    for (let at = 0; at < data.length; at += 1) {
      state = (state * 1103515245 + 12345) % 2147483648;
      data[at] = (at & 3) === 3 ? 255 : state >> 16;
    }
  });
}

/** Firefox: a canvas is sRGB whatever was asked for, and an ImageData names no space. */
export function forgetSpaces(): void {
  const open = Object.getOwnPropertyDescriptor(OffscreenCanvas.prototype, 'getContext')?.value as (
    this: OffscreenCanvas,
    type: '2d',
    settings?: Settings,
  ) => Context | null;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, type: '2d', settings?: Settings) {
    return open.call(this, type, { ...settings, colorSpace: 'srgb' });
  } as typeof OffscreenCanvas.prototype.getContext;
  OffscreenCanvasRenderingContext2D.prototype.getImageData = function (this: Context, x, y, width, height) {
    return readBack.call(this, x, y, width, height);
  };
  Object.defineProperty(ImageData.prototype, 'colorSpace', { get: () => undefined });
}

/** Firefox: a frame's colours come multiplied by its alpha. */
export function multiplyFrames(): void {
  const copy = Object.getOwnPropertyDescriptor(VideoFrame.prototype, 'copyTo')?.value as VideoFrame['copyTo'];
  VideoFrame.prototype.copyTo = async function (this: VideoFrame, target, options) {
    const layout = await copy.call(this, target, options);
    const data = target as Uint8ClampedArray;
    for (let at = 0; at < data.length; at += 1)
      if ((at & 3) !== 3) data[at] = Math.round(((data[at] ?? 0) * (data[at | 3] ?? 0)) / 255);
    return layout;
  };
}
