import { chunk } from '../../contract/chunk.ts';
import type { PictureInfo } from '../../contract/picture.ts';
import { decodeWithCanvas } from './browser-decode.ts';
import { convertToSrgb, planColour, PROFILE_IGNORED, type ColourPlan } from './colour.ts';
import { HeaderError, type Header, type PictureMetadata } from './containers/header.ts';
import { readPng } from './containers/png.ts';
import { readSvg } from './containers/svg.ts';
import { explain, NotAPicture } from './decode-failure.ts';
import { checkSize, keptDepth, LARGEST_CANVAS_SIDE, LARGEST_FILE } from './limits.ts';
import { hasLocation, misnamed, readHeader } from './metadata.ts';
import { orient } from './orientation.ts';
import { decodePng } from './png-decode.ts';
import { canvasNotes } from './read-back.ts';
import { sniff, type Sniffed } from './sniff.ts';
import { inspect } from './inspect.ts';
import type { PixelStore } from './store.ts';
import { decodeStraight } from './straight-decode.ts';

/** Rare kinds, whose decoders a first visit does not load. */
const tiffReader = chunk(() => import('./tiff-decode.ts'));
const heicReader = chunk(() => import('./heic-decode.ts'));

export interface DecodedPicture {
  readonly pixels: PixelStore;
  readonly info: Omit<PictureInfo, 'id'>;
  readonly metadata: PictureMetadata;
}

export interface DecodeOptions {
  /**
   * Draws an SVG at exactly this size and returns it as PNG; workers have no SVG renderer, so the page lends its own: the
   * markup as a blob URL in an Image (which runs no script and loads nothing), drawn on a canvas.
   */
  readonly rasteriseSvg?: (markup: string, width: number, height: number) => Promise<Blob>;
  /** Told what the pixels will be before any is decoded; throws HeaderError when there is no room for them. */
  readonly reserve?: (shape: Pick<PixelStore, 'width' | 'height' | 'depth'>) => void;
}

/**
 * Decodes any picture file, told by its content, into straight RGBA at 8 or 16 bits in sRGB or Display P3, upright.
 * Sizes are read and refused from the header before anything is decoded.
 * @throws LimpidError with one sentence: `not-a-picture`, `unsupported-picture`, `damaged-picture`, `picture-too-large`,
 * `picture-empty`, `too-much-memory` (by `reserve`) or `out-of-memory`.
 */
export async function decodePicture(file: Blob, name: string, options: DecodeOptions = {}): Promise<DecodedPicture> {
  try {
    if (file.size === 0) throw new HeaderError('picture-empty', 'is empty: the file holds no bytes.');
    if (file.size > LARGEST_FILE)
      throw new HeaderError('picture-too-large', 'is larger than 1 GB; Limpid reads pictures up to that size.');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const sniffed = sniff(bytes);
    if (!sniffed.picture) throw new NotAPicture(`is not a picture that can be restored: it is ${sniffed.what}.`);
    const source = await open(bytes, sniffed, options);
    checkSize(source.header);
    options.reserve?.(shapeOf(source.header));
    return finish(await source.decode(), source.header, { name, bytes: file.size, extra: misnamed(name, sniffed) });
  } catch (error) {
    throw explain(error, name);
  }
}

/** Browsers decode to 8 bits. Turning a picture upright changes nothing of its area. */
function shapeOf(header: Header): Pick<PixelStore, 'width' | 'height' | 'depth'> {
  const deep = header.kind === 'png' || header.kind === 'apng' || header.kind === 'tiff';
  const depth = deep ? keptDepth(header.bits, header).depth : 8;
  return { width: header.width, height: header.height, depth };
}

/** A file whose header has been read. */
interface Source {
  readonly header: Header;
  decode(): Promise<Decoded>;
}

/** Pixels as decoded: `orientation` is still to be applied, colours are in the plan's space. */
interface Decoded {
  readonly store: PixelStore;
  readonly orientation: number;
  readonly notes: readonly string[];
}

async function open(
  bytes: Uint8Array<ArrayBuffer>,
  { kind, mime }: Sniffed & { picture: true },
  options: DecodeOptions,
): Promise<Source> {
  switch (kind) {
    case 'png':
    case 'apng':
      return openPng(bytes);
    case 'svg':
      return openSvg(bytes, options);
    case 'tiff': {
      const { openTiff } = await tiffReader();
      return openTiff(bytes);
    }
    default: {
      const header = readHeader(bytes, kind, mime);
      return { header, decode: () => decodeByBrowser(bytes, header, mime) };
    }
  }
}

const SHALLOW =
  'Only the browser can convert the colours of this 16-bit picture, and it does so with 8 bits a channel.';

function openPng(bytes: Uint8Array<ArrayBuffer>): Source {
  const { header, layout } = readPng(bytes);
  const plan = planColour(header, layout.stated.srgb ? null : layout.gamma);
  return {
    header,
    decode: async () => {
      if (plan.browserOnly) {
        // The browser applies eXIf itself here.
        const { store, notes } = await decodeWithCanvas(new Blob([bytes], { type: 'image/png' }), plan.colorSpace);
        return { store, orientation: 1, notes: [...plan.notes, ...(layout.bits === 16 ? [SHALLOW] : []), ...notes] };
      }
      const kept = keptDepth(layout.bits, header);
      const { store, notes } = await decodePng(bytes, layout, kept.depth);
      const all = [...plan.notes, ...notes, ...kept.notes];
      return { store: inSpace(store, plan), orientation: header.orientation, notes: all };
    },
  };
}

function openSvg(bytes: Uint8Array<ArrayBuffer>, { rasteriseSvg }: DecodeOptions): Source {
  const { header, markup } = readSvg(bytes);
  return {
    header,
    decode: async () => {
      if (rasteriseSvg === undefined) {
        throw new HeaderError('unsupported-picture', 'is an SVG drawing, and nothing here can draw it.');
      }
      if (Math.max(header.width, header.height) > LARGEST_CANVAS_SIDE) {
        const limit = `browsers draw SVG up to ${LARGEST_CANVAS_SIDE.toLocaleString('en')} pixels a side`;
        throw new HeaderError(
          'picture-too-large',
          `is an SVG drawn at ${header.width} × ${header.height} pixels; ${limit}. Give it a smaller width and height.`,
        );
      }
      const drawn = await rasteriseSvg(markup, header.width, header.height).catch((error: unknown) => {
        throw new HeaderError('damaged-picture', 'is a damaged SVG: the browser cannot draw it.', String(error));
      });
      // It was read from the page's canvas.
      const notes = await canvasNotes();
      const decoded = await openPng(new Uint8Array(await drawn.arrayBuffer())).decode();
      return { ...decoded, notes: [...decoded.notes, ...notes] };
    },
  };
}

const MULTIPLIED =
  'This browser gives colours only multiplied by their transparency: those of nearly transparent pixels are coarse.';

/** JPEG, WebP, AVIF, GIF, BMP, HEIC and what else the browser knows. */
async function decodeByBrowser(bytes: Uint8Array<ArrayBuffer>, header: Header, mime: string): Promise<Decoded> {
  const plan = planColour(header);
  const file = header.forBrowser() ?? new Blob([bytes], { type: mime });
  if (header.kind === 'heic') {
    const { decodeHeic } = await heicReader();
    const { store, converted, notes } = await decodeHeic(file, plan.colorSpace);
    if (converted) return { store, orientation: 1, notes: [...plan.notes, ...notes] };
    const own = plan.browserOnly ? [PROFILE_IGNORED] : plan.notes;
    return { store: inSpace(store, plan), orientation: 1, notes: [...own, ...notes] };
  }
  // GIF's and icons' hidden pixels hold no colour worth keeping.
  const soft = header.mayHaveAlpha && (header.kind === 'webp' || header.kind === 'avif' || mime === 'image/jxl');
  if (soft && !plan.browserOnly) {
    const straight = await decodeStraight(file, mime);
    if (straight !== null) {
      const orientation = straight.orientation === 1 ? header.orientation : straight.orientation;
      const store = orient(inSpace(straight.store, plan), orientation);
      const notes = await replaceAlpha(store, orientation, header);
      return { store, orientation: 1, notes: [...plan.notes, ...notes] };
    }
  }
  try {
    const { store, notes } = await decodeWithCanvas(file, plan.colorSpace);
    const lost = soft && inspect(store).alpha ? [MULTIPLIED] : [];
    return { store, orientation: header.orientation, notes: [...plan.notes, ...lost, ...notes] };
  } catch (error) {
    throw (await lacksDecoder(mime))
      ? new HeaderError('unsupported-picture', `is a picture (${mime}) that this browser does not decode.`)
      : error;
  }
}

/** Whether this browser says of itself that it has no decoder for a newer kind; for others, failure means damage. */
async function lacksDecoder(mime: string): Promise<boolean> {
  if (!['image/jxl', 'image/avif', 'image/webp'].includes(mime) || !('ImageDecoder' in globalThis)) return false;
  return !(await ImageDecoder.isTypeSupported(mime));
}

/** Puts an AVIF's alpha plane, decoded as a picture of its own, into the (upright) store; gives notes about that plane. */
async function replaceAlpha(store: PixelStore, orientation: number, header: Header): Promise<readonly string[]> {
  const picture = header.alphaPicture?.() ?? null;
  const grey = picture === null ? null : await decodeWithCanvas(picture.file, 'srgb').catch(() => null);
  if (picture === null || grey === null) return [];
  const alpha = picture.turned ? grey.store : orient(grey.store, orientation);
  // A plane of another size is scaled by the browser; its own answer stands then.
  if (alpha.width !== store.width || alpha.height !== store.height) return [];
  for (let at = 0; at < store.data.length; at += 4) store.data[at + 3] = alpha.data[at] as number;
  return grey.notes;
}

/** The store with its numbers converted to, or at least labelled with, the plan's space. */
function inSpace(store: PixelStore, plan: ColourPlan): PixelStore {
  if (plan.convert !== null) convertToSrgb(store, plan.convert);
  return { ...store, colorSpace: plan.colorSpace };
}

interface About {
  readonly name: string;
  readonly bytes: number;
  readonly extra: readonly string[];
}

function finish(decoded: Decoded, header: Header, about: About): DecodedPicture {
  const pixels = orient(decoded.store, decoded.orientation);
  const { grey, alpha } = inspect(pixels);
  const animated = header.frames > 1 ? [`This animation has ${header.frames} frames; the first is used.`] : [];
  return {
    pixels,
    metadata: header.metadata,
    info: {
      name: about.name,
      kind: header.kind,
      bytes: about.bytes,
      width: pixels.width,
      height: pixels.height,
      depth: pixels.depth,
      grey,
      alpha,
      colorSpace: pixels.colorSpace,
      orientation: header.orientation,
      frames: header.frames,
      hasLocation: hasLocation(header.metadata),
      notes: [...about.extra, ...animated, ...header.notes, ...decoded.notes],
    },
  };
}
