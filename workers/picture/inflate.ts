import { Unzlib } from 'fflate';

/** Compressed bytes unpacked at a time: Deflate makes at most 1,032 times as much of them, 17 MB. */
const FEED = 1 << 14;

/** Compressed bytes that yield nothing: behind so many the data has ended, as the longest block that comes at once has 64 kB. */
const SILENT = 1 << 18;

/**
 * Unpacks zlib data (RFC 1950) that comes in parts, and no further than it is asked for. By fflate, as DecompressionStream
 * must refuse bytes behind the data and a wrong checksum, and then drops what it has unpacked already; every other decoder of
 * pictures lets both pass. At 48 megapixels it takes a third longer. Throws for broken data and for what is cut off.
 */
export function* inflate(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  let made = new Uint8Array(0);
  const unzlib = new Unzlib((data) => (made = data));
  let silent = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += FEED) {
      const feed = part.subarray(at, at + FEED);
      unzlib.push(feed);
      silent = made.length > 0 ? 0 : silent + feed.length;
      if (silent > SILENT) return;
      if (made.length > 0) yield made;
      made = new Uint8Array(0);
    }
  }
  // In the place of a checksum, which fflate cuts off, and one byte more: it throws unless the data has ended.
  unzlib.push(new Uint8Array(5), true);
}
