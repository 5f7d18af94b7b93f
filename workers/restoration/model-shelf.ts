import type { Manifest } from '../../contract/manifest.ts';
import { MODEL_IDS, type ModelId } from '../../contract/models.ts';
import { LimpidError } from '../../contract/result.ts';
import type { ImportedWeights, ModelState, NewImport } from '../../contract/worker-api.ts';
import type { Checkpoint } from '../checkpoint/import.ts';
import { openWeightsStore, SHIPPED, type WeightsStore } from '../checkpoint/store.ts';
import { GRAPH_MODEL } from '../checkpoint/target.ts';
import { lazily } from '../lazily.ts';
import { Catalogue } from '../models/catalogue.ts';
import { HostPool } from './host-pool.ts';
import type { StepModel } from './step-plan.ts';

/** Loaded lazily: few people import a checkpoint, and its readers and hash are a quarter of this worker. */
const importer = lazily('What reads weights files', () => import('../checkpoint/import.ts'));

/** What stands for an answer of storage that gives none: then there are Limpid's own weights, as without any import. */
const unread =
  <T>(instead: T) =>
  (error: unknown): T => {
    console.warn('Imported weights cannot be looked up.', error);
    return instead;
  };

/** Models with the weights chosen for each: the shipped ones, or a file that the person brought. */
export class ModelShelf {
  readonly catalogue: Catalogue;
  #store: Promise<WeightsStore> | null = null;

  constructor(base: string) {
    this.catalogue = new Catalogue(base);
  }

  async states(): Promise<ModelState[]> {
    const manifests = await this.catalogue.manifests();
    const store = await this.#weights();
    // Imports that storage does not give just now are no reason to offer no model.
    const weights = await store.list().catch(unread([]));
    return Promise.all(
      MODEL_IDS.flatMap((id) => manifests.get(id) ?? []).map(async (manifest) => {
        const chosen = await store.chosen(manifest.id).catch(unread(SHIPPED));
        const record = weights.find(({ id }) => id === chosen);
        return {
          manifest,
          download: await (record === undefined
            ? this.catalogue.missingBytes(manifest, 'shipped')
            : this.catalogue.missingBytes(await this.#graphOf(record), 'imported')),
          weights: weights.filter(({ model }) => model === manifest.id),
          chosen,
        };
      }),
    );
  }

  /** A model as the next run will use it. Throws when the chosen import is damaged or gone. */
  async stepModel(id: ModelId): Promise<StepModel> {
    const shown = await this.catalogue.manifest(id);
    const store = await this.#weights();
    const chosen = await store.chosen(id).catch(unread(SHIPPED));
    if (chosen === SHIPPED) {
      return {
        shown,
        manifest: shown,
        weights: { id: SHIPPED, name: 'Limpid’s weights', owner: 'limpid', sha256: shown.weights.sha256 },
        load: (signal, onBytes, onNote) => this.catalogue.load(shown, null, signal, onBytes, onNote),
      };
    }
    const record = (await store.list()).find((weights) => weights.id === chosen);
    if (!record)
      throw new LimpidError('bad-request', 'These weights are no longer on this device: import the file again.');
    const manifest = await this.#graphOf(record);
    return {
      shown,
      manifest,
      weights: { id: record.id, name: record.name, owner: record.owner, sha256: record.sha256 },
      load: async (signal, onBytes, onNote) => {
        const kept = await store.get(chosen, manifest);
        if (!kept)
          throw new LimpidError('bad-request', 'These weights are no longer on this device: import the file again.');
        return this.catalogue.load(manifest, kept.bytes, signal, onBytes, onNote);
      },
    };
  }

  /**
   * Reads a checkpoint, converts it to its graph's layout, runs the golden picture with it on WASM and only then keeps and
   * chooses it: whatever fails, the model goes on with the weights it had.
   */
  async importWeights(file: Blob, name: string): Promise<NewImport> {
    const { readCheckpoint, importRecord } = await importer();
    const checkpoint = await readCheckpoint(file, name);
    const record = importRecord(checkpoint, new Date());
    return this.catalogue.renewing(() => this.#keep(checkpoint, record));
  }

  async #keep(checkpoint: Checkpoint, record: ImportedWeights): Promise<NewImport> {
    const manifest = await this.#graphOf(record);
    const { buildWeights } = await importer();
    const bytes = await buildWeights(checkpoint, manifest);
    const signal = new AbortController().signal;
    const model = await this.catalogue.load(
      manifest,
      bytes,
      signal,
      () => undefined,
      () => undefined,
    );
    await HostPool.answerOnWasm(model, signal);
    const store = await this.#weights();
    await store.put(record, bytes, manifest);
    await store.choose(record.model, record.id);
    return { ...record, lasting: store.lasting };
  }

  async chooseWeights(model: ModelId, id: string): Promise<void> {
    await (await this.#weights()).choose(model, id);
  }

  /** Takes away imports that cannot be used any more; one sentence for each. */
  async sweepWeights(): Promise<string[]> {
    return (await this.#weights()).sweep();
  }

  async removeWeights(id: string): Promise<void> {
    await (await this.#weights()).remove(id);
  }

  /** The manifest whose graph runs these weights: a RealBlur file of the "+" network runs on the "+" graph. */
  #graphOf(record: ImportedWeights): Promise<Manifest> {
    return this.catalogue.manifest(GRAPH_MODEL[record.network]);
  }

  #weights(): Promise<WeightsStore> {
    this.#store ??= openWeightsStore();
    return this.#store;
  }
}
