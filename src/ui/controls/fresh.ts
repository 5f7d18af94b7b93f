import { isFresh } from '../../state/run.ts';
import { recipeOf } from '../../state/settings.ts';
import { manifests, selectedEntry, useLimpid } from '../../state/store.ts';

/** True while the shown picture's result is what the present settings and weights would make. */
export const useFresh = (): boolean =>
  useLimpid((state) => {
    const recipe = recipeOf(state.settings, manifests(state));
    const result = selectedEntry(state)?.result;
    return recipe !== null && result !== undefined && result !== null && isFresh(result, recipe, state);
  });
