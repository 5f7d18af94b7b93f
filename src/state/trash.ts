import type { Result } from '../../contract/result.ts';
import type { RunPlan, RunRequest } from '../../contract/run.ts';
import { engine } from '../engine/index.ts';
import { refreshEstimate } from './estimate.ts';
import { get, set } from './store.ts';

/** Frees the pixels of removed pictures, which cannot come back then: called by whatever needs the memory. */
export function emptyTrash(): void {
  const { trash } = get();
  if (trash.length === 0) return;
  set({ trash: [] });
  for (const { entry } of trash) void engine.close(entry.id);
  // There is more room now.
  refreshEstimate();
}

/** The plan of a run that is about to begin. Removed pictures go for good rather than leave it without room. */
export async function planEmptyingTrash(request: RunRequest): Promise<Result<RunPlan>> {
  const plan = await engine.plan(request);
  if (plan.ok || plan.error.code !== 'too-much-memory' || get().trash.length === 0) return plan;
  emptyTrash();
  return engine.plan(request);
}
