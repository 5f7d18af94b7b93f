import type { Entry } from '../../state/entries.ts';
import { removePicture } from '../../state/remove.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { size } from '../../evidence/format.ts';
import { Auto, Keys, Moon, Sun } from '../icons.tsx';
import { ChooseImage } from '../pictures/ChooseImage.tsx';
import { CrossButton } from './CrossButton.tsx';
import { UNDO, useHandOn } from './hand-on.ts';
import { nextTheme, theme } from './theme.ts';

const THEME_ICONS = { system: Auto, light: Sun, dark: Moon } as const;
const THEME_NAMES = { system: 'as the system', light: 'light', dark: 'dark' } as const;

export function Header({ onKeys }: { onKeys: () => void }) {
  const entry = useLimpid(selectedEntry);
  return (
    <header className="header">
      <h1 className="brand">
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="24" height="24" />
        Limpid
      </h1>
      {entry === undefined ? (
        <span className="header-gap" />
      ) : (
        <>
          {/* Anew for each picture: a second Enter must not remove the next one. */}
          <HeaderPicture key={entry.id} entry={entry} />
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

function HeaderPicture({ entry: { id, info } }: { entry: Entry }) {
  const picture = useHandOn<HTMLParagraphElement>(UNDO);
  return (
    <p className="header-picture" ref={picture}>
      <span className="header-name" title={info.name}>
        {info.name}
      </span>
      <span className="quiet header-facts">
        {size(info)} · {info.kind.toUpperCase()}
        {info.depth === 16 && ', 16 bit'}
        {info.colorSpace === 'display-p3' && ', Display P3'}
      </span>
      <CrossButton label={`Remove ${info.name}`} title="Remove this picture" onClick={() => void removePicture(id)} />
    </p>
  );
}

function ThemeButton() {
  const current = theme.use();
  const Icon = THEME_ICONS[current];
  const name = `Colours: ${THEME_NAMES[current]}`;
  const press = (): void => theme.choose(nextTheme(current, matchMedia('(prefers-color-scheme: dark)').matches));
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={press}>
      <Icon />
    </button>
  );
}
