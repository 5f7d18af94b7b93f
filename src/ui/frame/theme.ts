import { kept } from './kept.ts';

const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Set on the root element as soon as this file is loaded; without a choice the system's colours count. */
export const theme = kept<Theme>('limpid-theme', THEMES, (value) => {
  if (value === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = value;
});

/**
 * What the next press of the button chooses: from the system's colours first the others, or the press would seem to do
 * nothing; then the system's own, fixed; then the system again.
 */
export function nextTheme(current: Theme, systemIsDark: boolean): Theme {
  const [own, other] = systemIsDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  if (current === 'system') return other;
  return current === other ? own : 'system';
}
