import { dismissFailure } from '../../state/notice.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { Alert, NoticeAt } from '../frame/NoticeAt.tsx';
import { statusText } from '../status.ts';

/** What becomes of the shown picture: its state, which is announced, and what went wrong. */
export function RunNews({ statusClass }: { statusClass: string }) {
  const entry = useLimpid(selectedEntry);
  const opening = useLimpid((state) => state.opening);
  const quiet = useLimpid((state) => state.notice?.tone !== 'error');
  const failed = entry?.job.kind === 'failed' ? entry.job.error : null;
  return (
    <>
      {failed !== null && quiet && <Alert place="run" text={failed.message} onDismiss={dismissFailure} />}
      <NoticeAt place="run" />
      <p role="status" className={statusClass}>
        {statusText(entry, opening)}
      </p>
    </>
  );
}
