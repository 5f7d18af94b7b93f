import { useEffect, useRef } from 'react';
import { characterKeys, SHORTCUTS } from './shortcuts.ts';

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
      <dl>
        {SHORTCUTS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">Wheel or pinch zooms, dragging moves, a double click shows 100 %.</p>
      <label className="check">
        <input
          type="checkbox"
          checked={characters === 'on'}
          onChange={(event) => characterKeys.choose(event.target.checked ? 'on' : 'off')}
        />
        Keys of one character: + − 0 1 C ?
      </label>
      <button ref={close} type="button" className="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
