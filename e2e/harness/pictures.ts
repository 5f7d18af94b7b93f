import type { EncodeOptions, PictureInfo } from '../../contract/picture.ts';
import { toFailure, type Failure } from '../../contract/result.ts';
import { readPng } from '../../workers/picture/containers/png.ts';
import { decodePicture, type DecodedPicture } from '../../workers/picture/decode.ts';
import { encodePicture, listFormats } from '../../workers/picture/encode.ts';
import { decodePng } from '../../workers/picture/png-decode.ts';
import type { Provenance } from '../../workers/picture/provenance.ts';
import { createStore } from '../../workers/picture/store.ts';

/** Runs inside the harness's worker: pictures in and out as plain data that a spec can compare. */
export type Decoded =
  | {
      readonly ok: true;
      readonly info: Omit<PictureInfo, 'id'>;
      readonly data: Uint8Array | Uint16Array;
      readonly metadata: DecodedPicture['metadata'];
    }
  | { readonly ok: false; readonly error: Failure };

const plain = (data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>): Uint8Array | Uint16Array =>
  data instanceof Uint16Array ? data : new Uint8Array(data.buffer);

declare const askPage: (module: string, name: string, ...args: readonly unknown[]) => Promise<unknown>;

/** The page's own SVG renderer, as the application lends it to its worker. */
const rasteriseSvg = (markup: string, width: number, height: number): Promise<Blob> =>
  askPage('/src/engine/svg.ts', 'rasteriseSvg', markup, width, height) as Promise<Blob>;

export async function decode(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Decoded> {
  try {
    const { pixels, info, metadata } = await decodePicture(new Blob([bytes]), name, { rasteriseSvg });
    return { ok: true, info, data: plain(pixels.data), metadata };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}

/** How many messages were answered, each sent once the one before had come, while a PNG was decoded. */
export async function messagesWhileDecoding(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const { layout } = readPng(bytes);
  let answered = 0;
  const channel = new MessageChannel();
  channel.port1.addEventListener('message', () => {
    answered += 1;
    channel.port2.postMessage(null);
  });
  channel.port1.start();
  channel.port2.postMessage(null);
  await decodePng(bytes, layout, 8);
  const during = answered;
  channel.port1.close();
  return during;
}

/** What happened to one file of many, without its pixels. */
export interface Outcome {
  readonly error: Failure | null;
  readonly size: readonly [width: number, height: number] | null;
  readonly depth: number | null;
  readonly notes: readonly string[];
  /** The last pixel's RGBA. */
  readonly last: readonly number[];
}

const NO_PICTURE = { size: null, depth: null, notes: [], last: [] };

export async function decodeMany(files: readonly Uint8Array<ArrayBuffer>[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const bytes of files) {
    const result = await decode(bytes, 'mutant');
    if (!result.ok) {
      outcomes.push({ ...NO_PICTURE, error: result.error });
      continue;
    }
    const { width, height, depth, notes } = result.info;
    outcomes.push({ error: null, size: [width, height], depth, notes, last: Array.from(result.data.slice(-4)) });
  }
  return outcomes;
}

export interface Written {
  readonly ok: boolean;
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly type: string;
  readonly notes: readonly string[];
  readonly error: Failure | null;
}

const NOTHING = { bytes: new Uint8Array(0), name: '', type: '', notes: [] };

/** Decodes a file and writes it again, as a run at scale 1 would. */
export async function transcode(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  options: EncodeOptions,
  provenance: Provenance,
): Promise<Written> {
  try {
    const { pixels, metadata } = await decodePicture(new Blob([bytes]), name);
    const { blob, name: written, notes } = await encodePicture(pixels, metadata, options, provenance, name);
    return {
      ok: true,
      bytes: new Uint8Array(await blob.arrayBuffer()),
      name: written,
      type: blob.type,
      notes,
      error: null,
    };
  } catch (error) {
    return { ...NOTHING, ok: false, error: toFailure(error) };
  }
}

export const formats = (): Promise<readonly string[]> => listFormats();

const NO_METADATA = { exif: null, icc: null, xmp: null };
const NO_STEPS: Provenance = { version: '0', date: '', steps: [] };

/** A grey ramp of any size written as PNG. */
export async function writeLarge(width: number, height: number): Promise<Uint8Array> {
  const store = createStore(width, height, 8, 'srgb');
  const words = new Uint32Array(store.data.buffer);
  for (let at = 0; at < words.length; at += 1) words[at] = 0xff000000 + (((at % width) >> 4) & 255) * 0x010101;
  const { blob } = await encodePicture(store, NO_METADATA, { format: 'png' }, NO_STEPS, 'large.png');
  return new Uint8Array(await blob.arrayBuffer());
}

/** What writing a blank picture of this size ends with. */
export async function refuseLarge(width: number, height: number, format: EncodeOptions['format']): Promise<Written> {
  try {
    const { blob } = await encodePicture(
      createStore(width, height, 8, 'srgb'),
      NO_METADATA,
      { format },
      NO_STEPS,
      'large.png',
    );
    return { ...NOTHING, ok: true, type: blob.type, error: null };
  } catch (error) {
    return { ...NOTHING, ok: false, error: toFailure(error) };
  }
}
