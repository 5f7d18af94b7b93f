import type { RunReport } from '../../contract/run.ts';
import type { Provenance } from '../picture/provenance.ts';

/** What a restored picture says about itself in its metadata. */
export const provenanceOf = (report: RunReport): Provenance => ({
  version: report.version,
  date: report.finishedAt,
  steps: report.steps.map((step) => ({
    model: step.modelName,
    scale: step.scale,
    quality: step.quality,
    weightsName: step.weights.name,
    weightsSha256: step.weights.sha256,
  })),
});
