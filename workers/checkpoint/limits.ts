/**
 * What a checkpoint may ask of this machine. The five networks' files lie far below each limit (largest: rdn-liif.pth,
 * 268 MB, 22 million weights, a pickle of 0.2 MB), so a file that reaches one is broken or hostile.
 */
export const LIMITS = {
  /** Largest file that is looked at. */
  fileBytes: 2 * 2 ** 30,
  /** Largest pickle, zip directory or safetensors header, which must be held in memory whole. */
  headerBytes: 32 * 2 ** 20,
  /** Pickle operations, counting each element that one copies. */
  pickleOperations: 2_000_000,
  /** Longest module, class or number that a pickle spells out in text. */
  pickleLine: 1024,
  zipEntries: 65_536,
  /** Elements from a tensor's first to its last stored value. */
  tensorElements: 16 * 2 ** 20,
  dimensions: 8,
  /** One deflated zip entry, unpacked. */
  inflatedEntry: 128 * 2 ** 20,
  /** All deflated entries of one import together. */
  inflatedTotal: 768 * 2 ** 20,
  /** Levels of dictionaries that are searched for the weights. */
  dictionaryDepth: 4,
  dictionaries: 10_000,
} as const;

/** DEFLATE cannot shrink anything further than this (RFC 1951: 258 bytes from 2 bits). */
export const DEFLATE_MAX_RATIO = 1032;
