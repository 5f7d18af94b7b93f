import type { Told } from '../models.ts';
import type { Evidence, Statement } from '../types.ts';
import { LIIF_CLAIMS } from './liif.ts';
import { MIMO_CLAIMS } from './mimo.ts';
import { MSSNET_CLAIMS } from './mssnet.ts';

/** Every claim about published work. */
export const CLAIMS: readonly Evidence[] = [...LIIF_CLAIMS, ...MIMO_CLAIMS, ...MSSNET_CLAIMS];

const byId = new Map(CLAIMS.map((evidence) => [evidence.statement.id, evidence.statement]));

/**
 * The claim with this id.
 * @throws RangeError when there is none: a broken table of answers, caught by its test.
 */
export function theClaim(id: string): Statement {
  const found = byId.get(id);
  if (found === undefined) throw new RangeError(`There is no claim ${id}.`);
  return found;
}

/** Sentences of a story, of which most are claims. */
export const theClaims = (...told: readonly Told[]): readonly Statement[] =>
  told.map((one) => (typeof one === 'string' ? theClaim(one) : one));
