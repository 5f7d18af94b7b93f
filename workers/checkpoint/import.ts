import type { NetworkId } from '../../contract/manifest.ts';
import type { ImportedWeights } from '../../contract/worker-api.ts';
import { FileBytes } from './bytes.ts';
import { sha256OfFile } from './hash.ts';
import { KNOWN_FILES } from './known-files.ts';
import { openCheckpoint } from './open.ts';
import { checkSharedSlope, recognise } from './recognise.ts';
import { findStateDicts } from './state-dict.ts';
import { targetModel } from './target.ts';
import type { CheckpointTensor } from './tensor.ts';

export { buildWeights } from './build.ts';

/** A checkpoint whose network was recognised. The weights are still in the file. */
export interface Checkpoint {
  readonly name: string;
  readonly network: NetworkId;
  /** By the authors' names; every tensor of the network is there with the right shape, and perhaps unused ones. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** Of the whole file, lowercase hex. */
  readonly sha256: string;
  /** Of the whole file. */
  readonly bytes: number;
}

/**
 * Opens a checkpoint of one of the five networks: PyTorch's zip form, its older form, or safetensors. Nothing in the
 * file is executed, and only names and shapes are read, beside the pass that computes the SHA-256.
 * @throws LimpidError `bad-checkpoint`, `unsafe-checkpoint`, `unknown-network`, `tensor-missing` or `tensor-shape`
 */
export async function readCheckpoint(file: Blob, name: string): Promise<Checkpoint> {
  const bytes = new FileBytes(file);
  const { network, tensors } = recognise(findStateDicts(await openCheckpoint(bytes)));
  if (network === 'mssnet') await checkSharedSlope(tensors);
  return { name, network, tensors, sha256: await sha256OfFile(file), bytes: bytes.size };
}

/** What the page is told about imported weights. The id is stable: the same file for the same model is the same import. */
export function importRecord(checkpoint: Checkpoint, importedAt: Date): ImportedWeights {
  const { name, network, sha256, bytes } = checkpoint;
  const model = targetModel(network, name);
  const owner = KNOWN_FILES.has(sha256) ? 'authors' : 'imported';
  return {
    id: `${model}-${sha256.slice(0, 16)}`,
    name,
    owner,
    sha256,
    model,
    network,
    importedAt: importedAt.toISOString(),
    bytes,
  };
}
