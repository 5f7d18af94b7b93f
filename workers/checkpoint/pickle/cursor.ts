import { badCheckpoint } from '../errors.ts';
import { LIMITS } from '../limits.ts';

/** The bytes ended before the pickle did; the non-zip form then looks at a larger part of the file. */
export class PickleEnd extends Error {
  override readonly name = 'PickleEnd';
}

/** Reads a pickle's operands; every length is checked against the bytes that are there before anything is made of it. */
export class Cursor {
  private readonly view: DataView;
  private readonly utf8 = new TextDecoder();

  constructor(
    private readonly bytes: Uint8Array,
    public position = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private advance(count: number): number {
    const start = this.position;
    if (count > this.bytes.length - start) throw new PickleEnd(`${count} bytes at ${start} of ${this.bytes.length}`);
    this.position = start + count;
    return start;
  }

  uint8 = (): number => this.view.getUint8(this.advance(1));
  uint16 = (): number => this.view.getUint16(this.advance(2), true);
  int32 = (): number => this.view.getInt32(this.advance(4), true);
  uint32 = (): number => this.view.getUint32(this.advance(4), true);
  /** Pickle's BINFLOAT is big-endian. */
  float64 = (): number => this.view.getFloat64(this.advance(8), false);

  length64(): number {
    const value = this.view.getBigUint64(this.advance(8), true);
    if (value > BigInt(LIMITS.headerBytes)) throw badCheckpoint(TOO_LARGE, `a length of ${value}`);
    return Number(value);
  }

  take(count: number): Uint8Array {
    if (count > LIMITS.headerBytes) throw badCheckpoint(TOO_LARGE, `a length of ${count}`);
    const start = this.advance(count);
    return this.bytes.subarray(start, start + count);
  }

  text = (count: number): string => this.utf8.decode(this.take(count));

  line(): string {
    const end = this.bytes.indexOf(10, this.position);
    if (end < 0 && this.bytes.length - this.position <= LIMITS.pickleLine) throw new PickleEnd('an unfinished line');
    if (end < 0 || end - this.position > LIMITS.pickleLine) throw badCheckpoint(TOO_LARGE, 'a line without end');
    const text = this.text(end - this.position);
    this.position = end + 1;
    return text;
  }
}

const TOO_LARGE =
  'This checkpoint declares more data in its header than any of the five networks needs, so it is refused.';
