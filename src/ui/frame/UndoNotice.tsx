import { undoRemoval } from '../../state/remove.ts';
import { useLimpid } from '../../state/store.ts';
import { emptyTrash } from '../../state/trash.ts';
import { CrossButton } from './CrossButton.tsx';
import { UNDO, useHandOn } from './hand-on.ts';

/** Which picture was removed last, and the way back; it stays without a time limit. */
export function UndoNotice() {
  const entry = useLimpid((state) => state.trash.at(-1)?.entry);
  // Not role status: the page has one, for the state of the shown picture.
  return (
    <div aria-live="polite" className="undo-slot">
      {entry !== undefined && <Removed key={entry.info.id} name={entry.info.name} />}
    </div>
  );
}

function Removed({ name }: { name: string }) {
  const notice = useHandOn<HTMLParagraphElement>(`${UNDO}, .frame[aria-current=true]`);
  return (
    <p className="notice note undo" ref={notice}>
      <span>{name} removed.</span>
      <button type="button" className="button quiet-button" onClick={undoRemoval}>
        Undo
      </button>
      <CrossButton label="Dismiss" title="Remove for good" onClick={emptyTrash} />
    </p>
  );
}
