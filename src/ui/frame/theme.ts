import { kept } from './kept.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Set on the root element as soon as this file is loaded; without a choice the system's colours count. */
export const theme = kept<Theme>('limpid-theme', THEMES, (value) => {
  if (value === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = value;
});
