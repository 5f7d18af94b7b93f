import { byTag, openBlock, type Directory, type TiffView } from './tiff-view.ts';

/**
 * EXIF as it is embedded: a small TIFF structure (EXIF 3.0, 4.5; TIFF 6.0, section 2). It is patched in place, never
 * rebuilt: makers' notes hold offsets from its start that a rebuilt block would break.
 */
export interface ExifSummary {
  /** 1 to 8; 1 when absent or out of range. */
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
  gps: 0x8825,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
} as const;

/** Orientation and whether a position is recorded; a block that is no TIFF structure says neither. */
export function readExif(exif: Uint8Array): ExifSummary {
  const tiff = openBlock(exif);
  if (tiff === null) return { orientation: 1, hasLocation: false, littleEndian: true };
  const main = tiff.directory(tiff.long(4));
  const orientation = tiff.integer(byTag(main, TAG.orientation));
  const gps = tiff.directory(tiff.integer(byTag(main, TAG.gps)));
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    // Tag 0 is the block's version alone; latitude, longitude and the rest begin at 1.
    hasLocation: gps !== null && gps.entries.some((entry) => entry.tag > 0),
    littleEndian: tiff.little,
  };
}

/** Offset of the orientation's value inside the block, for patching a file in place; null when there is none. */
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
}

/**
 * The block for the restored picture: orientation 1 (it is applied to the pixels), pixel dimensions of the output, the
 * old thumbnail removed (it shows the unrestored picture), the position overwritten with zeros unless asked for.
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
  if (!changes.keepLocation) dropLocation(tiff, main);
  return copy.slice(0, kept);
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
  // Later entries and the link to the next directory move up by one entry; the directory shrinks by one.
  bytes.copyWithin(pointer.at, pointer.at + 12, Math.min(main.nextAt + 4, bytes.length));
  tiff.view.setUint16(main.at, tiff.short(main.at) - 1, tiff.little);
}
