import type { Manifest } from './manifest.ts';
import type { Result } from './result.ts';
import type { BackendName } from './run.ts';

/**
 * The inference worker is a child of the restoration worker: it owns onnxruntime and nothing else, so that a WASM abort,
 * a lost device or a hang ends with it and no pixel is lost; ending it is also the only way to give a WASM heap back.
 */
export interface InferenceApi {
  /** Loads a model on one execution provider and proves it on its golden picture. */
  load(model: LoadableModel, backend: BackendName): Promise<Result<LoadedModel>>;
  /** (3,h,w) in [0,1], planar; sides already multiples of the manifest's `multiple`. `half` for networks that need it. */
  imageToImage(window: Planar, half: Planar | null): Promise<Result<Planar>>;
  /** LIIF encoder on a window; its latent stays in the worker (on the GPU with WebGPU) for the queries that follow. */
  liifEncode(window: Planar): Promise<Result<null>>;
  /** LIIF decoder on a band of output pixels over the window encoded last. */
  liifDecode(grid: LiifGrid): Promise<Result<Planar>>;
}

/** Float32 planes (channels, height, width); the buffer is transferred. */
export interface Planar {
  readonly data: Float32Array;
  readonly channels: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A regular grid of output pixels over a window, separable in rows and columns. Per axis: `shifts` (1 or 2) candidate
 * cells a pixel; index, signed offset from the cell's centre in half-cells (LIIF's `rel_coord * size`), and the absolute
 * offset of the opposite candidate (the area factor of Eq. 4). Arrays are (shifts, length), row-major.
 */
export interface LiifAxis {
  readonly shifts: 1 | 2;
  readonly length: number;
  readonly index: Int32Array;
  readonly offset: Float32Array;
  readonly opposite: Float32Array;
}

/** Queries of one decoder call: every row with every column. */
export interface LiifGrid {
  readonly rows: LiifAxis;
  readonly columns: LiifAxis;
  /** (cell height, cell width) times the feature map's (height, width): 2 * h / H, 2 * w / W of the whole picture. */
  readonly cell: readonly [number, number];
}

export interface LoadableModel {
  readonly manifest: Manifest;
  /** The files of all graphs, by name: which of them run depends on the backend. */
  readonly graphs: Readonly<Record<string, Uint8Array>>;
  readonly weights: Uint8Array;
  /** `output` null for imported weights: then only finite values in range are asked for, and `answer` is what WASM said. */
  readonly golden: { readonly input: Planar; readonly output: Planar | null };
}

export interface LoadedModel {
  readonly backend: BackendName;
  readonly device: string;
  /** Largest absolute difference from the golden answer; for imported weights from WASM's answer, or 0 with finite values. */
  readonly proof: number;
  /** This backend's own answer to the golden picture. */
  readonly answer: Planar;
  readonly seconds: number;
}
