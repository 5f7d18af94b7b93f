import type * as OrtModule from 'onnxruntime-web';
import type { Manifest } from '../contract/manifest.ts';
import type { LiifAxis, LiifGrid } from '../contract/inference-api.ts';
import { manifestOn } from '../contract/run-manifest.ts';
import { loadRuntime, wasmThreads, type Ort } from '../workers/inference/runtime.ts';

/**
 * Measurements that need onnxruntime-web itself, run in a module worker by bench/run.ts with the same build and threads as
 * the application. Times are medians in seconds after one warm-up; alternatives are timed in turn, so that a busy machine
 * slows both.
 */
type Session = OrtModule.InferenceSession;
type Feeds = Record<string, OrtModule.Tensor>;

export interface Peak {
  readonly gflops: number;
  readonly threads: number;
  readonly how: string;
}

export interface Comparison {
  readonly encoder: { readonly ours: number; readonly written: number };
  readonly decoder: { readonly ours: number; readonly written: number };
  /** Largest and median difference of the two pictures, 0..1. */
  readonly largest: number;
  readonly median: number;
}

const backend = (): 'wasm-threads' | 'wasm' => (wasmThreads() > 1 ? 'wasm-threads' : 'wasm');

async function open(ort: Ort, graph: string, weights?: { path: string; url: string }): Promise<Session> {
  const bytes = async (url: string): Promise<Uint8Array> => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${String(response.status)}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  return ort.InferenceSession.create(await bytes(graph), {
    executionProviders: ['wasm'],
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(weights ? { externalData: [{ path: weights.path, data: await bytes(weights.url) }] } : {}),
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Median seconds of each task, timed in turn. */
async function inTurn(tasks: readonly (() => Promise<unknown>)[], repeat: number): Promise<number[]> {
  const times = tasks.map((): number[] => []);
  for (let round = 0; round <= repeat; round += 1) {
    for (const [i, task] of tasks.entries()) {
      const start = performance.now();
      await task();
      if (round > 0) times[i]?.push((performance.now() - start) / 1000);
    }
  }
  return times.map(median);
}

/** What this runtime reaches at best here: one 3x3 convolution, 256 to 256 channels on 64x64, nothing else around it. */
export async function measurePeak(repeat: number): Promise<Peak> {
  const ort = await loadRuntime(backend());
  const session = await open(ort, '/bench/cache/conv.onnx');
  const x = new ort.Tensor('float32', noise(256 * 64 * 64), [1, 256, 64, 64]);
  let seconds = Infinity;
  for (let round = 0; round <= repeat; round += 1) {
    const start = performance.now();
    await session.run({ x });
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  const flop = 2 * 256 * 256 * 9 * 64 * 64;
  await session.release();
  return {
    gflops: flop / seconds / 1e9,
    threads: backend() === 'wasm' ? 1 : wasmThreads(),
    how: 'the fastest 3x3 convolution, 256 to 256 channels, 64x64',
  };
}

/** LIIF-EDSR from 128x128 to 256x256: our graphs against the formulation as the authors wrote it, same weights. */
export async function compareLiif(
  manifest: Manifest,
  grid: LiifGrid,
  side: number,
  repeat: number,
): Promise<Comparison> {
  const ort = await loadRuntime(backend());
  const folder = `/models/${manifest.id}/`;
  const weights = { path: manifest.weights.file, url: folder + manifest.weights.file };
  const ours = {
    encoder: await open(ort, folder + fileOf(manifestOn('wasm', manifest), 'encoder'), weights),
    decoder: await open(ort, `${folder}decoder.onnx`, weights),
  };
  const written = {
    encoder: await open(ort, '/bench/cache/encoder.onnx'),
    decoder: await open(ort, '/bench/cache/decoder.onnx'),
  };
  const image = new ort.Tensor('float32', noise(3 * side * side), [1, 3, side, side]);
  const latent = need(await ours.encoder.run({ image }), 'latent');
  const features = need(await written.encoder.run({ image }), 'features');
  const asked: Feeds = {
    latent,
    ...axis(ort, 'row', grid.rows),
    ...axis(ort, 'column', grid.columns),
    cell: new ort.Tensor('float32', Float32Array.from(grid.cell), [2]),
  };
  const scattered: Feeds = { features, ...queries(ort, grid.rows.length, grid.columns.length) };
  const [encoderOurs = 0, encoderWritten = 0, decoderOurs = 0, decoderWritten = 0] = await inTurn(
    [
      () => ours.encoder.run({ image }),
      () => written.encoder.run({ image }),
      () => ours.decoder.run(asked),
      () => written.decoder.run(scattered),
    ],
    repeat,
  );
  const differences = compare(
    need(await ours.decoder.run(asked), 'colours').data as Float32Array,
    need(await written.decoder.run(scattered), 'colours').data as Float32Array,
  );
  return {
    encoder: { ours: encoderOurs, written: encoderWritten },
    decoder: { ours: decoderOurs, written: decoderWritten },
    ...differences,
  };
}

/** A model's first graph in the form that a GPU runs and in WASM's own, on one window: seconds, and how far apart they are. */
export interface Forms {
  readonly plain: number;
  readonly own: number;
  readonly largest: number;
}

/** Times both forms of a model's first graph in turn on a square window of `side` pixels, a multiple of 16. */
export async function compareForms(manifest: Manifest, side: number, repeat: number): Promise<Forms> {
  const ort = await loadRuntime(backend());
  const folder = `/models/${manifest.id}/`;
  const weights = { path: manifest.weights.file, url: folder + manifest.weights.file };
  const key = manifest.pipeline === 'liif' ? 'encoder' : 'network';
  const plain = await open(ort, folder + fileOf(manifest, key), weights);
  const own = await open(ort, folder + fileOf(manifestOn('wasm', manifest), key), weights);
  const square = (length: number): OrtModule.Tensor =>
    new ort.Tensor('float32', noise(3 * length * length), [1, 3, length, length]);
  const feeds: Feeds = { image: square(side), ...(manifest.halfSizeInput === true ? { half: square(side / 2) } : {}) };
  const [plainSeconds = 0, ownSeconds = 0] = await inTurn([() => plain.run(feeds), () => own.run(feeds)], repeat);
  const name = manifest.pipeline === 'liif' ? 'latent' : 'restored';
  // One after the other: sessions share one heap, and a result may be a view of it.
  const plainAnswer = Float32Array.from(need(await plain.run(feeds), name).data as Float32Array);
  const ownAnswer = Float32Array.from(need(await own.run(feeds), name).data as Float32Array);
  const largest = plainAnswer.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (ownAnswer[i] ?? Infinity))),
    0,
  );
  return { plain: plainSeconds, own: ownSeconds, largest };
}

function fileOf({ graphs, name }: Manifest, key: string): string {
  const file = graphs[key]?.file;
  if (file === undefined) throw new Error(`${name} has no graph "${key}".`);
  return file;
}

function need(outputs: OrtModule.InferenceSession.OnnxValueMapType, name: string): OrtModule.Tensor {
  const tensor = outputs[name];
  if (!tensor) throw new Error(`The graph has no output ${name}.`);
  return tensor;
}

function axis(ort: Ort, name: string, { shifts, length, index, offset, opposite }: LiifAxis): Feeds {
  return {
    [`${name}_index`]: new ort.Tensor('int32', index, [shifts, length]),
    [`${name}_offset`]: new ort.Tensor('float32', offset, [shifts, length]),
    [`${name}_opposite`]: new ort.Tensor('float32', opposite, [shifts, length]),
  };
}

/** Coordinates and cells per output pixel, as the authors' decoder takes them. */
function queries(ort: Ort, height: number, width: number): Feeds {
  const coord = new Float32Array(height * width * 2);
  const cell = new Float32Array(height * width * 2);
  for (let i = 0; i < height * width; i += 1) {
    coord[i * 2] = (2 * Math.floor(i / width) + 1) / height - 1;
    coord[i * 2 + 1] = (2 * (i % width) + 1) / width - 1;
    cell[i * 2] = 2 / height;
    cell[i * 2 + 1] = 2 / width;
  }
  const shape = [1, height * width, 2];
  return { coord: new ort.Tensor('float32', coord, shape), cell: new ort.Tensor('float32', cell, shape) };
}

/** Ours is planar in 0..1, theirs interleaved in -1..1. */
function compare(planar: Float32Array, interleaved: Float32Array): { largest: number; median: number } {
  const count = planar.length / 3;
  const differences = Float64Array.from(planar, (value, i) =>
    Math.abs(value - ((interleaved[(i % count) * 3 + Math.floor(i / count)] ?? Number.NaN) * 0.5 + 0.5)),
  ).toSorted();
  return { largest: differences.at(-1) ?? Number.NaN, median: differences[differences.length >> 1] ?? Number.NaN };
}

/** Seeded, so that every run computes the same numbers. */
function noise(length: number): Float32Array {
  let seed = 1;
  return Float32Array.from({ length }, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  });
}
