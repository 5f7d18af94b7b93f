import { recipeOf } from './settings.ts';
import { get, manifests, set } from './store.ts';
import { planWithRoom } from './trash.ts';

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
  const result = await planWithRoom({ picture: state.selected, recipe, backend: 'auto' });
  if (question !== asked) return;
  set({ estimate: result.ok ? { kind: 'known', plan: result.value } : { kind: 'refused', error: result.error } });
}
