import type { GeoTIFFImage } from 'geotiff';
import { u16be, u8 } from './bytes.ts';
import { damaged } from './containers/header.ts';
import { LARGEST_FILE } from './limits.ts';

/** What the JPEG of one strip or tile may hold. */
export interface JpegBounds {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

const DQT = 0xdb;
const DHT = 0xc4;
const DRI = 0xdd;
const SOS = 0xda;
const EOI = 0xd9;
const FRAMES = [0xc0, 0xc1, 0xc2];

const broken = (what: string): Error =>
  damaged('is a damaged TIFF: the JPEG data in it cannot be decoded.', `JPEG block: ${what}`);

/** Encoders fill the last units, of at most 16 × 16 pixels. */
const filled = (side: number): number => Math.ceil(side / 16) * 16;

/**
 * Refuses a JPEG block whose frame is larger than its strip or tile, before geotiff's decoder makes room for it: that takes
 * the frame's word, and again for every further frame. So the chain of segments is followed as that decoder follows it (ITU-T
 * T.81, annex B), and a block in which both could end up at different places is refused as well. `bounds` null: the tables
 * that blocks share (TIFF Technical Note 2), which hold no frame at all.
 * @throws HeaderError `damaged-picture`
 */
export function checkJpeg(bytes: Uint8Array, bounds: JpegBounds | null): void {
  if (u16be(bytes, 0) !== 0xffd8) throw broken('no start');
  let frames = 0;
  for (let at = 2; ;) {
    if (u8(bytes, at) !== 0xff || at + 1 >= bytes.length) throw broken(`no marker at ${at}`);
    const marker = u8(bytes, at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte (B.1.1.2)
      continue;
    }
    if (marker === EOI) return;
    const start = at + 4;
    const end = at + 2 + u16be(bytes, at + 2);
    if (end < start || end > bytes.length) throw broken(`segment ${marker.toString(16)} of a wrong length`);
    if (FRAMES.includes(marker)) {
      frames += 1;
      if (bounds === null || frames > 1) throw broken('a frame too many');
      checkFrame(bytes, start, end, bounds);
    } else if (!wellFormed(bytes, marker, start, end)) throw broken(`segment ${marker.toString(16)}`);
    at = marker === SOS ? endOfScan(bytes, end) : end;
  }
}

/** All blocks of a TIFF of this compression, and the tables that they share. Throws as `checkJpeg` does. */
export async function checkJpegBlocks(image: GeoTIFFImage, bytes: Uint8Array): Promise<void> {
  const { fileDirectory: directory } = image;
  const tables: unknown = await directory.loadValue('JPEGTables');
  if (tables !== undefined) checkJpeg(Uint8Array.from(tables as ArrayLike<number>), null);
  const bounds: JpegBounds = {
    width: image.getTileWidth(),
    height: image.getTileHeight(),
    components: image.planarConfiguration === 2 ? 1 : image.getSamplesPerPixel(),
  };
  const [offsets, lengths] = image.isTiled
    ? (['TileOffsets', 'TileByteCounts'] as const)
    : (['StripOffsets', 'StripByteCounts'] as const);
  const seen = new Set<string>();
  let sum = 0;
  const columns = Math.ceil(image.getWidth() / image.getTileWidth());
  const rows = Math.ceil(image.getHeight() / image.getTileHeight());
  const planes = image.planarConfiguration === 2 ? image.getSamplesPerPixel() : 1;
  for (let index = 0; index < columns * rows * planes; index += 1) {
    const offset = Number(await directory.loadValueIndexed(offsets, index));
    const length = Number(await directory.loadValueIndexed(lengths, index));
    // An empty block holds no picture; equal blocks may stand in the file once.
    if (length === 0 || seen.has(`${offset} ${length}`)) continue;
    seen.add(`${offset} ${length}`);
    sum += length;
    if (sum > LARGEST_FILE) throw broken('blocks that overlap');
    checkJpeg(bytes.subarray(offset, offset + length), bounds);
  }
}

function checkFrame(bytes: Uint8Array, start: number, end: number, bounds: JpegBounds): void {
  const [height, width, components] = [u16be(bytes, start + 1), u16be(bytes, start + 3), u8(bytes, start + 5)];
  if (end - start !== 6 + 3 * components) throw broken('a frame of a wrong length');
  if (width > filled(bounds.width) || height > filled(bounds.height) || components > bounds.components) {
    throw broken(
      `${width} × ${height} × ${components} in a piece of ${bounds.width} × ${bounds.height} × ${bounds.components}`,
    );
  }
}

/** Whether a segment's content ends where its length says: geotiff goes by the content. */
function wellFormed(bytes: Uint8Array, marker: number, start: number, end: number): boolean {
  if (marker === DRI) return end - start === 2;
  if (marker === SOS) return end - start === 4 + 2 * u8(bytes, start);
  if (marker === DQT || marker === DHT) {
    let at = start;
    while (at < end)
      at += 1 + (marker === DQT ? (u8(bytes, at) >> 4 === 0 ? 64 : 128) : 16 + huffmanValues(bytes, at + 1));
    return at === end;
  }
  // Application data and comments.
  return (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
}

function huffmanValues(bytes: Uint8Array, at: number): number {
  let sum = 0;
  for (let length = 0; length < 16; length += 1) sum += u8(bytes, at + length);
  return sum;
}

/** Where the next marker stands: within a scan 0xFF is followed by 0 or is a restart marker (B.1.1.5). */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = u8(bytes, at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw broken('a scan without end');
}
