import { cutShort, fileChanged } from './errors.ts';

/** A run of bytes that is read on demand, by byte range relative to its own start. */
export interface ByteRange {
  readonly size: number;
  /** @throws LimpidError `bad-checkpoint` when the range is not inside or the file cannot be read. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file on disk: each read takes only its own range into memory. */
export class FileBytes implements ByteRange {
  readonly size: number;

  constructor(readonly blob: Blob) {
    this.size = blob.size;
  }

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!isRange(start, end, this.size)) throw cutShort(`bytes ${start} to ${end} of ${this.size}`);
    let buffer: ArrayBuffer;
    try {
      buffer = await this.blob.slice(start, end).arrayBuffer();
    } catch (error) {
      throw fileChanged(String(error));
    }
    if (buffer.byteLength !== end - start) throw cutShort(`${buffer.byteLength} of ${end - start} bytes at ${start}`);
    return new Uint8Array(buffer);
  }
}

/** Part of another range, e.g. one storage of a checkpoint. */
export class SubRange implements ByteRange {
  constructor(
    private readonly whole: ByteRange,
    readonly start: number,
    readonly size: number,
  ) {
    if (!isRange(start, start + size, whole.size)) throw cutShort(`${size} bytes at ${start} of ${whole.size}`);
  }

  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!isRange(start, end, this.size)) return Promise.reject(cutShort(`bytes ${start} to ${end} of ${this.size}`));
    return this.whole.read(this.start + start, this.start + end);
  }
}

function isRange(start: number, end: number, size: number): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end <= size;
}
