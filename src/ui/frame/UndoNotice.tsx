import { lastRemoval, undoRemoval } from '../../state/remove.ts';
import { useLimpid } from '../../state/store.ts';
import { emptyTrash } from '../../state/trash.ts';
import { CrossButton } from './CrossButton.tsx';
import { UNDO, useHandOn } from './hand-on.ts';

/** What was removed last, and the way back; it stays without a time limit. */
export function UndoNotice() {
  const trash = useLimpid((state) => state.trash);
  const removed = lastRemoval(trash);
  const last = removed.at(-1)?.entry;
  // Not role status: the page has one, for the state of the shown picture.
  return (
    <div aria-live="polite" className="undo-slot">
      {last !== undefined && (
        <Removed key={last.info.id} name={removed.length === 1 ? last.info.name : `${removed.length} pictures`} />
      )}
    </div>
  );
}

function Removed({ name }: { name: string }) {
  const notice = useHandOn<HTMLParagraphElement>(`${UNDO}, .frame[aria-current=true]`);
  return (
    <p className="notice note undo" ref={notice}>
      <span className="undo-text">
        <span className="undo-name" title={name}>
          {name}
        </span>{' '}
        removed.
      </span>
      <button type="button" className="button quiet-button" onClick={undoRemoval}>
        Undo
      </button>
      <CrossButton label="Dismiss" title="Remove for good" onClick={emptyTrash} />
    </p>
  );
}
