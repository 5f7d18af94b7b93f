import { create } from 'zustand';

/** Whether the picture has the whole window to itself: its bar and the header stay, the controls and the explanation are put away. */
export const useFullWindow = create<boolean>()(() => false);

export const toggleFullWindow = (): void => useFullWindow.setState((on) => !on, true);

/** True when there was something to leave. */
export function leaveFullWindow(): boolean {
  const on = useFullWindow.getState();
  if (on) useFullWindow.setState(false, true);
  return on;
}
