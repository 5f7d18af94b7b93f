import { fromArrayBuffer, type GeoTIFFImage, type TypedArrayWithDimensions } from 'geotiff';
import { isNotLoaded } from '../../contract/chunk.ts';
import { convertToSrgb, planColour, PROFILE_IGNORED } from './colour.ts';
import { fromUtf8 } from './bytes.ts';
import { extractExif } from './exif-extract.ts';
import { damaged, HeaderError, unsupported, type Header, type PictureMetadata } from './containers/header.ts';
import { keptDepth, LARGEST_AREA, megapixels } from './limits.ts';
import { canvasNotes } from './read-back.ts';
import { createStore, type PixelStore } from './store.ts';
import { registerCodecs } from './tiff-codecs.ts';
import { checkJpegBlocks } from './tiff-jpeg.ts';
import { countPages } from './tiff-pages.ts';
import { tiffPixels, type TiffShape } from './tiff-pixels.ts';

/** A TIFF whose directory has been read; its pixels wait for `decode`. */
export interface TiffFile {
  readonly header: Header;
  decode(): Promise<{ store: PixelStore; orientation: number; notes: readonly string[] }>;
}

/**
 * What a failure inside geotiff means, for a picture whose samples take so many `bytes` (0 while only directories are
 * read). A refused allocation is no fault of a large file and stays as it is; in a small one it is a size that damage made
 * up. A decoder that could not be fetched is no fault of the file either. A RangeError of another text is a read past its
 * end.
 */
export function tiffFailure(error: unknown, bytes: number): unknown {
  const refused = error instanceof RangeError && /alloc|out of memory/i.test(error.message);
  if (error instanceof HeaderError || isNotLoaded(error) || (refused && bytes > SMALL_RASTER)) return error;
  return damaged('is a damaged TIFF: it was cut off or changed, so its picture data cannot be read.', String(error));
}

/** Opens with geotiff; nothing but directories is read until `decode`. This script is loaded when a TIFF comes. */
export async function openTiff(bytes: Uint8Array<ArrayBuffer>): Promise<TiffFile> {
  registerCodecs();
  try {
    const tiff = await fromArrayBuffer(bytes.buffer);
    const image = await tiff.getImage(0);
    const shape = await readShape(image);
    const header = await readHeader(image, shape, countPages(bytes), extractExif(bytes));
    return { header, decode: () => decode(image, bytes, shape, header) };
  } catch (error) {
    throw tiffFailure(error, 0);
  }
}

/** Strips or tiles; each is read by itself. Real files have tiles of 64 pixels or more. */
const LARGEST_BLOCKS = 250_000;

/** Bytes of all samples, which are unpacked in one piece; a colour picture of the largest area with 32 bits a channel. */
const LARGEST_RASTER = 2 ** 31;
/** No browser runs out of memory for so few. */
const SMALL_RASTER = 2 ** 27;

const rasterBytes = (area: number, samples: number, bits: number): number => area * samples * Math.ceil(bits / 8);

/** Channels of a pixel; scanners and printers use up to about ten. */
const LARGEST_SAMPLES = 32;
const BITS_PER_SAMPLE = 258;

type Field = 'BitsPerSample' | 'SampleFormat' | 'ExtraSamples';

async function list(image: GeoTIFFImage, field: Field): Promise<number[]> {
  const value: unknown = await image.fileDirectory.loadValue(field);
  return typeof value === 'number' ? [value] : value === undefined ? [] : Array.from(value as ArrayLike<number>);
}

async function readShape(image: GeoTIFFImage): Promise<TiffShape> {
  const directory = image.fileDirectory;
  const samples = image.getSamplesPerPixel();
  if (!(samples >= 1 && samples <= LARGEST_SAMPLES)) throw damaged(`is a damaged TIFF: it states ${samples} channels.`);
  // Bilevel files may leave the depth out (TIFF 6.0: default 1); geotiff needs it.
  if (!directory.hasTag('BitsPerSample'))
    directory.actualizedFields.set(BITS_PER_SAMPLE, Array<number>(samples).fill(1));
  const bits = await list(image, 'BitsPerSample');
  // Checked here because geotiff would leave its reads under way, to fail with nobody listening.
  if (bits.length < samples) throw damaged('is a damaged TIFF: the depth of some of its channels is missing.');
  const format = (await list(image, 'SampleFormat'))[0] ?? 1;
  const [extra] = await list(image, 'ExtraSamples');
  const photometric = (await directory.loadValue('PhotometricInterpretation')) ?? 1;
  if (directory.hasTag(50706))
    throw unsupported('is a camera’s raw file (DNG), not a finished picture; develop it first.');
  if (directory.hasTag('SubIFDs') && (((await directory.loadValue('NewSubfileType')) ?? 0) & 1) === 1) {
    throw unsupported('is a camera’s raw file, not a finished picture; develop it first.');
  }
  const depth = bits[0] ?? 1;
  if (bits.some((other) => other !== depth)) throw unsupported('is a TIFF whose channels have different depths.');
  if (format > 3 || (format === 3 ? depth < 16 : depth > 32))
    throw unsupported('is a TIFF of numbers that make no picture (complex or undefined samples).');
  const blocks =
    Math.ceil(image.getWidth() / image.getTileWidth()) * Math.ceil(image.getHeight() / image.getTileHeight());
  const blockArea = image.getTileWidth() * image.getTileHeight();
  if (!(blocks <= LARGEST_BLOCKS) || !(blockArea <= LARGEST_AREA))
    throw damaged('is a damaged TIFF: its picture is cut into impossible pieces.');
  const area = image.getWidth() * image.getHeight();
  // A larger area is refused by `checkSize`, for every kind of file alike.
  if (area <= LARGEST_AREA && rasterBytes(area, samples, depth) > LARGEST_RASTER) {
    throw new HeaderError(
      'picture-too-large',
      `says that it holds ${samples} channels of ${depth} bits at ${megapixels(area)}, more than 2 GB; make it smaller first.`,
    );
  }
  const colorMap: unknown = photometric === 3 ? await directory.loadValue('ColorMap') : undefined;
  return {
    width: image.getWidth(),
    height: image.getHeight(),
    samples,
    bits: depth,
    float: format === 3,
    signed: format === 2,
    photometric,
    alpha: extra === 1 ? 'premultiplied' : extra === 2 ? 'straight' : null,
    palette: colorMap === undefined ? null : Uint16Array.from(colorMap as ArrayLike<number>),
    compression: (await directory.loadValue('Compression')) ?? 1,
  };
}

async function block(image: GeoTIFFImage, tag: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const value: unknown = image.fileDirectory.hasTag(tag) ? await image.fileDirectory.loadValue(tag) : undefined;
  return value === undefined || typeof value === 'number' || typeof value === 'string'
    ? null
    : Uint8Array.from(value as ArrayLike<number>);
}

async function readHeader(
  image: GeoTIFFImage,
  shape: TiffShape,
  pages: number,
  exif: PictureMetadata['exif'],
): Promise<Header> {
  const orientation = (await image.fileDirectory.loadValue('Orientation')) ?? 1;
  const xmp = await block(image, 700);
  const icc = shape.photometric === 5 || shape.photometric === 8 ? null : await block(image, 34675);
  const notes: string[] = [];
  if (pages > 1) notes.push(`This TIFF has ${pages} pages; the first is used.`);
  if (shape.photometric === 5)
    notes.push('This is a CMYK picture made for print; it was converted to screen colours (sRGB).');
  if (shape.float) notes.push('This TIFF holds floating-point numbers; they were kept with 16 bits from 0 to 1.');
  if (!shape.float && shape.bits > 16) notes.push('This TIFF has 32 bits a channel; it is restored with 16.');
  return {
    kind: 'tiff',
    width: shape.width,
    height: shape.height,
    bits: shape.bits,
    mayHaveAlpha: shape.alpha !== null,
    frames: 1,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    metadata: { exif, icc, xmp: xmp === null ? null : fromUtf8(xmp) },
    codePoints: null,
    forBrowser: () => null,
    notes,
  };
}

async function decode(
  image: GeoTIFFImage,
  bytes: Uint8Array,
  shape: TiffShape,
  header: Header,
): ReturnType<TiffFile['decode']> {
  const kept = keptDepth(shape.photometric === 3 ? 8 : shape.bits, shape);
  const plan = planColour(header);
  let raster: TypedArrayWithDimensions;
  try {
    if (shape.compression === JPEG) await checkJpegBlocks(image, bytes);
    const differences = await undoneHere(image, shape);
    raster = await image.readRasters({ interleave: true });
    if (differences) sumRows(raster as unknown as Uint16Array, shape);
  } catch (error) {
    const text = String(error);
    if (!(error instanceof HeaderError) && /compression|not supported|unsupported|unknown/i.test(text)) {
      throw unsupported(
        `is a TIFF with a compression (number ${shape.compression}) or layout that Limpid does not read.`,
        text,
      );
    }
    throw tiffFailure(error, rasterBytes(shape.width * shape.height, shape.samples, shape.bits));
  }
  // The browser decodes these blocks.
  const canvas = shape.compression === WEBP ? await canvasNotes() : [];
  const store = createStore(shape.width, shape.height, kept.depth, plan.colorSpace);
  tiffPixels(raster, shape, store);
  if (plan.convert !== null) convertToSrgb(store, plan.convert);
  return {
    store,
    orientation: header.orientation,
    notes: [...plan.notes, ...(plan.browserOnly ? [PROFILE_IGNORED] : []), ...kept.notes, ...canvas],
  };
}

const JPEG = 7;
const WEBP = 50001;
const PREDICTOR = 317;
/** LZW, both deflates and Zstandard; with other compressions the tag means nothing, as libtiff has it. */
const DIFFERENCED = [5, 8, 32946, 50000];

/**
 * Horizontal differences of more than one byte in big-endian files: geotiff sums them in the machine's byte order, which
 * is wrong there. True when the sums are left to `sumRows`, after the library has put the bytes in order.
 */
async function undoneHere(image: GeoTIFFImage, shape: TiffShape): Promise<boolean> {
  const predictor = (await image.fileDirectory.loadValue('Predictor')) ?? 1;
  if (!DIFFERENCED.includes(shape.compression)) image.fileDirectory.actualizedFields.set(PREDICTOR, 1);
  if (!DIFFERENCED.includes(shape.compression) || image.littleEndian || predictor !== 2 || shape.bits <= 8)
    return false;
  if (image.isTiled) throw unsupported('is a TIFF in tiles of big-endian differences, which Limpid does not read.');
  image.fileDirectory.actualizedFields.set(PREDICTOR, 1);
  return true;
}

/** TIFF 6.0, section 14: each sample is stored as the difference from the pixel to its left. Sums wrap around. */
function sumRows(raster: Uint16Array, { width, height, samples }: TiffShape): void {
  for (let y = 0; y < height; y += 1) {
    const end = (y + 1) * width * samples;
    for (let at = y * width * samples + samples; at < end; at += 1)
      raster[at] = (raster[at] as number) + (raster[at - samples] as number);
  }
}
