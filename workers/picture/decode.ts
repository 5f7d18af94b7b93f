import type { PictureInfo } from '../../contract/picture.ts';
import { quoted } from '../../contract/quoted.ts';
import { LimpidError, type ErrorCode } from '../../contract/result.ts';
import { decodeStraight, decodeWithCanvas } from './browser-decode.ts';
import { convertToSrgb, planColour, PROFILE_IGNORED, type ColourPlan } from './colour.ts';
import { HeaderError, type Header, type PictureMetadata } from './containers/header.ts';
import { readPng } from './containers/png.ts';
import { readSvg } from './containers/svg.ts';
import { checkSize, keptDepth, LARGEST_CANVAS_SIDE, LARGEST_FILE } from './limits.ts';
import { hasLocation, misnamed, readHeader } from './metadata.ts';
import { orient } from './orientation.ts';
import { decodePng } from './png-decode.ts';
import { sniff, type Sniffed } from './sniff.ts';
import { inspect } from './inspect.ts';
import type { PixelStore } from './store.ts';

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
}

/**
 * Decodes any picture file, told by its content, into straight RGBA at 8 or 16 bits in sRGB or Display P3, upright.
 * Sizes are read and refused from the header before anything is decoded.
 * @throws LimpidError with one sentence: `not-a-picture`, `unsupported-picture`, `damaged-picture`, `picture-too-large`,
 * `picture-empty` or `out-of-memory`.
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
    return finish(await source.decode(), source.header, { name, bytes: file.size, extra: misnamed(name, sniffed) });
  } catch (error) {
    throw explain(error, name);
  }
}

class NotAPicture extends Error {
  readonly code = 'not-a-picture';
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
      const { openTiff } = await import('./tiff-decode.ts');
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
        const store = await decodeWithCanvas(new Blob([bytes], { type: 'image/png' }), plan.colorSpace);
        return { store, orientation: 1, notes: layout.bits === 16 ? [...plan.notes, SHALLOW] : plan.notes };
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
      return openPng(new Uint8Array(await drawn.arrayBuffer())).decode();
    },
  };
}

/** JPEG, WebP, AVIF, GIF, BMP, HEIC and what else the browser knows. */
async function decodeByBrowser(bytes: Uint8Array<ArrayBuffer>, header: Header, mime: string): Promise<Decoded> {
  const plan = planColour(header);
  const file = header.forBrowser() ?? new Blob([bytes], { type: mime });
  if (header.kind === 'heic') {
    const { decodeHeic } = await import('./heic-decode.ts');
    const { store, converted } = await decodeHeic(file, plan.colorSpace);
    if (converted) return { store, orientation: 1, notes: plan.notes };
    return { store: inSpace(store, plan), orientation: 1, notes: plan.browserOnly ? [PROFILE_IGNORED] : plan.notes };
  }
  // GIF's and icons' hidden pixels hold no colour worth keeping.
  if (
    header.mayHaveAlpha &&
    (header.kind === 'webp' || header.kind === 'avif' || mime === 'image/jxl') &&
    !plan.browserOnly
  ) {
    const straight = await decodeStraight(file, mime);
    if (straight !== null) {
      const orientation = straight.orientation === 1 ? header.orientation : straight.orientation;
      const store = orient(inSpace(straight.store, plan), orientation);
      await replaceAlpha(store, orientation, header);
      return { store, orientation: 1, notes: plan.notes };
    }
  }
  try {
    const store = await decodeWithCanvas(file, plan.colorSpace);
    return { store, orientation: header.orientation, notes: plan.notes };
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

/** Puts an AVIF's alpha plane, decoded as a picture of its own, into the (upright) store. */
async function replaceAlpha(store: PixelStore, orientation: number, header: Header): Promise<void> {
  const picture = header.alphaPicture?.() ?? null;
  const grey = picture === null ? null : await decodeWithCanvas(picture.file, 'srgb').catch(() => null);
  if (picture === null || grey === null) return;
  const alpha = picture.turned ? grey : orient(grey, orientation);
  // A plane of another size is scaled by the browser; its own answer stands then.
  if (alpha.width !== store.width || alpha.height !== store.height) return;
  for (let at = 0; at < store.data.length; at += 4) store.data[at + 3] = alpha.data[at] as number;
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

const OUT_OF_MEMORY = /allocat|out of memory|invalid (?:typed )?array length|array buffer/i;

/** Any failure as one sentence about this file. What nobody foresaw in a decoder is damage, with its text as detail. */
function explain(error: unknown, name: string): LimpidError {
  if (error instanceof LimpidError) return error;
  if (error instanceof HeaderError || error instanceof NotAPicture) {
    return new LimpidError(
      error.code satisfies ErrorCode,
      `${quoted(name)} ${error.message}`,
      error instanceof HeaderError ? error.detail : undefined,
    );
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
    return new LimpidError(
      'damaged-picture',
      `${quoted(name)} could not be read: it was moved, changed or locked after it was chosen; choose it again.`,
      detail,
    );
  }
  if (/dynamically imported module|importing a module script/i.test(detail)) {
    return new LimpidError(
      'download-failed',
      `${quoted(name)} needs a decoder that could not be loaded; connect to the network and choose it again.`,
      detail,
    );
  }
  if (OUT_OF_MEMORY.test(detail)) {
    return new LimpidError(
      'out-of-memory',
      `${quoted(name)} needs more memory than the browser gives; close other tabs or make the picture smaller.`,
      detail,
    );
  }
  return new LimpidError(
    'damaged-picture',
    `${quoted(name)} could not be decoded: its picture data is damaged.`,
    detail,
  );
}
