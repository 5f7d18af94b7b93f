import type { LoadableModel, Planar } from '../../contract/inference-api.ts';
import type { GraphFile, Manifest } from '../../contract/manifest.ts';
import { MODEL_IDS, type ModelId } from '../../contract/models.ts';
import { LimpidError } from '../../contract/result.ts';
import { manifestProblem } from '../../contract/validate-manifest.ts';
import { isCached, modelFile } from './files.ts';

const MANIFESTS = 'limpid-manifests';

/** The newest version that can be had: the server's, else (offline, or the server in trouble) the one kept last. */
async function newest(url: string): Promise<Response | undefined> {
  const cache = await caches.open(MANIFESTS).catch(() => null);
  const response = await fetch(url, { cache: 'no-cache' }).catch(() => undefined);
  if (!response?.ok) return (await cache?.match(url, { ignoreVary: true })) ?? response;
  // Full storage is no reason to fail.
  await cache?.put(url, response.clone()).catch(() => undefined);
  return response;
}

async function fetchManifest(base: string, id: ModelId): Promise<Manifest> {
  const response = await newest(new URL(`models/${id}/manifest.json`, base).href);
  if (!response?.ok)
    throw new LimpidError(
      'download-failed',
      `The description of ${id} could not be fetched. Check the connection and reload.`,
    );
  const value: unknown = await response.json().catch(() => null);
  const problem = manifestProblem(value);
  if (problem !== null) throw new LimpidError('bad-manifest', `The description of ${id} is not usable: ${problem}.`);
  return value as Manifest;
}

/** Golden pictures are a few kilobytes and are read with the model. */
async function fetchGolden(base: string, manifest: Manifest): Promise<LoadableModel['golden']> {
  const read = async (file: string): Promise<Blob> => {
    const url = new URL(`models/${manifest.id}/${file}`, base).href;
    const response = await newest(url);
    if (!response?.ok)
      throw new LimpidError(
        'download-failed',
        `${manifest.name} could not be fetched. Check the connection and try again.`,
        url,
      );
    return response.blob();
  };
  const [picture, answer] = await Promise.all([read(manifest.golden.input), read(manifest.golden.output)]);
  const { outputWidth: width, outputHeight: height } = manifest.golden;
  const data = new Float32Array(await answer.arrayBuffer());
  if (data.length !== 3 * width * height)
    throw new LimpidError('bad-manifest', `The golden answer of ${manifest.name} has a wrong size.`);
  return { input: await pngPlanes(picture), output: { data, channels: 3, width, height } };
}

async function pngPlanes(png: Blob): Promise<Planar> {
  const bitmap = await createImageBitmap(png, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new LimpidError('internal', 'This browser has no canvas in workers.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Float32Array(3 * width * height);
  for (let i = 0; i < width * height; i += 1) {
    for (let c = 0; c < 3; c += 1) data[c * width * height + i] = (rgba[i * 4 + c] ?? 0) / 255;
  }
  return { data, channels: 3, width, height };
}

/** The five models: their manifests once, their files when asked for. */
export class Catalogue {
  #manifests: Promise<ReadonlyMap<ModelId, Manifest>> | null = null;

  constructor(private readonly base: string) {}

  /** All manifests; a failed attempt is tried again by the next call. */
  manifests(): Promise<ReadonlyMap<ModelId, Manifest>> {
    this.#manifests ??= Promise.all(MODEL_IDS.map((id) => fetchManifest(this.base, id))).then(
      (list) => new Map(list.map((manifest) => [manifest.id, manifest])),
      (error: unknown) => {
        this.#manifests = null;
        throw error;
      },
    );
    return this.#manifests;
  }

  async manifest(id: ModelId): Promise<Manifest> {
    const manifest = (await this.manifests()).get(id);
    if (!manifest) throw new LimpidError('unknown-model', `There is no model called "${id}".`);
    return manifest;
  }

  #files(manifest: Manifest): GraphFile[] {
    return [...Object.values(manifest.graphs), manifest.weights];
  }

  /** Bytes that the first run would download. */
  async missingBytes(manifest: Manifest): Promise<number> {
    const cached = await Promise.all(this.#files(manifest).map((file) => isCached(this.base, file)));
    return this.#files(manifest).reduce((sum, file, i) => sum + (cached[i] === true ? 0 : file.bytes), 0);
  }

  /** Graphs, weights and golden picture. `weights`: imported ones in the manifest's layout instead of the shipped file. */
  async load(
    manifest: Manifest,
    weights: Uint8Array | null,
    signal: AbortSignal,
    onBytes: (done: number, total: number) => void,
    onNote: (note: string) => void,
  ): Promise<LoadableModel> {
    const files = weights === null ? this.#files(manifest) : Object.values(manifest.graphs);
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    let done = 0;
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const one = (file: GraphFile): Promise<Uint8Array> =>
      modelFile(this.base, manifest.id, file, either, (bytes) => onBytes((done += bytes), total), onNote);
    const [golden, own, ...graphs] = await Promise.all([
      fetchGolden(this.base, manifest),
      weights ?? one(manifest.weights),
      ...Object.values(manifest.graphs).map(one),
    ]).finally(() => failed.abort());
    const keys = Object.keys(manifest.graphs);
    return {
      manifest,
      graphs: Object.fromEntries(graphs.map((data, i) => [keys[i] ?? '', data])),
      weights: own,
      golden: weights === null ? golden : { input: golden.input, output: null },
    };
  }
}
