import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import { LimpidError } from '../../contract/result.ts';
import type { ImportedWeights } from '../../contract/worker-api.ts';
import { sha256 } from '../models/hash.ts';
import { printable } from './errors.ts';
import type { FileFolder } from './storage/files.ts';
import { openFolder } from './storage/opfs.ts';
import {
  choiceFile,
  decodeRecord,
  encodeRecord,
  isNewer,
  isWeightsId,
  RECORD,
  recordFile,
  weightsFile,
  type StoredRecord,
} from './storage/records.ts';

/** Id of the weights that Limpid ships. */
export const SHIPPED = 'limpid';

/** The store of this origin. Every tab and worker may open one: the files are the only state. */
export const openWeightsStore = async (): Promise<WeightsStore> => new WeightsStore(await openFolder());

/**
 * Imported weights on this device: converted weights beside a JSON record each, and which weights each model uses. A
 * record is written after its weights and removed before them, so that a record that is found has had its weights.
 */
export class WeightsStore {
  constructor(private readonly folder: FileFolder) {}

  /** False where the browser gives no storage: imports are gone when the worker ends. */
  get lasting(): boolean {
    return this.folder.lasting;
  }

  /** The imports that can be used, newest first. */
  async list(): Promise<ImportedWeights[]> {
    const names = await this.folder.names();
    const weights: ImportedWeights[] = [];
    for (const name of names.filter((file) => file.endsWith(RECORD))) {
      const bytes = await this.folder.read(name);
      const record = bytes === null ? null : decodeRecord(bytes);
      if (record !== null && isWhole(record, name, names)) weights.push(record.weights);
    }
    return weights.sort((a, b) => b.importedAt.localeCompare(a.importedAt) || a.id.localeCompare(b.id));
  }

  /**
   * Removes what is of no use any more: records that nothing can be read from, records without their weights, and weights
   * without a record, which an import leaves that ended half way. One sentence for each import that a person will miss.
   */
  async sweep(): Promise<string[]> {
    return this.folder.exclusively(async () => {
      const names = await this.folder.names();
      const missed: string[] = [];
      for (const name of names) {
        const stem = name.slice(0, name.lastIndexOf('.'));
        if (name === recordFile(stem)) missed.push(...(await this.removeIfDamaged(name, names)));
        else if (name === weightsFile(stem) && !names.includes(recordFile(stem))) await this.folder.remove(name);
      }
      return missed;
    });
  }

  private async removeIfDamaged(name: string, names: readonly string[]): Promise<string[]> {
    const bytes = await this.folder.read(name);
    // Another tab may run a newer Limpid, whose records this one cannot judge.
    if (bytes === null || isNewer(bytes)) return [];
    const record = decodeRecord(bytes);
    if (record !== null && isWhole(record, name, names)) return [];
    await this.folder.remove(name);
    await this.folder.remove(weightsFile(name.slice(0, -RECORD.length)));
    const what =
      record === null ? 'Weights that you imported were' : `The stored copy of "${printable(record.weights.name)}" was`;
    return [`${what} damaged and ${record === null ? 'have' : 'has'} been removed: import the file again.`];
  }

  /**
   * The converted weights and their record; null when they are not here any more. `graph` is the manifest whose graph
   * will run them.
   * @throws LimpidError `checksum-mismatch` when the bytes are not the ones that were stored, or are laid out for an
   * older version of the graph
   */
  async get(id: string, graph: Manifest): Promise<{ weights: ImportedWeights; bytes: Uint8Array<ArrayBuffer> } | null> {
    const record = await this.record(id);
    if (record === null) return null;
    const bytes = await this.folder.read(weightsFile(id));
    if (bytes === null) return null;
    const { converted, weights } = record;
    if (bytes.length !== converted.bytes || (await sha256(bytes)) !== converted.sha256) {
      throw new LimpidError('checksum-mismatch', damagedSentence(weights));
    }
    if (converted.layout !== (await layoutOf(graph))) {
      throw new LimpidError(
        'checksum-mismatch',
        `Limpid's graph has changed since "${printable(weights.name)}" was imported: import the file again.`,
      );
    }
    return { weights, bytes };
  }

  /**
   * Keeps weights that `buildWeights` made with this manifest; the same file again replaces its import.
   * @throws LimpidError `storage-full`
   */
  async put(weights: ImportedWeights, bytes: Uint8Array<ArrayBuffer>, graph: Manifest): Promise<void> {
    if (!isWeightsId(weights.id))
      throw new LimpidError('internal', 'Something inside Limpid failed.', `id ${weights.id}`);
    const converted = { bytes: bytes.length, sha256: await sha256(bytes), layout: await layoutOf(graph) };
    await this.folder.exclusively(async () => {
      await this.folder.write(weightsFile(weights.id), bytes);
      try {
        await this.folder.write(recordFile(weights.id), encodeRecord({ schema: 1, weights, converted }));
      } catch (error) {
        // The record of an earlier import of the same file still holds: so do its weights.
        if ((await this.record(weights.id)) === null) await this.folder.remove(weightsFile(weights.id));
        throw error;
      }
    });
  }

  /** Forgets an import; models that used it go back to Limpid's weights. */
  async remove(id: string): Promise<void> {
    if (!isWeightsId(id)) return;
    await this.folder.exclusively(async () => {
      const model = (await this.record(id))?.weights.model;
      if (model !== undefined && (await this.choice(model)) === id) await this.folder.remove(choiceFile(model));
      await this.folder.remove(recordFile(id));
      await this.folder.remove(weightsFile(id));
    });
  }

  /** Which weights a model uses: an import's id, or "limpid", also when the chosen import is gone. */
  async chosen(model: ModelId): Promise<string> {
    const id = await this.choice(model);
    if (id === SHIPPED) return SHIPPED;
    return (await this.usable(id))?.weights.model === model ? id : SHIPPED;
  }

  /** @throws LimpidError `bad-request` when this import is not here or is another model's */
  async choose(model: ModelId, id: string): Promise<void> {
    await this.folder.exclusively(async () => {
      if (id === SHIPPED) return this.folder.remove(choiceFile(model));
      const record = await this.usable(id);
      if (record === null)
        throw new LimpidError('bad-request', 'These weights are no longer on this device: import the file again.');
      if (record.weights.model !== model) {
        throw new LimpidError(
          'bad-request',
          `The file "${printable(record.weights.name)}" holds weights of another model.`,
        );
      }
      return this.folder.write(choiceFile(model), new TextEncoder().encode(id));
    });
  }

  private async choice(model: ModelId): Promise<string> {
    const bytes = await this.folder.read(choiceFile(model));
    const id = bytes === null ? SHIPPED : new TextDecoder().decode(bytes.subarray(0, 200));
    return isWeightsId(id) ? id : SHIPPED;
  }

  /** The record of weights that are here too: damage or a full disk can part the two. */
  private async usable(id: string): Promise<StoredRecord | null> {
    const record = await this.record(id);
    return record !== null && isWhole(record, recordFile(id), await this.folder.names()) ? record : null;
  }

  private async record(id: string): Promise<StoredRecord | null> {
    if (!isWeightsId(id)) return null;
    const bytes = await this.folder.read(recordFile(id));
    const record = bytes === null ? null : decodeRecord(bytes);
    return record?.weights.id === id ? record : null;
  }
}

/** The record stands under its own name, with its weights beside it. */
const isWhole = ({ weights }: StoredRecord, name: string, names: readonly string[]): boolean =>
  recordFile(weights.id) === name && names.includes(weightsFile(weights.id));

const damagedSentence = (weights: ImportedWeights): string =>
  `The stored copy of "${printable(weights.name)}" is damaged: import the file again.`;

/** What the place of each number in weights.bin depends on. */
const layoutOf = (graph: Manifest): Promise<string> =>
  sha256(new TextEncoder().encode(JSON.stringify([graph.network, graph.weights.bytes, graph.weights.tensors])));
