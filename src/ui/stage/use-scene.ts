import { useMemo, useSyncExternalStore } from 'react';
import { coverageOf, onCoverage } from '../../state/layers.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import type { Scene } from '../viewer/scene.ts';

/** The shown picture as the viewer needs it; a new object only when something of it has changed. */
export function useScene(): Scene | null {
  const id = useLimpid((state) => state.selected);
  const info = useLimpid((state) => selectedEntry(state)?.info);
  const width = useSyncExternalStore(onCoverage, () => (id === null ? undefined : coverageOf(id)?.size.width));
  const height = useSyncExternalStore(onCoverage, () => (id === null ? undefined : coverageOf(id)?.size.height));
  return useMemo(() => {
    if (info === undefined) return null;
    const input = { width: info.width, height: info.height };
    const compared = width !== undefined && height !== undefined;
    return {
      picture: info.id,
      name: info.name,
      input,
      size: compared ? { width, height } : input,
      alpha: info.alpha,
      compared,
    };
  }, [info, width, height]);
}
