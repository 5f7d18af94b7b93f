import { AUTHORS_WEIGHTS, type AuthorsWeights } from '../../contract/authors-weights.ts';

/** The authors' files that are known byte for byte, by SHA-256. */
export const KNOWN_FILES: ReadonlyMap<string, AuthorsWeights> = new Map(
  AUTHORS_WEIGHTS.flatMap((entry) => (entry.sha256 === undefined ? [] : [[entry.sha256, entry] as const])),
);
