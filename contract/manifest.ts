import type { ModelId, Pipeline, Task } from './models.ts';

/**
 * public/models/<id>/manifest.json: all the worker knows about a model. Written by training/limpid/export, read by the
 * worker, the page (labels, limits) and the checkpoint importer (tensor list).
 */
export interface Manifest {
  readonly schema: 1;
  readonly id: ModelId;
  /** Name in the picker. */
  readonly name: string;
  /** Name used by the five seed questions, e.g. "SISR-Any-LIIF-EDSR". */
  readonly seedName: string;
  readonly task: Task;
  readonly pipeline: Pipeline;
  /** One line on what it is good at, for the picker. */
  readonly summary: string;
  /** Name of the network: a `NetworkId` where the checkpoint recogniser knows it, else any. */
  readonly network: string;
  /**
   * Networks whose checkpoints may be used in this model's place, each with its own graph; `network` comes first. Empty where
   * no checkpoint can be imported, as for a network that the recogniser does not know.
   */
  readonly accepts: readonly NetworkId[];
  readonly parameters: number;
  /** Window sides must be multiples of this; the worker pads by edge replication and crops. */
  readonly multiple: number;
  /**
   * `image-to-image`: the graph has a second input `half`, the window's part of the whole photo at half its size (bilinear,
   * aligned corners), which a tile cannot make for itself. Absent where the graph takes the window alone.
   */
  readonly halfSizeInput?: true;
  /** Context around a tile in input pixels that the worker adds (and discards from the result). */
  readonly halo: number;
  /** Exact reach of one output pixel in input pixels (research/models.json, absolute support). */
  readonly reach: number;
  /** Enlarging models only. */
  readonly scale?: {
    readonly min: number;
    readonly max: number;
    readonly step: number;
    readonly trained: readonly [number, number];
  };
  /** LIIF weights trained to answer from the nearest cell alone: what that costs, as measured. */
  readonly fast?: { readonly costDb: number; readonly measuredOn: string };
  readonly graphs: Readonly<Record<string, ModelFile>>;
  readonly weights: WeightsFile;
  readonly compute: Compute;
  /**
   * What WASM runs in place of the graphs of the same keys, and what that costs: the same network and weights, with fewer
   * multiplications (training/limpid/export/winograd.py).
   */
  readonly wasm?: { readonly graphs: Readonly<Record<string, ModelFile>>; readonly compute: Compute };
  readonly golden: Golden;
  /** Largest tiled-versus-whole difference, 0..1, as measured with this halo. */
  readonly seam: { readonly maxDifference: number; readonly tile: number; readonly measuredOn: string };
  readonly training: TrainingRecord;
  readonly scores: readonly Score[];
}

/** The networks whose checkpoints workers/checkpoint recognises. */
export const NETWORK_IDS = ['liif-edsr', 'liif-rdn', 'mimo-unet', 'mimo-unet-plus', 'mssnet'] as const;
export type NetworkId = (typeof NETWORK_IDS)[number];

export interface ModelFile {
  /** Path inside the model's folder, e.g. "encoder.onnx" or "golden/input.png". */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface WeightsFile extends ModelFile {
  readonly dtype: 'float16';
  readonly tensors: readonly TensorEntry[];
}

/** One initialiser of a graph and where its numbers come from in a checkpoint of the authors' layout. */
export interface TensorEntry {
  /** Initialiser name in the graph(s). */
  readonly name: string;
  readonly shape: readonly number[];
  /** Byte offset in weights.bin (float16, little-endian, row-major). */
  readonly offset: number;
  readonly source: {
    /** Key in the authors' state dict, e.g. "imnet.layers.0.weight". */
    readonly tensor: string;
    /** That tensor's own shape, checked on import. */
    readonly shape: readonly number[];
    /** Half-open range along one axis, taken before the values are reshaped (row-major) to `shape`. */
    readonly slice?: { readonly axis: number; readonly start: number; readonly end: number };
  };
}

/** Multiply-accumulates (Conv, ConvTranspose, MatMul only), for time estimates and for the share of arithmetic peak. */
export interface Compute {
  readonly macPerInputPixel: number;
  /** LIIF, local ensemble; a quarter of it when decoded fast. 0 for image-to-image. */
  readonly macPerOutputPixel: number;
  /** Peak bytes of activations per input (or queried) pixel, for tile planning; measured, rounded up. */
  readonly bytesPerInputPixel: number;
  readonly bytesPerOutputPixel: number;
}

/** A small picture with its known answer: run on every device before its backend is trusted. */
export interface Golden {
  /** 8-bit RGB PNG, 12 to 24 pixels a side. */
  readonly input: ModelFile;
  /** Raw float32 little-endian, planar (3,H,W), made by PyTorch with the shipped (float16) weights. */
  readonly output: ModelFile;
  readonly width: number;
  readonly height: number;
  readonly outputWidth: number;
  readonly outputHeight: number;
  /** Largest difference that a trusted backend may show, 0..1. */
  readonly tolerance: number;
}

export interface TrainingRecord {
  /** One honest sentence: whose weights, on what pictures. */
  readonly summary: string;
  /** What to know before choosing them, if anything: a clause in lower case without a full stop, for the picker. */
  readonly remark?: string;
  /**
   * The smaller model of which these weights are an exact copy (limpid.grow): same picture, more work. The record is then
   * that model's. Absent once the grown network was trained on.
   */
  readonly sameAs?: ModelId;
  /** One full sentence on what all runs together learned from. */
  readonly data: string;
  /** Of all runs. */
  readonly minutes: number;
  /** Of all runs, and of weights that came without a record. */
  readonly iterations: number;
  readonly machine: string;
  readonly date: string;
  /** In their order; absent in manifests of releases before there were any. */
  readonly runs?: readonly TrainingRun[];
}

/** One run of limpid.train, or of the project's first trainer; what nobody wrote down of an early run is left out. */
export interface TrainingRun {
  /** What the network learned from and how its inputs were made, in full sentences. */
  readonly data: string;
  readonly minutes: number;
  readonly iterations: number;
  readonly optimiser?: string;
  /** Peak learning rate. */
  readonly rate?: number;
  /** Crops in a step. */
  readonly batch?: number;
  /** Side of the network's input while training, in pixels. */
  readonly crop?: number;
  /** Drawn pages, and the share of the crops that came from them, 0..1. */
  readonly pages?: { readonly count: number; readonly share: number };
  /** Deblurring: weight of the loss's Fourier part. */
  readonly fourier?: number;
  /** MSSNet: how many of its six U-Nets were trained, the coarsest first. */
  readonly stages?: number;
  /** A model whose pictures were goals beside the sharp ones, their share of the loss, and the minutes of its own training. */
  readonly teacher?: { readonly model: ModelId; readonly share: number; readonly minutes?: number };
  /** How many photographs and illustrations stand under each licence; training/CREDITS.tsv names them. */
  readonly licences?: Readonly<Record<string, number>>;
  readonly machine: string;
  readonly date: string;
  /** limpid.blend: the share of the way from the weights that the run began from to those that it gave, 0..1.5. */
  readonly blended?: number;
}

export interface Score {
  /** E.g. "Set5 x2". */
  readonly set: string;
  /** How it was measured, e.g. "luma PSNR (dB), border of 2 removed; result rounded to 8 bits". */
  readonly metric: string;
  /** What the result is compared with: the true picture, or the input, which tells how little a sharp one is changed. */
  readonly against: 'truth' | 'input';
  readonly value: number;
  readonly baseline: number;
  /** What the baseline is the value of, e.g. "bicubic resizing". */
  readonly baselineName: string;
  /** The command of this repository that printed it. */
  readonly command: string;
  /** Of a small set: each picture, by its name. */
  readonly pictures?: readonly { readonly picture: string; readonly value: number; readonly baseline: number }[];
  /** Of a set compared with the input: the least value. */
  readonly worst?: number;
}
