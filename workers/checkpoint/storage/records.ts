import { NETWORK_IDS } from '../../../contract/manifest.ts';
import { isModelId } from '../../../contract/models.ts';
import type { ImportedWeights } from '../../../contract/worker-api.ts';

const SCHEMA = 1;

/** What is written beside converted weights. */
export interface StoredRecord {
  readonly schema: typeof SCHEMA;
  readonly weights: ImportedWeights;
  /** The converted file, which must still be what was written: disks and other tabs are not trusted. */
  readonly converted: {
    readonly bytes: number;
    readonly sha256: string;
    /** SHA-256 of the tensor list that they were converted by: a newer Limpid may lay its weights out otherwise. */
    readonly layout: string;
  };
}

/** How the names of records end. */
export const RECORD = '.json';
export const recordFile = (id: string): string => `${id}${RECORD}`;
export const weightsFile = (id: string): string => `${id}.bin`;
export const choiceFile = (model: string): string => `chosen-${model}.txt`;

const ID = /^[a-z0-9-]{1,100}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Ids become file names, so nothing else may stand in one. */
export const isWeightsId = (id: string): boolean => ID.test(id) && id !== 'limpid' && !id.startsWith('chosen-');

export const encodeRecord = (record: StoredRecord): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(record));

/** The record in these bytes, or null when they are not one. */
export function decodeRecord(bytes: Uint8Array): StoredRecord | null {
  const value = parse(bytes);
  return isRecord(value) ? value : null;
}

/** Whether a later version of Limpid wrote these bytes. */
export function isNewer(bytes: Uint8Array): boolean {
  const value = parse(bytes);
  return isObject(value) && typeof value['schema'] === 'number' && value['schema'] > SCHEMA;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is StoredRecord {
  if (!isObject(value) || value['schema'] !== SCHEMA) return false;
  const { weights, converted } = value;
  if (!isImportedWeights(weights) || !isObject(converted)) return false;
  return isCount(converted['bytes']) && isSha256(converted['sha256']) && isSha256(converted['layout']);
}

function isImportedWeights(value: unknown): value is ImportedWeights {
  if (!isObject(value)) return false;
  const { id, name, owner, sha256, model, network, importedAt, bytes } = value;
  return (
    typeof id === 'string' &&
    isWeightsId(id) &&
    typeof name === 'string' &&
    (owner === 'authors' || owner === 'imported') &&
    isSha256(sha256) &&
    isModelId(model) &&
    NETWORK_IDS.some((known) => known === network) &&
    typeof importedAt === 'string' &&
    !Number.isNaN(Date.parse(importedAt)) &&
    isCount(bytes)
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isSha256 = (value: unknown): boolean => typeof value === 'string' && SHA256.test(value);
