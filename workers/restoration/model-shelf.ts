import { MODEL_IDS, type ModelId } from '../../contract/models.ts';
import type { ModelState } from '../../contract/worker-api.ts';
import type { ImportedWeights } from '../../contract/worker-api.ts';
import { LimpidError } from '../../contract/result.ts';
import { Catalogue } from '../models/catalogue.ts';
import type { StepModel } from './step.ts';

/** Models with the weights chosen for each: the shipped ones, or a file that the person brought. */
export class ModelShelf {
  readonly catalogue: Catalogue;

  constructor(base: string) {
    this.catalogue = new Catalogue(base);
  }

  async states(): Promise<ModelState[]> {
    const manifests = await this.catalogue.manifests();
    return Promise.all(
      MODEL_IDS.flatMap((id) => manifests.get(id) ?? []).map(async (manifest) => ({
        manifest,
        download: await this.catalogue.missingBytes(manifest),
        weights: [],
        chosen: 'limpid',
      })),
    );
  }

  async stepModel(id: ModelId): Promise<StepModel> {
    const manifest = await this.catalogue.manifest(id);
    return {
      shown: manifest,
      manifest,
      weights: { id: 'limpid', name: 'Limpid’s weights', owner: 'limpid', sha256: manifest.weights.sha256 },
      load: (signal, onBytes, onNote) => this.catalogue.load(manifest, null, signal, onBytes, onNote),
    };
  }

  async importWeights(_file: Blob, _name: string): Promise<ImportedWeights> {
    throw new LimpidError('unknown-network', 'Importing weights is being built.');
  }
  async chooseWeights(_model: ModelId, _id: string): Promise<void> {}
  async removeWeights(_id: string): Promise<void> {}
}
