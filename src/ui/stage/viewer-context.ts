import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Viewer, ViewerState } from '../viewer/viewer.ts';

export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error('There is no viewer around this component.');
  return viewer;
}

/** The viewer's slow state: zoom, divider, side. Frames do not pass through React. */
export function useViewerState(): ViewerState {
  const viewer = useViewer();
  return useSyncExternalStore(viewer.subscribe, viewer.snapshot);
}
