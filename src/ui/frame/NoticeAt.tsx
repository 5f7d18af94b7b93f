import { clearNotice } from '../../state/notice.ts';
import { useLimpid, type NoticePlace } from '../../state/store.ts';
import { Cross } from '../icons.tsx';

/** What happened, where the action was. There is one message on the page at a time. */
export function NoticeAt({ place }: { place: NoticePlace }) {
  const notice = useLimpid((state) => (state.notice?.place === place ? state.notice : null));
  return (
    <div className="notice-slot">
      {notice?.tone === 'error' && <Alert text={notice.text} onDismiss={clearNotice} />}
      <div aria-live="polite">
        {notice?.tone === 'note' && (
          <p className="notice note">
            <span>{notice.text}</span>
            <Dismiss onDismiss={clearNotice} />
          </p>
        )}
      </div>
    </div>
  );
}

export function Alert({ text, onDismiss }: { text: string; onDismiss?: () => void }) {
  return (
    <div role="alert" className="notice error">
      <span>{text}</span>
      {onDismiss !== undefined && <Dismiss onDismiss={onDismiss} />}
    </div>
  );
}

function Dismiss({ onDismiss }: { onDismiss: () => void }) {
  return (
    <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
      <Cross />
    </button>
  );
}
