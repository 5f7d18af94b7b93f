import type { EncodeOptions, PictureInfo } from '../../contract/picture.ts';
import { toFailure, type Failure } from '../../contract/result.ts';
import { bleedColours } from '../../workers/picture/alpha.ts';
import { decodePicture, type DecodedPicture } from '../../workers/picture/decode.ts';
import { encodePicture, listFormats } from '../../workers/picture/encode.ts';
import type { Provenance } from '../../workers/picture/provenance.ts';
import { createStore } from '../../workers/picture/store.ts';

/** Runs inside the harness's worker: pictures in and out as plain data that a spec can compare. */
export type Decoded =
  | {
      readonly ok: true;
      readonly info: Omit<PictureInfo, 'id'>;
      readonly data: Uint8Array | Uint16Array;
      readonly metadata: DecodedPicture['metadata'];
      readonly ms: number;
    }
  | { readonly ok: false; readonly error: Failure; readonly ms: number };

const plain = (data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>): Uint8Array | Uint16Array =>
  data instanceof Uint16Array ? data : new Uint8Array(data.buffer);

export async function decode(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Decoded> {
  const start = performance.now();
  try {
    const { pixels, info, metadata } = await decodePicture(new Blob([bytes]), name);
    return { ok: true, info, data: plain(pixels.data), metadata, ms: performance.now() - start };
  } catch (error) {
    return { ok: false, error: toFailure(error), ms: performance.now() - start };
  }
}

/** The same without pixels, for many or large files: what happened to each. */
export async function decodeMany(
  files: readonly Uint8Array<ArrayBuffer>[],
): Promise<readonly (Omit<Decoded, 'data' | 'metadata'> & { ms: number })[]> {
  const results = [];
  for (const bytes of files) {
    const result = await decode(bytes, 'mutant');
    results.push(result.ok ? { ok: true as const, info: result.info, ms: result.ms } : result);
  }
  return results as never;
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

/** Bleeds colours in an 8-bit picture. */
export function bleed(data: Uint8Array, width: number, height: number): Uint8Array {
  const store = createStore(width, height, 8, 'srgb');
  store.data.set(data);
  bleedColours(store);
  return plain(store.data) as Uint8Array;
}
