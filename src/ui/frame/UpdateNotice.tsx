import { applyUpdate } from '../../state/offline.ts';
import { useLimpid } from '../../state/store.ts';
import { updateText } from '../status.ts';

/** Says quietly that a new version waits; nothing happens to the open page until the person wants it. */
export function UpdateNotice() {
  const update = useLimpid((state) => state.update);
  const pictures = useLimpid((state) => state.entries.length > 0);
  return (
    <div aria-live="polite" className="update-slot">
      {update !== 'none' && (
        <p className="notice note">
          <span>{updateText(update, pictures)}</span>
          <button type="button" className="button quiet-button" onClick={() => void applyUpdate()}>
            Reload
          </button>
        </p>
      )}
    </div>
  );
}
