import { ascii } from './bytes.ts';
import { byTag, isSingle, openBlock, type Directory, type Entry, type TiffView } from './tiff-view.ts';

/**
 * EXIF as it is embedded: a small TIFF structure (EXIF 3.0, 4.5; TIFF 6.0, section 2). It is patched in place, never
 * rebuilt: makers' notes hold offsets from its start that a rebuilt block would break.
 */
export interface ExifSummary {
  /** 1 to 8; 1 when absent, out of range or not a single number. */
  readonly orientation: number;
  readonly hasLocation: boolean;
  readonly littleEndian: boolean;
}

const TAG = {
  width: 0x0100,
  height: 0x0101,
  orientation: 0x0112,
  thumbnailOffset: 0x0201,
  thumbnailLength: 0x0202,
  exif: 0x8769,
  makerNote: 0x927c,
  gps: 0x8825,
  colorSpace: 0xa001,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
  interoperability: 0xa005,
} as const;

/** ColorSpace (EXIF 3.0, 4.6.6.2.1). */
const SRGB = 1;
/** InteroperabilityIndex, the first entry of its directory (4.6.8), and its value for files in Adobe RGB (DCF option file). */
const INDEX = 1;
const OPTION_FILE = 'R03';

/** Orientation and whether a position is recorded; a block that is no TIFF structure says neither. */
export function readExif(exif: Uint8Array): ExifSummary {
  const tiff = openBlock(exif);
  if (tiff === null) return { orientation: 1, hasLocation: false, littleEndian: true };
  const main = tiff.directory(tiff.long(4));
  const stated = byTag(main, TAG.orientation);
  const orientation = stated !== undefined && isSingle(stated) ? tiff.integer(stated) : 1;
  const gps = tiff.directory(tiff.integer(byTag(main, TAG.gps)));
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    // Tag 0 is the block's version alone; latitude, longitude and the rest begin at 1.
    hasLocation: gps !== null && gps.entries.some((entry) => entry.tag > 0),
    littleEndian: tiff.little,
  };
}

/** A copy of the block with orientation 1; as it was where it states none. */
export function withoutOrientation(exif: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = exif.slice();
  const tiff = openBlock(copy);
  if (tiff !== null) tiff.setInteger(byTag(tiff.directory(tiff.long(4)), TAG.orientation), 1);
  return copy;
}

export interface ExifChanges {
  /** The written picture's size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly keepLocation: boolean;
  /** The numbers were another colour space's and are sRGB's now. */
  readonly convertedToSrgb: boolean;
}

/**
 * The block for the restored picture: orientation 1 (it is applied to the pixels), pixel dimensions of the output, the
 * old thumbnail removed (it shows the unrestored picture), the position overwritten with zeros unless asked for, and with
 * it a maker's note that names the place; what says Adobe RGB set right where the colours were converted.
 * Null when the block is no TIFF structure.
 */
export function rewriteExif(exif: Uint8Array, changes: ExifChanges): Uint8Array<ArrayBuffer> | null {
  const copy = exif.slice();
  const tiff = openBlock(copy);
  if (tiff === null) return null;
  const main = tiff.directory(tiff.long(4));
  if (main === null) return null;
  tiff.setInteger(byTag(main, TAG.orientation), 1);
  tiff.setInteger(byTag(main, TAG.width), changes.width);
  tiff.setInteger(byTag(main, TAG.height), changes.height);
  const details = tiff.directory(tiff.integer(byTag(main, TAG.exif)));
  tiff.setInteger(byTag(details, TAG.pixelWidth), changes.width);
  tiff.setInteger(byTag(details, TAG.pixelHeight), changes.height);
  const kept = dropThumbnail(tiff, main);
  if (!changes.keepLocation) {
    dropPlaceNames(tiff, details);
    dropLocation(tiff, main);
  }
  // Last, since it moves entries.
  if (changes.convertedToSrgb) declareSrgb(tiff, details);
  return copy.slice(0, kept);
}

/** Cameras say Adobe RGB twice: ColorSpace is "uncalibrated", and the interoperability directory names an option file. */
function declareSrgb(tiff: TiffView, details: Directory | null): void {
  tiff.setInteger(byTag(details, TAG.colorSpace), SRGB);
  const pointer = byTag(details, TAG.interoperability);
  const index = byTag(tiff.directory(tiff.integer(pointer)), INDEX);
  if (details === null || pointer === undefined || index === undefined) return;
  if (ascii(tiff.bytes, index.valueAt, OPTION_FILE.length) === OPTION_FILE) removeEntry(tiff, details, pointer);
}

/** Unlinks the thumbnail's directory and returns how many bytes of the block are still needed. */
function dropThumbnail(tiff: TiffView, main: Directory): number {
  const { bytes } = tiff;
  const thumbnail = tiff.directory(tiff.long(main.nextAt));
  if (main.nextAt + 4 <= bytes.length) tiff.view.setUint32(main.nextAt, 0, tiff.little);
  if (thumbnail === null) return bytes.length;
  const start = tiff.integer(byTag(thumbnail, TAG.thumbnailOffset));
  const length = tiff.integer(byTag(thumbnail, TAG.thumbnailLength));
  if (start < 8 || length === 0 || start + length > bytes.length) return bytes.length;
  bytes.fill(0, start, start + length);
  // Usually it stands last; two bytes of slack for padding.
  return start + length >= bytes.length - 2 ? start : bytes.length;
}

/** Overwrites the position and takes its entry out of the main directory. */
function dropLocation(tiff: TiffView, main: Directory): void {
  const pointer = byTag(main, TAG.gps);
  if (pointer === undefined) return;
  const { bytes } = tiff;
  const gps = tiff.directory(tiff.integer(pointer));
  for (const entry of gps?.entries ?? []) bytes.fill(0, entry.valueAt, entry.valueAt + entry.bytes);
  if (gps !== null) bytes.fill(0, gps.at, gps.nextAt);
  removeEntry(tiff, main, pointer);
}

/** Later entries and the link to the next directory move up by one entry; the directory shrinks by one. */
function removeEntry({ bytes, view, little }: TiffView, directory: Directory, { at }: Entry): void {
  bytes.copyWithin(at, at + 12, Math.min(directory.nextAt + 4, bytes.length));
  view.setUint16(directory.at, view.getUint16(directory.at, little) - 1, little);
}

/** Where the directory of a Panasonic note begins (Leica's Panasonic cameras too); offsets count from the EXIF block's start. */
function panasonicDirectory(bytes: Uint8Array, note: number): number | null {
  if (ascii(bytes, note, 10) === 'Panasonic\0') return note + 12;
  return ascii(bytes, note, 8) === 'LEICA\0\0\0' ? note + 8 : null;
}

/** Location, country, state, city, landmark, city again (ExifTool's names). */
const PLACE_NAMES = [0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x80];

/**
 * Panasonic's cameras look up the names of the place by its position and put them into their note. A note that holds any is
 * overwritten whole: where another program has moved it, its offsets lead elsewhere, and single values would be missed.
 */
function dropPlaceNames(tiff: TiffView, details: Directory | null): void {
  const note = byTag(details, TAG.makerNote);
  if (note === undefined) return;
  const { bytes } = tiff;
  const at = panasonicDirectory(bytes, note.valueAt);
  if (at === null) return;
  const directory = tiff.directory(at);
  const readable = directory !== null && directory.entries.length === tiff.short(directory.at);
  const silent = PLACE_NAMES.every((tag) => {
    const { valueAt, bytes: length } = byTag(directory, tag) ?? { valueAt: 0, bytes: 0 };
    // A camera without a position writes hyphens.
    return bytes.subarray(valueAt, valueAt + length).every((byte) => [0, 0x20, 0x2d].includes(byte));
  });
  if (!readable || !silent) bytes.fill(0, note.valueAt, note.valueAt + note.bytes);
}
