import type { EncodedPicture, EncodeOptions, OutputFormat } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import { utf8 } from './bytes.ts';
import type { PictureMetadata } from './containers/header.ts';
import { insertJpegMetadata } from './containers/jpeg.ts';
import { pngChunk, pngXmpChunk } from './containers/png.ts';
import { insertWebpMetadata } from './containers/webp.ts';
import { encodeByBrowser } from './browser-encode.ts';
import { rewriteExif } from './exif.ts';
import { makeProfile } from './icc.ts';
import { inspect } from './inspect.ts';
import { encodePng, pngDisplayP3Chunk, pngProfileChunk, pngSrgbChunk } from './png-encode.ts';
import { provenancePacket, type Provenance } from './provenance.ts';
import type { PixelStore } from './store.ts';

export { listFormats } from './browser-encode.ts';
export type { Provenance } from './provenance.ts';

/** What is embedded beside the pixels. */
interface Extras {
  readonly exif: Uint8Array<ArrayBuffer> | null;
  readonly packet: string;
  /** A Display P3 profile, or null for sRGB, which needs none. */
  readonly icc: Uint8Array<ArrayBuffer> | null;
}

/**
 * Writes a restored picture. PNG keeps straight alpha and (png16) 16 bits exactly; JPEG puts transparency on white and says
 * so. EXIF is kept with orientation 1 and the new size, without the position unless asked for; Display P3 stays Display P3;
 * an XMP packet says how the picture was restored.
 * @throws LimpidError `encode-failed` with one sentence that names what is possible instead.
 */
export async function encodePicture(
  store: PixelStore,
  metadata: PictureMetadata,
  options: EncodeOptions,
  provenance: Provenance,
  sourceName: string,
): Promise<EncodedPicture> {
  const keepLocation = options.keepLocation === true;
  const { packet, joined } = provenancePacket(provenance, sourceName, metadata.xmp, keepLocation);
  // Without a profile the numbers were taken as they are, and what EXIF says of them stands.
  const convertedToSrgb = metadata.icc !== null && store.colorSpace === 'srgb';
  const extras: Extras = {
    exif:
      metadata.exif === null
        ? null
        : rewriteExif(metadata.exif, { width: store.width, height: store.height, keepLocation, convertedToSrgb }),
    packet,
    icc: store.colorSpace === 'display-p3' ? makeProfile('display-p3') : null,
  };
  const { blob, notes } = await write(store, extras, options);
  const lost = joined ? [] : ['The source’s XMP description is too large or unusual to be kept.'];
  return {
    blob,
    name: outputName(sourceName, provenance, options.format),
    format: options.format,
    notes: [...notes, ...lost],
  };
}

type Written = Pick<EncodedPicture, 'blob' | 'notes'>;

async function write(store: PixelStore, extras: Extras, options: EncodeOptions): Promise<Written> {
  switch (options.format) {
    case 'png':
    case 'png16':
      return writePng(store, extras, options.format);
    case 'jpeg':
    case 'webp':
    case 'avif':
      return writeLossy(store, extras, options.format, options.quality ?? 0.92);
  }
}

async function writePng(store: PixelStore, { exif, packet, icc }: Extras, format: 'png' | 'png16'): Promise<Written> {
  const facts = inspect(store);
  // A grey PNG may not carry an RGB profile (PNG 3rd edition, 11.3.2.3). Without one its numbers mean the same greys.
  const profile = icc === null || facts.grey ? [] : [pngProfileChunk(icc)];
  const colour = icc === null ? [pngSrgbChunk()] : [pngDisplayP3Chunk(), ...profile];
  const ancillary = [...colour, ...(exif === null ? [] : [pngChunk('eXIf', exif)]), pngXmpChunk(utf8(packet))];
  const bits = format === 'png16' ? 16 : 8;
  const blob = await encodePng(store, { bits, ...facts }, ancillary);
  const notes: string[] = [];
  if (bits === 16 && store.depth === 8) notes.push('The picture has 8 bits a channel; writing 16 adds none.');
  if (bits === 8 && store.depth === 16)
    notes.push('The picture has 16 bits a channel; this PNG keeps 8. Choose 16-bit PNG to keep all.');
  return { blob, notes };
}

async function writeLossy(
  store: PixelStore,
  extras: Extras,
  format: 'jpeg' | 'webp' | 'avif',
  quality: number,
): Promise<Written> {
  const notes: string[] = [];
  const { alpha } = inspect(store);
  if (format === 'jpeg' && alpha) notes.push('JPEG has no transparency: the picture stands on white.');
  if (store.depth === 16)
    notes.push(
      `${format === 'jpeg' ? 'JPEG' : format === 'webp' ? 'WebP' : 'AVIF'} keeps 8 bits a channel; 16-bit PNG keeps all.`,
    );
  const { blob: plain, notes: about } = await encodeByBrowser(store, format, quality, alpha);
  notes.push(...about);
  if (format === 'avif') {
    return { blob: plain, notes: [...notes, 'EXIF and the record of the restoration are not written into AVIF.'] };
  }
  const bytes = new Uint8Array(await plain.arrayBuffer());
  try {
    if (format === 'webp') {
      return {
        blob: new Blob(insertWebpMetadata(bytes, extras.exif, extras.packet, extras.icc), { type: plain.type }),
        notes,
      };
    }
    const { parts, left } = insertJpegMetadata(bytes, extras.exif, extras.packet, extras.icc);
    if (left.length > 0) notes.push(`${left.join(' and ')} did not fit into the JPEG and was left out.`);
    return { blob: new Blob(parts, { type: plain.type }), notes };
  } catch (error) {
    throw new LimpidError(
      'encode-failed',
      'The browser wrote a file that could not be completed; PNG works without it.',
      String(error),
    );
  }
}

const ENDING: Readonly<Record<OutputFormat, string>> = {
  png: 'png',
  png16: 'png',
  webp: 'webp',
  jpeg: 'jpg',
  avif: 'avif',
};

/** "photo.jpg" enlarged 2.5 times: "photo-2.5x.png"; deblurred only: "photo-restored.png". */
export function outputName(sourceName: string, provenance: Provenance, format: OutputFormat): string {
  const scale = provenance.steps.reduce((product, step) => product * step.scale, 1);
  const base = sourceName.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[\\/:*?"<>|]/g, '_') || 'picture';
  const suffix = Math.abs(scale - 1) < 1e-9 ? 'restored' : `${Number(scale.toFixed(2))}x`;
  return `${base}-${suffix}.${ENDING[format]}`;
}
