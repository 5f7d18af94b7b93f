import { clearNotice } from '../../state/notice.ts';
import { useLimpid, type NoticePlace } from '../../state/store.ts';
import { CrossButton } from './CrossButton.tsx';
import { CHOOSE, RUN, SAVE, useHandOn, WEIGHTS } from './hand-on.ts';

/** What each place's messages are about; it gets the focus when one is dismissed. */
const SUBJECT: Readonly<Record<NoticePlace, string>> = { open: CHOOSE, run: RUN, save: SAVE, weights: WEIGHTS };

/** What happened, where the action was. There is one message on the page at a time. */
export function NoticeAt({ place }: { place: NoticePlace }) {
  const notice = useLimpid((state) => (state.notice?.place === place ? state.notice : null));
  return (
    <div className="notice-slot">
      {notice?.tone === 'error' && <Alert place={place} text={notice.text} onDismiss={clearNotice} />}
      <div aria-live="polite">
        {notice?.tone === 'note' && (
          <div className="notice note">
            <NoticeText text={notice.text} />
            <Dismiss place={place} onDismiss={clearNotice} />
          </div>
        )}
      </div>
    </div>
  );
}

export function Alert({ place, text, onDismiss }: { place: NoticePlace; text: string; onDismiss: () => void }) {
  return (
    <div role="alert" className="notice error">
      <NoticeText text={text} />
      <Dismiss place={place} onDismiss={onDismiss} />
    </div>
  );
}

function NoticeText({ text }: { text: string }) {
  const lines = text.split('\n');
  if (lines.length === 1) return <span className="notice-text">{text}</span>;
  return (
    <ul className="notice-text">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Dismiss({ place, onDismiss }: { place: NoticePlace; onDismiss: () => void }) {
  const button = useHandOn<HTMLButtonElement>(SUBJECT[place]);
  return <CrossButton ref={button} label="Dismiss" onClick={onDismiss} />;
}
