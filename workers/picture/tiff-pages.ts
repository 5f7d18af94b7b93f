/** A longer chain is not worth following only to say how long it is. */
const MOST_PAGES = 100_000;

/**
 * Directories in a TIFF's or BigTIFF's chain, the first one included; at least 1. Counted here because geotiff follows a
 * damaged chain that leads back into itself for ever. The chain ends where a directory does not lie whole in the file.
 */
export function countPages(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const big = bytes.length >= 4 && view.getUint16(2, little) === 43;
  const { count, entry, link } = big ? { count: 8, entry: 20, link: 8 } : { count: 2, entry: 12, link: 4 };
  /** The whole number of so many bytes; 0, which ends the chain, where the file does not hold it. */
  const number = (at: number, size: number): number => {
    if (at + size > bytes.length) return 0;
    if (size === 2) return view.getUint16(at, little);
    return size === 4 ? view.getUint32(at, little) : Number(view.getBigUint64(at, little));
  };
  const seen = new Set<number>();
  let at = number(big ? 8 : 4, link);
  while (at > 0 && !seen.has(at) && seen.size < MOST_PAGES) {
    const linkAt = at + count + number(at, count) * entry;
    if (linkAt + link > bytes.length) break;
    seen.add(at);
    at = number(linkAt, link);
  }
  return Math.max(1, seen.size);
}
