import type { FileKind } from '../../../contract/picture.ts';
import { ascii, be32, fromUtf8, latin1, u16be, u32be, u8 } from '../bytes.ts';
import { cutOff, damaged, type AlphaPicture, type CodePoints, type Header, type PictureMetadata } from './header.ts';

/** AVIF and HEIC: boxes of ISO/IEC 14496-12 (`meta` of an image file as in ISO/IEC 23008-12). */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Item {
  readonly id: number;
  readonly type: string;
  readonly mime: string;
}

/** Boxes between `start` and `end`; stops quietly at the first that does not fit. */
function boxes(bytes: Uint8Array, start: number, end: number): Box[] {
  const list: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const short = u32be(bytes, at);
    const header = short === 1 ? 16 : 8;
    const length =
      short === 1 ? u32be(bytes, at + 8) * 2 ** 32 + u32be(bytes, at + 12) : short === 0 ? end - at : short;
    if (length < header) break;
    list.push({ type: ascii(bytes, at + 4, 4), start: at + header, end: Math.min(end, at + length) });
    at += length;
  }
  return list;
}

const child = (bytes: Uint8Array, parent: Box | undefined, type: string, skip = 0): Box | undefined =>
  parent === undefined ? undefined : boxes(bytes, parent.start + skip, parent.end).find((box) => box.type === type);

/** A FullBox begins with a version and flags, 4 bytes. */
const FULL = 4;

/** The properties (`ipco` entries) of a file. */
const allProperties = (bytes: Uint8Array, iprp: Box | undefined): Box[] => {
  const ipco = child(bytes, iprp, 'ipco');
  return ipco === undefined ? [] : boxes(bytes, ipco.start, ipco.end);
};

/** Which item has which property (its place in `ipco`), in order of association. */
function* associations(bytes: Uint8Array, iprp: Box): Generator<readonly [item: number, property: number]> {
  for (const ipma of boxes(bytes, iprp.start, iprp.end).filter((box) => box.type === 'ipma')) {
    const wideIds = u8(bytes, ipma.start) > 0;
    const wideIndices = (u8(bytes, ipma.start + 3) & 1) === 1;
    const count = u32be(bytes, ipma.start + 4);
    let at = ipma.start + 8;
    for (let entry = 0; entry < count && at < ipma.end; entry += 1) {
      const id = wideIds ? u32be(bytes, at) : u16be(bytes, at);
      at += wideIds ? 4 : 2;
      const own = u8(bytes, at);
      at += 1;
      for (let index = 0; index < own; index += 1) {
        const property = wideIndices ? u16be(bytes, at) & 0x7fff : u8(bytes, at) & 0x7f;
        at += wideIndices ? 2 : 1;
        if (property > 0) yield [id, property - 1];
      }
    }
  }
}

/** Properties of an item, in order of association. */
function properties(bytes: Uint8Array, meta: Box, item: number): Box[] {
  const iprp = child(bytes, meta, 'iprp', FULL);
  const all = allProperties(bytes, iprp);
  const own: Box[] = [];
  if (iprp === undefined || all.length === 0) return own;
  for (const [id, index] of associations(bytes, iprp)) {
    const box = all[index];
    if (id === item && box !== undefined) own.push(box);
  }
  return own;
}

function items(bytes: Uint8Array, meta: Box): Item[] {
  const iinf = child(bytes, meta, 'iinf', FULL);
  if (iinf === undefined) return [];
  const skip = u8(bytes, iinf.start) === 0 ? 6 : 8;
  return boxes(bytes, iinf.start + skip, iinf.end)
    .filter((box) => box.type === 'infe')
    .map((box) => {
      const wide = u8(bytes, box.start) >= 3;
      const typeAt = box.start + FULL + (wide ? 6 : 4);
      const rest = ascii(bytes, typeAt + 4, Math.min(128, Math.max(0, box.end - typeAt - 4)));
      return {
        id: wide ? u32be(bytes, box.start + FULL) : u16be(bytes, box.start + FULL),
        type: ascii(bytes, typeAt, 4),
        mime: rest.split('\0')[1] ?? '',
      };
    });
}

/** Where an item's first extent lies in the file itself (construction method 0), or null. */
function extent(bytes: Uint8Array, meta: Box, item: number): readonly [start: number, end: number] | null {
  const iloc = child(bytes, meta, 'iloc', FULL);
  if (iloc === undefined) return null;
  const version = u8(bytes, iloc.start);
  const sizes = u16be(bytes, iloc.start + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  const number = (at: number, size: number): number =>
    size === 8 ? u32be(bytes, at) * 2 ** 32 + u32be(bytes, at + 4) : size === 4 ? u32be(bytes, at) : 0;
  const count = version < 2 ? u16be(bytes, iloc.start + 6) : u32be(bytes, iloc.start + 6);
  let at = iloc.start + (version < 2 ? 8 : 10);
  for (let entry = 0; entry < count && at < iloc.end; entry += 1) {
    const id = version < 2 ? u16be(bytes, at) : u32be(bytes, at);
    at += version < 2 ? 2 : 4;
    const method = version > 0 ? u16be(bytes, at) & 15 : 0;
    at += (version > 0 ? 2 : 0) + 2;
    const base = number(at, baseSize);
    at += baseSize;
    const extents = u16be(bytes, at);
    at += 2;
    if (id === item && method === 0 && extents > 0) {
      const start = base + number(at + indexSize, offsetSize);
      const length = number(at + indexSize + offsetSize, lengthSize);
      return start + length <= bytes.length && length > 0 ? [start, start + length] : null;
    }
    at += extents * (indexSize + offsetSize + lengthSize);
  }
  return null;
}

function readMetadata(bytes: Uint8Array<ArrayBuffer>, meta: Box, colour: readonly Box[]): PictureMetadata {
  const list = items(bytes, meta);
  const exifItem = list.find((item) => item.type === 'Exif');
  const xmpItem = list.find((item) => item.type === 'mime' && item.mime === 'application/rdf+xml');
  const content = (item: Item | undefined): Uint8Array<ArrayBuffer> | null => {
    const range = item === undefined ? null : extent(bytes, meta, item.id);
    return range === null ? null : bytes.slice(...range);
  };
  const exif = content(exifItem);
  const xmp = content(xmpItem);
  const profile = colour.find((box) => ['prof', 'rICC'].includes(ascii(bytes, box.start, 4)));
  return {
    // Four bytes say where the TIFF structure begins (ISO/IEC 23008-12, A.2.1).
    exif: exif === null ? null : exif.slice(4 + u32be(exif, 0)),
    icc: profile === undefined ? null : bytes.slice(profile.start + 4, profile.end),
    xmp: xmp === null ? null : fromUtf8(xmp),
  };
}

/** Frames of an image sequence: samples of its first track; 1 for a still picture. */
function countFrames(bytes: Uint8Array, top: readonly Box[]): { frames: number; entry: Box | undefined } {
  let box = top.find((candidate) => candidate.type === 'moov');
  for (const type of ['trak', 'mdia', 'minf', 'stbl']) box = child(bytes, box, type);
  const sizes = child(bytes, box, 'stsz');
  const entry = boxes(bytes, (child(bytes, box, 'stsd')?.start ?? 0) + 8, child(bytes, box, 'stsd')?.end ?? 0)[0];
  return { frames: sizes === undefined ? 1 : Math.max(1, u32be(bytes, sizes.start + 8)), entry };
}

/** Size, depth, alpha, colour and metadata of the primary item. */
export function readIsoMedia(bytes: Uint8Array<ArrayBuffer>, kind: FileKind): Header {
  const name = kind.toUpperCase();
  const top = boxes(bytes, 0, bytes.length);
  const meta = top.find((box) => box.type === 'meta');
  const { frames, entry } = countFrames(bytes, top);
  const primary = child(bytes, meta, 'pitm', FULL);
  const wide = primary !== undefined && u8(bytes, primary.start) > 0;
  const id = primary === undefined ? 0 : wide ? u32be(bytes, primary.start + 4) : u16be(bytes, primary.start + 4);
  const own = meta === undefined ? [] : properties(bytes, meta, id);
  const size = own.find((box) => box.type === 'ispe');
  const endsEarly =
    top.reduce((end, box) => Math.max(end, box.end), 0) >= bytes.length && !top.some((box) => box.type === 'mdat');
  if (size === undefined && entry === undefined) {
    throw endsEarly ? cutOff() : damaged(`is a damaged ${name}: its size is missing.`);
  }
  const colour = own.filter((box) => box.type === 'colr');
  const nclx = colour.find((box) => ascii(bytes, box.start, 4) === 'nclx');
  const codePoints: CodePoints | null =
    nclx === undefined ? null : { primaries: u16be(bytes, nclx.start + 4), transfer: u16be(bytes, nclx.start + 6) };
  const pixi = own.find((box) => box.type === 'pixi');
  const bits = pixi === undefined ? 8 : u8(bytes, pixi.start + 5);
  return {
    kind,
    width: size === undefined ? u16be(bytes, (entry?.start ?? 0) + 24) : u32be(bytes, size.start + 4),
    height: size === undefined ? u16be(bytes, (entry?.start ?? 0) + 26) : u32be(bytes, size.start + 8),
    bits,
    mayHaveAlpha: meta !== undefined && alphaItems(bytes, meta).length > 0,
    frames,
    orientation: 1,
    metadata: meta === undefined ? { exif: null, icc: null, xmp: null } : readMetadata(bytes, meta, colour),
    codePoints,
    forBrowser: () => null,
    alphaPicture: () => (kind === 'avif' && meta !== undefined ? alphaAsPicture(bytes, meta) : null),
    notes: bits > 8 ? [`This ${name} has ${bits} bits a channel; it is restored with 8.`] : [],
  };
}

const ALPHA_URN = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha';
const ALPHA_URN_HEVC = 'urn:mpeg:hevc:2015:auxid:1';

/** Items that declare themselves alpha planes; one pass over the associations, of which a file may hold very many. */
function alphaItems(bytes: Uint8Array, meta: Box): Item[] {
  const iprp = child(bytes, meta, 'iprp', FULL);
  const declaring = new Set(
    allProperties(bytes, iprp).flatMap((box, index) => {
      const urn = box.type === 'auxC' ? ascii(bytes, box.start + FULL, 64) : '';
      return urn.startsWith(ALPHA_URN) || urn.startsWith(ALPHA_URN_HEVC) ? [index] : [];
    }),
  );
  if (iprp === undefined || declaring.size === 0) return [];
  const owners = new Set<number>();
  for (const [item, property] of associations(bytes, iprp)) if (declaring.has(property)) owners.add(item);
  return items(bytes, meta).filter(({ id }) => owners.has(id));
}

/**
 * The alpha plane as a picture of its own: the same file with the alpha item declared primary and its tie to the picture
 * cut. Chromium (156) stretches an alpha plane without colour information as if it had limited range (128 becomes 130, 240
 * becomes 255); decoded as a picture its values are right. Its rotation, if it has one, is applied by the browser.
 */
function alphaAsPicture(bytes: Uint8Array<ArrayBuffer>, meta: Box): AlphaPicture | null {
  const primary = child(bytes, meta, 'pitm', FULL);
  const iref = child(bytes, meta, 'iref', FULL);
  const [item] = alphaItems(bytes, meta);
  if (primary === undefined || iref === undefined || item === undefined) return null;
  const copy = bytes.slice();
  const wide = u8(bytes, primary.start) > 0;
  copy.set(wide ? be32(item.id) : be32(item.id).subarray(2), primary.start + FULL);
  copy.set(latin1('free'), iref.start - 4);
  const turned = properties(bytes, meta, item.id).some((box) => box.type === 'irot' || box.type === 'imir');
  return { file: new Blob([copy], { type: 'image/avif' }), turned };
}
