import type { Manifest, NetworkId, TensorEntry } from '../../contract/manifest.ts';
import { LimpidError } from '../../contract/result.ts';
import { badCheckpoint } from './errors.ts';
import { FLOAT16_MAX, writeFloat16 } from './half.ts';
import { NETWORK_NAMES } from './networks/layout.ts';
import { sameShape, shapeError } from './recognise.ts';
import { elements, type CheckpointTensor } from './tensor.ts';

/** What `buildWeights` needs of a checkpoint. */
export interface WeightsSource {
  readonly network: NetworkId;
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
}

/**
 * weights.bin of a model's graph, made from a checkpoint by the manifest's tensor list: float16, little-endian, zeros
 * between tensors. One tensor at a time is in memory beside the result.
 * @throws LimpidError `tensor-missing`, `tensor-shape`; `bad-checkpoint` for NaN, infinite or too large weights;
 * `unknown-network` when the manifest is another network's; `bad-manifest`
 */
export async function buildWeights(checkpoint: WeightsSource, manifest: Manifest): Promise<Uint8Array<ArrayBuffer>> {
  if (manifest.network !== checkpoint.network) {
    throw new LimpidError(
      'unknown-network',
      `This file holds ${NETWORK_NAMES[checkpoint.network]}, but the graph is that of ${manifest.name}.`,
    );
  }
  const out = new Uint8Array(manifest.weights.bytes);
  // Slices of one tensor are cut from one reading of it.
  for (const [name, entries] of bySource(manifest.weights.tensors)) {
    const tensor = checkpoint.tensors.get(name);
    if (tensor === undefined) {
      throw new LimpidError('tensor-missing', `This file lacks the tensor "${name}", which ${manifest.name} needs.`);
    }
    const wrong = entries.find((entry) => !sameShape(entry.source.shape, tensor.shape));
    if (wrong !== undefined) throw shapeError(manifest.name, name, tensor.shape, wrong.source.shape);
    const values = await tensor.read();
    for (const entry of entries) place(entry, sliced(values, entry), out);
  }
  return out;
}

function bySource(entries: readonly TensorEntry[]): ReadonlyMap<string, readonly TensorEntry[]> {
  const groups = new Map<string, TensorEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.source.tensor);
    if (group === undefined) groups.set(entry.source.tensor, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** The entry's range along one axis, row-major. */
function sliced(values: Float32Array, { name, source }: TensorEntry): Float32Array {
  if (source.slice === undefined) return values;
  const { axis, start, end } = source.slice;
  const side = source.shape[axis] ?? 0;
  if (!(start >= 0 && start <= end && end <= side)) throw badManifest(`${name}: slice ${start} to ${end} of ${side}`);
  const outer = elements(source.shape.slice(0, axis));
  const inner = elements(source.shape.slice(axis + 1));
  const run = (end - start) * inner;
  const out = new Float32Array(outer * run);
  for (let i = 0; i < outer; i++) {
    const from = (i * side + start) * inner;
    out.set(values.subarray(from, from + run), i * run);
  }
  return out;
}

function place(entry: TensorEntry, values: Float32Array, out: Uint8Array<ArrayBuffer>): void {
  const count = elements(entry.shape);
  if (values.length !== count || entry.offset % 2 !== 0 || entry.offset < 0 || entry.offset + 2 * count > out.length) {
    throw badManifest(`${entry.name}: ${values.length} values for ${count} at ${entry.offset} of ${out.length}`);
  }
  // A typed array writes in the machine's byte order, which is little-endian wherever a browser runs.
  const bad = writeFloat16(values, new Uint16Array(out.buffer, entry.offset, count));
  if (bad >= 0) throw unusable(entry.source.tensor, values[bad] ?? Number.NaN);
}

function unusable(tensor: string, value: number): LimpidError {
  if (Number.isFinite(value)) {
    return badCheckpoint(
      `The tensor "${tensor}" of this file holds ${value.toPrecision(4)}, beyond the range of the float16 numbers that the graph uses (±${FLOAT16_MAX}).`,
    );
  }
  const what = Number.isNaN(value) ? 'values that are not numbers (NaN)' : 'infinite values';
  return badCheckpoint(`The tensor "${tensor}" of this file holds ${what}, so these weights cannot give a picture.`);
}

const badManifest = (detail: string): LimpidError =>
  new LimpidError('bad-manifest', "The model's tensor list does not fit its weights: reload the page.", detail);
