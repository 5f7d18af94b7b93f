import { removePicture } from '../../state/open.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { pixels } from '../format.ts';
import { Auto, Cross, Keys, Moon, Sun } from '../icons.tsx';
import { ChooseImage } from '../pictures/ChooseImage.tsx';
import { chooseTheme, THEMES, useTheme } from './theme.ts';

const THEME_ICONS = { system: Auto, light: Sun, dark: Moon } as const;
const THEME_NAMES = { system: 'as the system', light: 'light', dark: 'dark' } as const;

export function Header({ onKeys }: { onKeys: () => void }) {
  const entry = useLimpid(selectedEntry);
  return (
    <header className="header">
      <h1 className="brand">
        <img src="/icon.svg" alt="" width="24" height="24" />
        Limpid
      </h1>
      {entry === undefined ? (
        <span className="header-gap" />
      ) : (
        <>
          <p className="header-picture">
            <span className="header-name" title={entry.info.name}>
              {entry.info.name}
            </span>
            <span className="quiet header-facts">
              {pixels(entry.info)} · {entry.info.kind.toUpperCase()}
              {entry.info.depth === 16 && ', 16 bit'}
              {entry.info.colorSpace === 'display-p3' && ', Display P3'}
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove ${entry.info.name}`}
              title="Remove this picture"
              onClick={() => void removePicture(entry.id)}
            >
              <Cross />
            </button>
          </p>
          <ChooseImage className="button quiet-button" />
        </>
      )}
      <ThemeButton />
      <button
        type="button"
        className="icon-button keys-button"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={onKeys}
      >
        <Keys />
      </button>
    </header>
  );
}

function ThemeButton() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const Icon = THEME_ICONS[theme];
  const name = `Colours: ${THEME_NAMES[theme]}`;
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={() => chooseTheme(next)}>
      <Icon />
    </button>
  );
}
