import { readFileSync } from 'node:fs';
import { zlibSync } from 'fflate';
import sharp, { type Sharp } from 'sharp';
import { be32, concat, latin1, le32, utf8 } from '../../workers/picture/bytes.ts';
import { PNG_SIGNATURE, pngChunk } from '../../workers/picture/containers/png.ts';

/** Pictures drawn by the tests: sizes are odd so that tiles, strips and sampling never divide evenly. */
export const WIDTH = 61;
export const HEIGHT = 43;

type Bytes = Uint8Array<ArrayBuffer>;

/** Smooth enough for lossy formats, different in each channel, asymmetric in both directions. */
export const drawRgb = (): Bytes =>
  Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
    return [x * 4, y * 5, 40 + x + 3 * y][at % 3] ?? 0;
  });

/** The same with alpha from 0 (a quarter of the picture, coloured all the same) to 255. */
export const drawRgba = (): Bytes => {
  const rgb = drawRgb();
  return Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, at) => {
    const pixel = at >> 2;
    const x = pixel % WIDTH;
    return (at & 3) === 3 ? Math.max(0, Math.min(255, (x - 15) * 7)) : (rgb[pixel * 3 + (at & 3)] ?? 0);
  });
};

export const colour = (): Sharp => sharp(drawRgb(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
export const translucent = (): Sharp => sharp(drawRgba(), { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
/** 16 bits with different low bytes, so that a cut to 8 bits shows. */
export const deep = (): Sharp =>
  sharp(
    Uint16Array.from(drawRgb(), (value, at) => value * 257 - (value > 0 ? at % 129 : 0)),
    {
      raw: { width: WIDTH, height: HEIGHT, channels: 3 },
    },
  ).toColourspace('rgb16');

export const bytesOf = async (image: Sharp): Promise<Bytes> => Uint8Array.from(await image.toBuffer());

/** Pixels as libvips decodes them, upright, RGBA, at the file's depth. */
export async function reference(
  file: Uint8Array,
  depth: 8 | 16,
): Promise<{ width: number; height: number; data: Uint8Array | Uint16Array }> {
  const image = sharp(file, { animated: false })
    .autoOrient()
    .toColourspace(depth === 16 ? 'rgb16' : 'srgb')
    .ensureAlpha();
  const { data, info } = await image
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const values = depth === 16 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : Uint8Array.from(data);
  return { width: info.width, height: info.height, data: values };
}

/** A Windows bitmap with 24 or 32 bits a pixel; rows from the top when `topDown`. */
export function makeBmp(rgba: Uint8Array, width: number, height: number, bits: 24 | 32, topDown: boolean): Bytes {
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const file = new Uint8Array(54 + rowBytes * height);
  file.set(
    concat([
      latin1('BM'),
      le32(file.length),
      le32(0),
      le32(54),
      le32(40),
      le32(width),
      le32(topDown ? -height : height),
    ]),
  );
  file.set([1, 0, bits, 0], 26);
  for (let y = 0; y < height; y += 1) {
    const row = 54 + (topDown ? y : height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      file.set([rgba[from + 2] ?? 0, rgba[from + 1] ?? 0, rgba[from] ?? 0], row + (x * bits) / 8);
    }
  }
  return file;
}

/** An icon that holds one PNG. */
export const makeIcon = (png: Uint8Array, side: number): Bytes =>
  concat([Uint8Array.of(0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0), le32(png.length), le32(22), png]);

/** Chunks of a PNG as [type, body]. */
function chunksOf(png: Uint8Array): [string, Uint8Array][] {
  const list: [string, Uint8Array][] = [];
  const view = new DataView(png.buffer, png.byteOffset);
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    const type = Buffer.from(png.subarray(at + 4, at + 8)).toString('latin1');
    list.push([type, png.slice(at + 8, at + 8 + view.getUint32(at))]);
  }
  return list;
}

/** Puts chunks behind a PNG's header. */
export const withChunks = (png: Uint8Array, ...chunks: readonly Uint8Array[]): Bytes =>
  concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);

/** An animated PNG of two frames of equal size; the first is the picture itself. */
export function makeApng(first: Uint8Array, second: Uint8Array, width: number, height: number): Bytes {
  const control = (sequence: number): Uint8Array =>
    pngChunk(
      'fcTL',
      concat([be32(sequence), be32(width), be32(height), be32(0), be32(0), Uint8Array.of(0, 1, 0, 10, 0, 0)]),
    );
  const data = (png: Uint8Array): Uint8Array =>
    concat(chunksOf(png).flatMap(([type, body]) => (type === 'IDAT' ? [body] : [])));
  const header = chunksOf(first)[0]?.[1] ?? new Uint8Array(0);
  return concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('acTL', concat([be32(2), be32(0)])),
    control(0),
    pngChunk('IDAT', data(first)),
    control(1),
    pngChunk('fdAT', concat([be32(2), data(second)])),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

export const SVG = utf8(
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="30" height="${HEIGHT}" fill="#ff8000"/>` +
    `<rect x="40" width="21" height="20" fill="#0040ff"/><script>throw 1</script></svg>`,
);

/** `translucent()` as lossless JPEG XL, encoded with libjxl's cjxl. */
export const jpegXl = (): Bytes => Uint8Array.from(readFileSync(new URL('./translucent.jxl', import.meta.url)));

/** 64 x 48 gradient, drawn for this project and encoded with libheif's heif-enc (HEVC, 4:4:4). */
export const heic = (): Bytes => Uint8Array.from(readFileSync(new URL('./gradient.heic', import.meta.url)));

/** Mac programs write these: MM byte order, 16-bit grey, horizontal differencing, deflate. */
export function bigEndianTiff(): Bytes {
  const [width, height] = [9, 5];
  const rows = new Uint8Array(width * height * 2);
  const view = new DataView(rows.buffer);
  for (let y = 0; y < height; y += 1) {
    let before = 0;
    for (let x = 0; x < width; x += 1) {
      const value = (x * 7001 + y * 311) & 0xffff;
      view.setUint16((y * width + x) * 2, (value - before) & 0xffff);
      before = value;
    }
  }
  return makeTiff(
    [
      [256, [width]],
      [257, [height]],
      [258, [16]],
      [259, [8]],
      [262, [1]],
      [277, [1]],
      [278, [height]],
      [317, [2]],
    ],
    zlibSync(rows),
  );
}

/** The same TIFF (classic) with its first directory naming itself as the next. */
export function circularTiff(tiff: Bytes): Bytes {
  const copy = tiff.slice();
  const view = new DataView(copy.buffer);
  const little = copy[0] === 0x49;
  const at = view.getUint32(4, little);
  view.setUint32(at + 2 + view.getUint16(at, little) * 12, at, little);
  return copy;
}

/** 32-bit floats, grey, from below 0 to above 1: values outside are clipped. */
export function floatTiff(values: readonly number[]): Bytes {
  const strip = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, at) => strip.setFloat32(at * 4, value));
  const tags: TiffTags = [
    [256, [values.length]],
    [257, [1]],
    [258, [32]],
    [259, [1]],
    [262, [1]],
    [277, [1]],
    [278, [1]],
    [339, [3]],
  ];
  return makeTiff(tags, new Uint8Array(strip.buffer));
}

/** Y, Cb and Cr of each pixel of one row, 8 bits, nothing compressed or left out. */
export function ycbcrTiff(samples: readonly number[]): Bytes {
  const tags: TiffTags = [
    [256, [samples.length / 3]],
    [257, [1]],
    [258, [8, 8, 8]],
    [259, [1]],
    [262, [6]],
    [277, [3]],
    [278, [1]],
    [530, [1, 1]],
  ];
  return makeTiff(tags, Uint8Array.from(samples));
}

type TiffTags = readonly (readonly [tag: number, values: readonly number[]])[];

/** A big-endian TIFF of one strip; `tags` are all 16-bit, those that place the strip are added. */
function makeTiff(tags: TiffTags, strip: Uint8Array): Bytes {
  const entries = [...tags, [273, []] as const, [279, [strip.length]] as const].toSorted(([a], [b]) => a - b);
  const directory = 8 + 2 + entries.length * 12 + 4;
  // values of more than four bytes stand behind the directory
  const long = entries.flatMap(([, values]) => (values.length > 2 ? values : []));
  const head = new Uint8Array(directory + long.length * 2);
  const out = new DataView(head.buffer);
  head.set(latin1('MM\0*'));
  out.setUint32(4, 8);
  out.setUint16(8, entries.length);
  let behind = directory;
  entries.forEach(([tag, values], index) => {
    const at = 10 + index * 12;
    const place = tag === 273 ? head.length : tag === 279 ? strip.length : null;
    out.setUint16(at, tag);
    out.setUint16(at + 2, place === null ? 3 : 4);
    out.setUint32(at + 4, place === null ? values.length : 1);
    if (place !== null) out.setUint32(at + 8, place);
    else if (values.length <= 2) values.forEach((value, i) => out.setUint16(at + 8 + i * 2, value));
    else {
      out.setUint32(at + 8, behind);
      for (const value of values) {
        out.setUint16(behind, value);
        behind += 2;
      }
    }
  });
  return concat([head, strip]);
}
