import { crc32 } from '../../crc32.ts';
import { SubRange, type ByteRange, type FileBytes } from '../bytes.ts';
import { badCheckpoint, cutShort } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { ZipEntry } from './directory.ts';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;

/** Opens the entries of one zip file and keeps count of what was unpacked. */
export class ZipReader {
  private inflated = 0;
  /** The last unpacked entry: tensors that share a storage are read one after another. */
  private last: { readonly entry: ZipEntry; readonly bytes: Uint8Array<ArrayBuffer> } | null = null;

  constructor(private readonly file: FileBytes) {}

  /** An entry's bytes, on demand: a stored entry is read in place, a deflated one is unpacked at its first read. */
  open(entry: ZipEntry): ByteRange {
    return {
      size: entry.size,
      read: async (start, end) => {
        if (entry.method === 'deflated') return this.slice(await this.inflate(entry), start, end);
        const bytes = await (await this.data(entry)).read(start, end);
        if (start === 0 && end === entry.size) checkCrc(entry, bytes);
        return bytes;
      },
    };
  }

  private slice(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): Uint8Array<ArrayBuffer> {
    if (!(start >= 0 && start <= end && end <= bytes.length))
      throw cutShort(`bytes ${start} to ${end} of ${bytes.length}`);
    return bytes.slice(start, end);
  }

  /** The packed bytes; their place is known only from the local header, whose extra field may have its own length. */
  private async data(entry: ZipEntry): Promise<SubRange> {
    const header = await this.file.read(entry.header, entry.header + LOCAL_BYTES);
    const view = new DataView(header.buffer);
    if (view.getUint32(0, true) !== LOCAL) throw cutShort(`the entry ${entry.name}`);
    const start = entry.header + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    return new SubRange(this.file, start, entry.packed);
  }

  private async inflate(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
    if (this.last?.entry === entry) return this.last.bytes;
    this.last = null;
    this.inflated += entry.size;
    if (entry.size > LIMITS.inflatedEntry || this.inflated > LIMITS.inflatedTotal) {
      throw badCheckpoint('This zip file unpacks to far more than its tensors need, so it is refused.', entry.name);
    }
    const { start } = await this.data(entry);
    const bytes = await inflateRaw(this.file.blob.slice(start, start + entry.packed), entry);
    checkCrc(entry, bytes);
    this.last = { entry, bytes };
    return bytes;
  }
}

/** Unpacks to exactly the declared size and stops as soon as there is more. */
async function inflateRaw(packed: Blob, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(entry.size);
  let filled = 0;
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > out.length) throw cutShort(`${entry.name} unpacks to more than it declares`);
      out.set(value, filled);
      filled += value.length;
    }
  } catch (error) {
    // Cancelling a stream that already failed rejects with the same error again.
    await reader.cancel().catch(() => undefined);
    throw error instanceof Error && error.name === 'LimpidError' ? error : cutShort(`${entry.name}: ${String(error)}`);
  }
  if (filled !== out.length) throw cutShort(`${entry.name} unpacks to ${filled} of ${out.length} bytes`);
  return out;
}

/** PyTorch writes 0 when it was told not to compute checksums (torch.serialization.set_crc32_options). */
function checkCrc(entry: ZipEntry, bytes: Uint8Array): void {
  if (entry.crc32 !== 0 && bytes.length > 0 && crc32(bytes) !== entry.crc32)
    throw badCheckpoint(
      'This checkpoint is damaged: a part of it does not match its checksum; download it again.',
      entry.name,
    );
}
