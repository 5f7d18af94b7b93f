import type { ModelFile, Manifest } from '../../../contract/manifest.ts';
import { isModelId, type ModelId } from '../../../contract/models.ts';
import { utf8 } from '../../picture/bytes.ts';
import { pngChunk } from '../../picture/containers/png.ts';
import { makePng, type PngRecipe } from '../../picture/testing/png-maker.ts';
import { sha256 } from '../hash.ts';
import { filesOf } from '../manifests.ts';

/**
 * What a file of a release holds: its own name, so that releases differ in every file. "v1.2" is "v1" retrained: its graphs
 * and golden picture are those of "v1". The golden picture is `GOLDEN_INPUT` with the name in a comment.
 */
export function contentOf(id: ModelId, file: string, release: string): Uint8Array<ArrayBuffer> {
  const lasts = file.endsWith('.onnx') || file.endsWith('.png');
  const name = utf8(`${id}/${file} of ${lasts ? release.replace(/\.\d+$/, '') : release}`);
  return file.endsWith('.png') ? makePng({ ...GOLDEN_INPUT, before: [pngChunk('tEXt', name)] }) : name;
}

export const GOLDEN_INPUT: PngRecipe = {
  width: 12,
  height: 12,
  bits: 8,
  colourType: 2,
  sample: (x, y, channel) => (x * 21 + y * 7 + channel * 85) & 255,
};

/** A manifest of a release, as far as the worker checks it. */
export async function manifestOf(id: ModelId, release: string): Promise<Manifest> {
  const made = async (file: string): Promise<ModelFile> => {
    const data = contentOf(id, file, release);
    return { file, bytes: data.length, sha256: await sha256(data) };
  };
  const manifest: Omit<Manifest, 'training' | 'summary'> = {
    schema: 1,
    id,
    name: id,
    seedName: id,
    task: 'deblur',
    pipeline: 'image-to-image',
    network: 'mimo-unet',
    accepts: ['mimo-unet'],
    parameters: 1,
    multiple: 4,
    halo: 4,
    reach: 4,
    graphs: { network: await made('network.onnx') },
    weights: {
      ...(await made('weights.bin')),
      dtype: 'float16',
      tensors: [{ name: 't', shape: [1], offset: 0, source: { tensor: 't', shape: [1] } }],
    },
    compute: { macPerInputPixel: 1, macPerOutputPixel: 0, bytesPerInputPixel: 1, bytesPerOutputPixel: 0 },
    golden: {
      input: await made('golden/input.png'),
      output: await made('golden/output.f32'),
      width: 12,
      height: 12,
      outputWidth: 12,
      outputHeight: 12,
      tolerance: 0.002,
    },
    seam: { maxDifference: 0, tile: 64, measuredOn: 'nothing: for tests' },
    scores: [],
  };
  return { ...manifest, summary: `Release ${release}, for tests.`, training: {} as Manifest['training'] };
}

/** A site that serves one release of the models, breaks, or is silent; and how often it was asked for what. */
export class Site {
  release = 'v1';
  state: 'up' | 'down' | 'silent' | 'portal' = 'up';
  readonly asked: string[] = [];

  constructor(readonly base: string) {}

  readonly fetch = (address: string | URL, { signal }: RequestInit = {}): Promise<Response> => {
    const path = String(address).slice(this.base.length);
    this.asked.push(path);
    if (this.state === 'down') return Promise.reject(new TypeError('Failed to fetch'));
    if (this.state === 'portal') return Promise.resolve(new Response('<html>Log in</html>'));
    if (this.state === 'silent')
      return new Promise((_, reject) => {
        const fail = (): void => reject(signal?.reason as Error);
        if (signal?.aborted === true) fail();
        else signal?.addEventListener('abort', fail);
      });
    return this.#file(path);
  };

  async #file(path: string): Promise<Response> {
    const [, id, file] = /^models\/([\w-]+)\/(.*)$/.exec(path) ?? [];
    if (id === undefined || !isModelId(id) || file === undefined) return new Response(null, { status: 404 });
    const manifest = await manifestOf(id, this.release);
    if (file === 'manifest.json') return Response.json(manifest);
    const there = filesOf(manifest).some((entry) => entry.file === file);
    return there ? new Response(contentOf(id, file, this.release)) : new Response(null, { status: 404 });
  }
}

/** The part of the browser's cache storage that the models use. */
export class FakeCaches {
  readonly #caches = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();

  /** What is found among a cache's entries; a test may put a fault in its place. */
  match = (entries: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, url: string): Promise<Response | undefined> =>
    Promise.resolve(entries.has(url) ? new Response(entries.get(url)) : undefined);

  open = (name: string): Promise<unknown> => {
    const entries = this.#caches.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    this.#caches.set(name, entries);
    return Promise.resolve({
      match: (url: string) => this.match(entries, url),
      put: async (url: string, response: Response) =>
        void entries.set(url, new Uint8Array(await response.arrayBuffer())),
      delete: async (url: string) => entries.delete(url),
      keys: async () => [...entries.keys()].map((url) => ({ url })),
    });
  };
}
