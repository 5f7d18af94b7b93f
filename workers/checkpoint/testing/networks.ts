import type { NetworkId } from '../../../contract/manifest.ts';
import { LAYOUTS } from '../networks/layout.ts';
import { expanded, floatStorage, tensor, type TestTensor } from './torch-writer.ts';

/** A network's state dict with the right names and shapes, all numbers one and the same: a few kilobytes as a file. */
export function flatStateDict(network: NetworkId, value = 0.25): Record<string, TestTensor> {
  const storage = floatStorage([value]);
  return Object.fromEntries([...LAYOUTS[network]()].map(([name, shape]) => [name, expanded(shape, storage)]));
}

/** A network's state dict with seeded numbers: of each tensor `span` wide, around 0. */
export function randomStateDict(
  network: NetworkId,
  seed: number,
  span = (_tensor: string): number => 1,
): Record<string, TestTensor> {
  const next = seeded(seed);
  return Object.fromEntries(
    [...LAYOUTS[network]()].map(([name, shape]) => {
      const count = shape.reduce((product, side) => product * side, 1);
      return [
        name,
        tensor(
          shape,
          Float32Array.from({ length: count }, () => (next() - 0.5) * span(name)),
        ),
      ];
    }),
  );
}

/** Marsaglia's xorshift (J. Stat. Software 8:14, 2003), 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
