import type { SeedId } from '../questions.ts';
import { SEED_000 } from './seed-000.ts';
import { SEED_001 } from './seed-001.ts';
import { SEED_002 } from './seed-002.ts';
import { SEED_003 } from './seed-003.ts';
import { SEED_004 } from './seed-004.ts';
import type { SeedAnswer } from './types.ts';

/** The written parts of the five answers. */
export const SEED_ANSWERS: Readonly<Record<SeedId, SeedAnswer>> = {
  '000': SEED_000,
  '001': SEED_001,
  '002': SEED_002,
  '003': SEED_003,
  '004': SEED_004,
};
