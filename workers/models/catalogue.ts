import type { LoadableModel, Planar } from '../../contract/inference-api.ts';
import type { ModelFile, Manifest } from '../../contract/manifest.ts';
import { MODEL_IDS, type ModelId } from '../../contract/models.ts';
import { LimpidError } from '../../contract/result.ts';
import { readPng } from '../picture/containers/png.ts';
import { decodePng } from '../picture/png-decode.ts';
import { readColour } from '../picture/store.ts';
import { isCached, modelFile } from './files.ts';
import { dropEarlier, fetchManifest, filesOf, graphFilesOf, graphsOf } from './manifests.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** `answer` is null with imported weights, whose answer is not known. */
async function readGolden(manifest: Manifest, picture: Bytes, answer: Bytes | null): Promise<LoadableModel['golden']> {
  const input = await pngPlanes(picture);
  if (answer === null) return { input, output: null };
  const { outputWidth: width, outputHeight: height } = manifest.golden;
  if (answer.length !== 4 * 3 * width * height)
    throw new LimpidError('bad-manifest', `The golden answer of ${manifest.name} has a wrong size.`);
  const data = new Float32Array(answer.buffer);
  return { input, output: { data, channels: 3, width, height } };
}

/** By Limpid's own reader: a browser that guards against fingerprinting changes what a canvas gives back. */
async function pngPlanes(png: Bytes): Promise<Planar> {
  const { store } = await decodePng(png, readPng(png).layout, 8);
  return readColour(store, { x: 0, y: 0, width: store.width, height: store.height });
}

type Manifests = ReadonlyMap<ModelId, Manifest>;

/** Failures of a file that a newer release of the models explains: its name holds other bytes now, or none. */
const OF_ANOTHER_RELEASE = ['checksum-mismatch', 'download-failed'];

/** The models: their manifests once, their files when asked for. */
export class Catalogue {
  #manifests: Promise<Manifests> | null = null;

  constructor(private readonly base: string) {}

  /** All manifests; a failed attempt is tried again by the next call. */
  manifests(): Promise<Manifests> {
    this.#manifests ??= this.#fetch().catch((error: unknown) => {
      this.#manifests = null;
      throw error;
    });
    return this.#manifests;
  }

  async #fetch(signal?: AbortSignal): Promise<Manifests> {
    const list = await Promise.all(MODEL_IDS.map((id) => fetchManifest(this.base, id, signal)));
    await dropEarlier(this.base, list).catch(() => undefined);
    return new Map(list.map((manifest) => [manifest.id, manifest]));
  }

  async manifest(id: ModelId): Promise<Manifest> {
    const manifest = (await this.manifests()).get(id);
    if (!manifest) throw new LimpidError('unknown-model', `There is no model called "${id}".`);
    return manifest;
  }

  /**
   * Does `work`, which reads manifests and loads models. Where a file does not come as its manifest has it and there are
   * other manifests by now (the site was renewed while this page was open, or is out of reach and an older release is whole
   * on this device), does it once more with those.
   */
  async renewing<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    let before: Manifests | null = null;
    try {
      before = await this.manifests();
      return await work();
    } catch (error) {
      if (!(error instanceof LimpidError) || !OF_ANOTHER_RELEASE.includes(error.code)) throw error;
      const renewed = await this.#renewed(before, signal);
      signal?.throwIfAborted();
      if (!renewed) throw error;
      return work();
    }
  }

  /** Whether there are other manifests than `before`: another call has read them meanwhile, or they are read anew here. */
  async #renewed(before: Manifests | null, signal?: AbortSignal): Promise<boolean> {
    try {
      if (this.#manifests !== null && (await this.#manifests) !== before) return true;
      const now = await this.#fetch(signal);
      // A cancel ends the wait for the server as being offline does: what comes then is not what the site has.
      signal?.throwIfAborted();
      if (JSON.stringify([...now]) === JSON.stringify([...(before ?? [])])) return false;
      this.#manifests = Promise.resolve(now);
      return true;
    } catch {
      return false;
    }
  }

  /** Bytes that the first run would download: with the shipped weights, or with imported ones in their place. */
  async missingBytes(manifest: Manifest, weights: 'shipped' | 'imported'): Promise<number> {
    const files = weights === 'shipped' ? filesOf(manifest) : graphFilesOf(manifest);
    const cached = await Promise.all(files.map((file) => isCached(this.base, file)));
    return files.reduce((sum, file, i) => sum + (cached[i] === true ? 0 : file.bytes), 0);
  }

  /**
   * Graphs, weights and golden picture. `weights`: imported ones in the manifest's layout instead of the shipped file; the
   * shipped one's golden answer is then neither needed nor fetched.
   */
  async load(
    manifest: Manifest,
    weights: Uint8Array | null,
    signal: AbortSignal,
    onBytes: (done: number, total: number) => void,
    onNote: (note: string) => void,
  ): Promise<LoadableModel> {
    const files = weights === null ? filesOf(manifest) : graphFilesOf(manifest);
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    let done = 0;
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const one = (file: ModelFile): Promise<Bytes> =>
      modelFile(this.base, manifest.id, file, either, (bytes) => onBytes((done += bytes), total), onNote);
    const named = graphsOf(manifest);
    const [picture, answer, own, ...graphs] = await Promise.all([
      one(manifest.golden.input),
      weights === null ? one(manifest.golden.output) : null,
      weights ?? one(manifest.weights),
      ...named.map(one),
    ]).finally(() => failed.abort());
    return {
      manifest,
      graphs: Object.fromEntries(graphs.map((data, i) => [named[i]?.file ?? '', data])),
      weights: own,
      golden: await readGolden(manifest, picture, answer),
    };
  }
}
