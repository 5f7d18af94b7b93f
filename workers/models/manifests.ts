import type { ModelFile, Manifest } from '../../contract/manifest.ts';
import { MODEL_IDS, type ModelId } from '../../contract/models.ts';
import { LimpidError } from '../../contract/result.ts';
import { manifestProblem } from '../../contract/validate-manifest.ts';
import { PATIENCE } from '../patience.ts';
import { dropOthers, isCached, openCache } from './files.ts';

/**
 * Manifests on this device. Under a manifest's address: the newest that was seen. Under the same address with COMPLETE: an
 * older one, as long as more of it is here than of the newest (`held`).
 */
const MANIFESTS = 'limpid-manifests';
const COMPLETE = '?complete';

const addressOf = (base: string, id: ModelId): string => new URL(`models/${id}/manifest.json`, base).href;

/** Graphs of all backends: small beside the weights, and WASM's are at hand when a GPU fails in the middle of a run. */
export const graphsOf = ({ graphs, wasm }: Manifest): ModelFile[] => [
  ...Object.values(graphs),
  ...Object.values(wasm?.graphs ?? {}),
];

/** Files that a run needs whatever its weights: the golden answer is the shipped weights' own. */
export const graphFilesOf = (manifest: Manifest): ModelFile[] => [...graphsOf(manifest), manifest.golden.input];

/** All files that a run with the shipped weights needs. */
export const filesOf = (manifest: Manifest): ModelFile[] => [
  ...graphFilesOf(manifest),
  manifest.weights,
  manifest.golden.output,
];

/** How much of a release is here: 2 for all of it, 1 for all that a run with imported weights needs, 0 for less. */
async function held(base: string, manifest: Manifest): Promise<number> {
  const here = async (files: readonly ModelFile[]): Promise<boolean> =>
    (await Promise.all(files.map((file) => isCached(base, file)))).every(Boolean);
  if (await here(filesOf(manifest))) return 2;
  return (await here(graphFilesOf(manifest))) ? 1 : 0;
}

/** The release of which most is here; of equals the first. */
async function mostHeld(base: string, first: Manifest, ...others: readonly (Manifest | null)[]): Promise<Manifest> {
  let most = { manifest: first, held: await held(base, first) };
  for (const manifest of others) {
    const own = manifest === null ? 0 : await held(base, manifest);
    if (manifest !== null && own > most.held) most = { manifest, held: own };
  }
  return most.manifest;
}

/** The text as a manifest; throws `bad-manifest`. */
function parse(text: string, id: ModelId): Manifest {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // A page of the network's own, say; it is no object.
  }
  const problem = manifestProblem(value);
  if (problem !== null) throw new LimpidError('bad-manifest', `The description of ${id} is not usable: ${problem}.`);
  return withHalf(value as Manifest);
}

/** Releases that are kept from before the field existed had one network with such an input, and they must go on running. */
const withHalf = (manifest: Manifest): Manifest =>
  manifest.network === 'mssnet' && manifest.halfSizeInput === undefined
    ? { ...manifest, halfSizeInput: true }
    : manifest;

async function fromServer(address: string, id: ModelId, patience: AbortSignal): Promise<Manifest> {
  const text = await fetch(address, { cache: 'no-cache', signal: patience })
    .then((response) => (response.ok ? response.text() : null))
    .catch(() => null);
  if (text === null)
    throw new LimpidError(
      'download-failed',
      `The description of ${id} could not be fetched. Check the connection and reload.`,
    );
  return parse(text, id);
}

/** A kept manifest; null when there is none, or one that this version of Limpid cannot read. */
async function kept(cache: Cache | null, address: string, id: ModelId): Promise<Manifest | null> {
  try {
    const response = await cache?.match(address, { ignoreVary: true });
    return response === undefined ? null : parse(await response.text(), id);
  } catch {
    return null;
  }
}

/**
 * A model's manifest: the server's, else (offline, or the server in trouble or silent) the one kept here of whose files most
 * are here too. `signal` ends the wait for the server early.
 * @throws LimpidError `download-failed` or `bad-manifest` when there is none of either
 */
export async function fetchManifest(base: string, id: ModelId, signal?: AbortSignal): Promise<Manifest> {
  const address = addressOf(base, id);
  const cache = await openCache(MANIFESTS);
  const last = await kept(cache, address, id);
  const patience = AbortSignal.timeout(last === null ? PATIENCE.download : PATIENCE.manifest);
  try {
    const newest = await fromServer(address, id, signal === undefined ? patience : AbortSignal.any([patience, signal]));
    // Full storage is no reason to fail.
    if (cache !== null) await keep(cache, base, newest, last).catch(() => undefined);
    return newest;
  } catch (error) {
    if (last === null) throw error;
    return mostHeld(base, last, await kept(cache, address + COMPLETE, id));
  }
}

async function keep(cache: Cache, base: string, newest: Manifest, last: Manifest | null): Promise<void> {
  const address = addressOf(base, newest.id);
  const body = (manifest: Manifest): Response => new Response(JSON.stringify(manifest));
  const most = await mostHeld(base, newest, last, await kept(cache, address + COMPLETE, newest.id));
  if (most === newest) await cache.delete(address + COMPLETE);
  else await cache.put(address + COMPLETE, body(most));
  await cache.put(address, body(newest));
}

/**
 * Drops the files of earlier releases: those that neither these manifests nor any that is kept names. A tab with manifests of
 * an earlier release fetches them again, finds other ones on the server and goes on with the newer release.
 */
export async function dropEarlier(base: string, manifests: readonly Manifest[]): Promise<void> {
  const cache = await openCache(MANIFESTS);
  const addresses = MODEL_IDS.flatMap((id) => {
    const address = addressOf(base, id);
    return [kept(cache, address, id), kept(cache, address + COMPLETE, id)];
  });
  const named = [...manifests, ...(await Promise.all(addresses))].flatMap((manifest) =>
    manifest === null ? [] : filesOf(manifest),
  );
  await dropOthers(base, named);
}
