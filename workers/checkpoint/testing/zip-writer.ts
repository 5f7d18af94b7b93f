import { deflateSync } from 'fflate';

/** Writes zip files for tests, with ZIP64 fields and with lies where a test asks for them. */
export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflate?: boolean;
  /** Unpacked size to declare instead of the true one. */
  readonly declaredSize?: number;
  /** CRC-32 to declare instead of the true one. */
  readonly declaredCrc?: number;
  /** Compression method to declare instead of the true one. */
  readonly declaredMethod?: number;
  readonly flags?: number;
}

export interface ZipOptions {
  /** Sizes, offsets and counts in ZIP64 fields, as archives over 4 GB have them. */
  readonly zip64?: boolean;
  readonly comment?: string;
}

const MASK = 0xffffffff;

export function writeZip(
  files: readonly ZipFile[],
  { zip64 = false, comment = '' }: ZipOptions = {},
): Uint8Array<ArrayBuffer> {
  const body = new Bytes();
  const central = new Bytes();
  for (const file of files) {
    const name = new TextEncoder().encode(file.name);
    const data = file.deflate === true ? deflateSync(file.bytes) : file.bytes;
    const size = file.declaredSize ?? file.bytes.length;
    const method = file.declaredMethod ?? (file.deflate === true ? 8 : 0);
    const crc = file.declaredCrc ?? crc32(file.bytes);
    const header = body.length;
    // Like torch, the local extra field pads the data to 64 bytes; it differs from the central one.
    const padding = 64 - ((header + 30 + name.length + 4) % 64);
    body
      .u32(0x04034b50)
      .u16(20)
      .u16(file.flags ?? 0)
      .u16(method)
      .u32(0)
      .u32(crc)
      .u32(data.length)
      .u32(size & MASK);
    body
      .u16(name.length)
      .u16(padding + 4)
      .raw(name)
      .u16(0x4246)
      .u16(padding)
      .raw(new Uint8Array(padding))
      .raw(data);
    const wide = zip64 ? MASK : null;
    central
      .u32(0x02014b50)
      .u16(45)
      .u16(45)
      .u16(file.flags ?? 0)
      .u16(method)
      .u32(0)
      .u32(crc);
    central
      .u32(wide ?? data.length)
      .u32(wide ?? size)
      .u16(name.length)
      .u16(zip64 ? 28 : 0)
      .u16(0)
      .u16(0)
      .u16(0)
      .u32(0);
    central.u32(wide ?? header).raw(name);
    if (zip64) central.u16(1).u16(24).u64(size).u64(data.length).u64(header);
  }
  const offset = body.length;
  body.raw(central.bytes());
  const end = body.length;
  if (zip64) {
    body
      .u32(0x06064b50)
      .u64(44)
      .u16(45)
      .u16(45)
      .u32(0)
      .u32(0)
      .u64(files.length)
      .u64(files.length)
      .u64(central.length)
      .u64(offset);
    body.u32(0x07064b50).u32(0).u64(end).u32(1);
  }
  const count = zip64 ? 0xffff : files.length;
  const tail = new TextEncoder().encode(comment);
  body.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count);
  body
    .u32(zip64 ? MASK : central.length)
    .u32(zip64 ? MASK : offset)
    .u16(tail.length)
    .raw(tail);
  return body.bytes();
}

/** A growing byte array, little-endian. */
export class Bytes {
  private readonly parts: Uint8Array[] = [];
  length = 0;

  raw(bytes: Uint8Array): this {
    this.parts.push(bytes);
    this.length += bytes.length;
    return this;
  }

  u16(value: number): this {
    return this.raw(Uint8Array.of(value & 255, (value >>> 8) & 255));
  }

  u32(value: number): this {
    return this.u16(value & 0xffff).u16(value >>> 16);
  }

  u64(value: number): this {
    return this.u32(value >>> 0).u32(Math.floor(value / 2 ** 32));
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** Bit by bit, so that it shares nothing with the table-driven one under test. */
function crc32(bytes: Uint8Array): number {
  let crc = MASK;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ MASK) >>> 0;
}
