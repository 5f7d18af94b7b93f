import type { ModelId } from '../../contract/models.ts';
import type { BackendName } from '../../contract/run.ts';
import { Catalogue } from '../../workers/models/catalogue.ts';
import { InferenceHost } from '../../workers/restoration/inference-host.ts';

/** Loads one model in a fresh inference worker and proves it on its golden picture; for golden.spec.ts. */
export async function proveModel(
  base: string,
  id: ModelId,
  backend: BackendName,
): Promise<{ proof: number; seconds: number; device: string }> {
  const catalogue = new Catalogue(base);
  const model = await catalogue.load(
    await catalogue.manifest(id),
    null,
    AbortSignal.timeout(300_000),
    () => undefined,
    () => undefined,
  );
  const host = new InferenceHost();
  try {
    const { proof, seconds, device } = await host.load(model, backend, AbortSignal.timeout(300_000));
    return { proof, seconds, device };
  } finally {
    host.end();
  }
}
