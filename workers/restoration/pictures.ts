import type { PictureId, PictureInfo } from '../../contract/picture.ts';
import { LimpidError } from '../../contract/result.ts';
import type { RunReport } from '../../contract/run.ts';
import type { DecodedPicture } from '../picture/decode.ts';
import type { PixelStore } from '../picture/store.ts';
import { PictureView } from '../picture/view.ts';
import { checkOpening, heldByPicture, heldByResult, type PixelShape } from './memory.ts';

export interface RestoredPicture {
  readonly store: PixelStore;
  readonly report: RunReport;
}

/** A picture on the page: its input, the last finished result, and one that is being made. */
export class OpenPicture {
  readonly view: PictureView;
  result: RestoredPicture | null = null;
  pending: PixelStore | null = null;
  /** Bytes that the run at work takes beside its pixels; 0 without one. */
  working = 0;

  constructor(
    readonly info: PictureInfo,
    readonly decoded: DecodedPicture,
  ) {
    this.view = new PictureView(decoded.pixels);
  }

  /** A run begins: its tiles are shown from now on. */
  begin(store: PixelStore, working: number): void {
    this.pending = store;
    this.working = working;
    this.view.setResult(store);
  }

  finish(report: RunReport): void {
    if (!this.pending) return;
    this.result = { store: this.pending, report };
    this.pending = null;
    this.working = 0;
  }

  /** Cancelled or failed: what was there before is shown again. */
  abandon(): void {
    this.pending = null;
    this.working = 0;
    this.view.setResult(this.result?.store ?? null);
  }
}

export class Pictures {
  readonly #open = new Map<PictureId, OpenPicture>();
  /** Bytes of pictures that are being decoded. */
  readonly #reserved = new Map<PictureId, number>();

  get(id: PictureId): OpenPicture {
    const picture = this.#open.get(id);
    if (!picture) throw new LimpidError('bad-request', 'This picture is not open any more.');
    return picture;
  }

  add(id: PictureId, decoded: DecodedPicture): PictureInfo {
    const info = { ...decoded.info, id };
    this.#open.set(id, new OpenPicture(info, decoded));
    return info;
  }

  /** Keeps room for a picture that is about to be decoded. Throws HeaderError `too-much-memory` when there is none. */
  reserve(id: PictureId, shape: PixelShape, limit: number): void {
    // Of a run's own memory only here: another run begins when this one has ended.
    const running = Array.from(this.#open.values()).reduce((sum, { working }) => sum + working, 0);
    checkOpening(this.heldBeside(id), running, shape, limit);
    this.#reserved.set(id, heldByPicture(shape));
  }

  /** The decoding has ended, well or not. */
  release(id: PictureId): void {
    this.#reserved.delete(id);
  }

  /** Bytes of all pixels and the viewer's reductions of them, beside the input of `id` and what a run makes of it. */
  heldBeside(id: PictureId): number {
    let bytes = 0;
    for (const reserved of this.#reserved.values()) bytes += reserved;
    for (const [other, { decoded, result, pending }] of this.#open) {
      if (other !== id) bytes += heldByPicture(decoded.pixels) + (pending ? heldByResult(pending) : 0);
      bytes += result ? heldByResult(result.store) : 0;
    }
    return bytes;
  }

  remove(id: PictureId): void {
    this.#open.delete(id);
  }
}
