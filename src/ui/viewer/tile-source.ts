import type { PictureId, Size } from '../../../contract/picture.ts';
import type { Result } from '../../../contract/result.ts';
import type { Layer, ViewTileRequest } from '../../../contract/worker-api.ts';
import type { TileAddress } from './geometry.ts';
import { TileCache } from './tile-cache.ts';

/** One layer of one picture at one size; `run` sets an older result of the same size apart. */
export interface LayerSource {
  readonly picture: PictureId;
  readonly layer: Layer;
  readonly size: Size;
  readonly run: number;
}

export interface Wanted {
  readonly source: LayerSource;
  readonly tile: TileAddress;
  /** The tile must hold everything that had arrived up to here. */
  readonly stamp: number;
}

const IN_FLIGHT = 4;
const CAPACITY = 96;
/** A tile that failed is asked for again after this pause, as long as it is still in view. */
const RETRY_MS = 1500;

const prefix = (source: LayerSource): string =>
  `${source.picture}/${source.layer}/${source.run}/${source.size.width}x${source.size.height}`;

const keyOf = (source: LayerSource, tile: TileAddress): string =>
  `${prefix(source)}/${tile.level}/${tile.column}/${tile.row}`;

/**
 * Tiles of the worker as bitmaps: a cache, and a short queue that is replaced with every frame, so that tiles which
 * left the screen before their turn are never asked for.
 */
export class TileSource {
  readonly #cache = new TileCache<ImageBitmap>(CAPACITY);
  readonly #pending = new Map<string, number>();
  readonly #failedAt = new Map<string, number>();
  #queue: readonly Wanted[] = [];

  constructor(
    private readonly ask: (request: ViewTileRequest) => Promise<Result<ImageBitmap>>,
    private readonly arrived: () => void,
  ) {}

  get(source: LayerSource, tile: TileAddress): { value: ImageBitmap; stamp: number } | undefined {
    return this.#cache.get(keyOf(source, tile));
  }

  /** True when every wanted tile is on hand. */
  want(queue: readonly Wanted[]): boolean {
    this.#cache.reserve(queue.length * 2);
    this.#queue = queue.filter((wanted) => {
      const stamp = this.#cache.get(keyOf(wanted.source, wanted.tile))?.stamp;
      return stamp === undefined || stamp < wanted.stamp;
    });
    this.#next();
    return this.#queue.length === 0;
  }

  forget(picture: PictureId): void {
    this.#cache.drop((key) => key.startsWith(`${picture}/`));
  }

  #next(): void {
    const now = performance.now();
    for (const wanted of this.#queue) {
      if (this.#pending.size >= IN_FLIGHT) return;
      const key = keyOf(wanted.source, wanted.tile);
      if (this.#pending.has(key) || now - (this.#failedAt.get(key) ?? -RETRY_MS) < RETRY_MS) continue;
      void this.#fetch(key, wanted);
    }
  }

  async #fetch(key: string, { source, tile, stamp }: Wanted): Promise<void> {
    this.#pending.set(key, stamp);
    const { picture, layer, size } = source;
    const result = await this.ask({ picture, layer, ...tile, ...size });
    this.#pending.delete(key);
    if (result.ok) {
      this.#failedAt.delete(key);
      this.#cache.put(key, result.value, stamp);
    } else {
      this.#failedAt.set(key, performance.now());
      setTimeout(this.arrived, RETRY_MS);
    }
    // The next frame replaces the queue and asks for what is missing then.
    this.arrived();
  }
}
