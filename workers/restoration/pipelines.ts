import type { Planar } from '../../contract/inference-api.ts';
import type { Manifest } from '../../contract/manifest.ts';
import type { Rect, Size } from '../../contract/picture.ts';
import type { Step } from '../../contract/run.ts';
import { cutPlanar } from '../picture/planar.ts';
import { halfSizeAlignCorners } from '../picture/resample.ts';
import { DECODER_PART } from './budget.ts';
import { boundAlpha } from './alpha-bounds.ts';
import type { InferenceHost } from './inference-host.ts';
import { liifGrid, outputRect } from './liif-grid.ts';
import type { Sink, Source } from './source.ts';
import type { Tile } from './tiles.ts';

/** A finished part of the step's output, in output pixels, and the arithmetic that it took. */
export type OnPart = (rect: Rect, macs: number) => void;

/** One step over one picture: how much arithmetic a tile takes, in how many parts it arrives, and how to compute it. */
export interface PipelineRun {
  parts(tile: Tile): number;
  macs(tile: Tile): number;
  /** Memory that a tile takes, in the measure of Budget.bytes. */
  bytes(tile: Tile): number;
  compute(host: InferenceHost, tile: Tile, signal: AbortSignal, onPart: OnPart): Promise<void>;
}

interface Context {
  readonly manifest: Manifest;
  readonly step: Step;
  readonly source: Source;
  readonly sink: Sink;
  readonly output: Size;
  /** The picture grown to the model's multiple; tiles cover it. */
  readonly frame: Size;
  /** Output pixels per decoder call, asked for anew since a failed allocation lowers it. */
  readonly decoderPixels: () => number;
}

const area = (rect: Size): number => rect.width * rect.height;

/** Rows of an output rectangle, cut so that one decoder call stays inside the budget. */
function bands(region: Rect, pixels: number): Rect[] {
  if (region.width === 0 || region.height === 0) return [];
  const rows = Math.max(1, Math.floor(pixels / region.width));
  const count = Math.ceil(region.height / rows);
  const even = Math.ceil(region.height / count);
  return Array.from({ length: count }, (_, i) => ({
    ...region,
    y: region.y + i * even,
    height: Math.min(even, region.height - i * even),
  })).filter((band) => band.height > 0);
}

/** Mean of three planes: alpha that went through a colour network. Clamped to 0..1. */
function meanPlane(picture: Planar): Float32Array {
  const plane = picture.width * picture.height;
  const { data } = picture;
  return Float32Array.from({ length: plane }, (_, i) => {
    const mean = ((data[i] ?? 0) + (data[i + plane] ?? 0) + (data[i + 2 * plane] ?? 0)) / 3;
    return Math.min(1, Math.max(0, mean));
  });
}

/**
 * LIIF: the encoder once per tile, then bands of output rows from the decoder. Where alpha has an edge it goes through the
 * same network as a grey picture, so that a logo's outline becomes as crisp as its inside.
 */
export function liifRun({ manifest, step, source, sink, output, decoderPixels }: Context): PipelineRun {
  const share = step.quality === 'best' ? 1 : 0.25;
  const { macPerInputPixel, macPerOutputPixel } = manifest.compute;
  const regionOf = (tile: Tile): Rect => outputRect(tile.core, source.size, output);
  const cost = (tile: Tile): number =>
    area(tile.window) * macPerInputPixel + area(regionOf(tile)) * macPerOutputPixel * share;
  return {
    parts: (tile) => bands(regionOf(tile), decoderPixels()).length,
    macs: (tile) => cost(tile) * (source.alpha(tile.window).planes ? 2 : 1),
    bytes: (tile) => {
      const queried = Math.min(decoderPixels(), area(regionOf(tile)));
      const decoding = queried * manifest.compute.bytesPerOutputPixel * share * DECODER_PART;
      return Math.max(area(tile.window) * manifest.compute.bytesPerInputPixel, decoding);
    },
    async compute(host, tile, signal, onPart) {
      const pieces = bands(regionOf(tile), decoderPixels());
      const alpha = source.alpha(tile.window);
      const passes = alpha.planes ? 2 : 1;
      const decode = async (window: Planar, use: (band: Rect, colours: Planar) => void): Promise<void> => {
        await host.liifEncode(window, signal);
        for (const band of pieces) {
          signal.throwIfAborted();
          use(band, await host.liifDecode(liifGrid(source.size, output, tile.window, band, step.quality), signal));
        }
      };
      const masks = new Map<number, Float32Array>();
      if (alpha.planes) {
        // The planes themselves move to the inference worker.
        const known = { ...alpha.planes, data: alpha.planes.data.slice() };
        await decode(alpha.planes, (band, planes) =>
          masks.set(band.y, boundAlpha(meanPlane(planes), band, known, tile.window, source.size, output)),
        );
      }
      await decode(source.colour(tile.window), (band, colours) => {
        sink.write(band, colours, masks.get(band.y) ?? alpha.constant);
        onPart(band, (passes * cost(tile)) / pieces.length);
      });
    },
  };
}

/** Image to image: same size in and out, alpha copied. A half-size input is made once for the whole photo. */
export function imageToImageRun({ manifest, source, sink, frame }: Context): PipelineRun {
  const cost = (tile: Tile): number => area(tile.window) * manifest.compute.macPerInputPixel;
  let half: Planar | null = null;
  return {
    parts: () => 1,
    macs: cost,
    bytes: (tile) => area(tile.window) * manifest.compute.bytesPerInputPixel,
    async compute(host, tile, signal, onPart) {
      const { window, core } = tile;
      if (manifest.halfSizeInput === true) {
        half ??= halfSizeAlignCorners(source.colour({ x: 0, y: 0, ...frame }));
      }
      const wanted = { x: window.x / 2, y: window.y / 2, width: window.width / 2, height: window.height / 2 };
      const cut = half && cutPlanar(half, wanted);
      const own = cut === half && cut ? { ...cut, data: cut.data.slice() } : cut;
      const restored = await host.imageToImage(source.colour(window), own, signal);
      const at = {
        x: core.x,
        y: core.y,
        width: Math.min(core.width, source.size.width - core.x),
        height: Math.min(core.height, source.size.height - core.y),
      };
      if (at.width > 0 && at.height > 0) {
        const colour = cutPlanar(restored, { ...at, x: at.x - window.x, y: at.y - window.y });
        const alpha = source.alpha(at);
        sink.write(at, colour, alpha.planes ? alpha.planes.data : alpha.constant);
        onPart(at, cost(tile));
      }
    },
  };
}
