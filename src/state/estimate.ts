import type { Result } from '../../contract/result.ts';
import type { RunPlan } from '../../contract/run.ts';
import { engine } from '../engine/index.ts';
import { recipeOf } from './settings.ts';
import { get, manifests, set, type Estimate } from './store.ts';

const PAUSE_MS = 120;
let timer: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

/** Asks, a moment after the last change, what the next run would take; an answer to an older question is dropped. */
export function refreshEstimate(): void {
  clearTimeout(timer);
  asked += 1;
  timer = setTimeout(() => void ask(asked), PAUSE_MS);
}

async function ask(question: number): Promise<void> {
  const state = get();
  const recipe = recipeOf(state.settings, manifests(state));
  if (state.selected === null || recipe === null) {
    set({ estimate: { kind: 'none' } });
    return;
  }
  const result = await engine.plan({ picture: state.selected, recipe, backend: 'auto' });
  if (question === asked) set({ estimate: estimateOf(result) });
}

function estimateOf(result: Result<RunPlan>): Estimate {
  if (result.ok) return { kind: 'known', plan: result.value };
  // Removed pictures can still come back; Restore will give their room to the run, which may be enough.
  if (result.error.code === 'too-much-memory' && get().trash.length > 0) return { kind: 'none' };
  return { kind: 'refused', error: result.error };
}
