import { useEffect, useRef } from 'react';
import { characterKeys, SHORTCUTS } from './shortcuts.ts';

const CHARACTERS = SHORTCUTS.flatMap(([keys, , character]) => (character === undefined ? [] : keys)).join(' ');

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const characters = characterKeys.use();
  useEffect(() => {
    if (!open) {
      dialog.current?.close();
      return;
    }
    dialog.current?.showModal();
    close.current?.focus();
  }, [open]);
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keyboard shortcuts</h2>
      <KeysList characters={characters} />
      <p className="quiet">Wheel or pinch zooms, dragging moves, a double click shows 100 %.</p>
      <label className="check">
        <input
          type="checkbox"
          checked={characters === 'on'}
          onChange={(event) => characterKeys.choose(event.target.checked ? 'on' : 'off')}
        />
        Single-key shortcuts ({CHARACTERS})
      </label>
      <button ref={close} type="button" className="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}

/** What each key does; one that is switched off is dimmed and says so. */
export function KeysList({ characters }: { characters: 'on' | 'off' }) {
  return (
    <dl>
      {SHORTCUTS.map(([keys, what, character]) => {
        const off = character !== undefined && characters === 'off';
        return (
          <div key={what} className={off ? 'keys-off' : undefined}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>
              {what}
              {off && ' (off)'}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
