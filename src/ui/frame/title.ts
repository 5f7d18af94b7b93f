import { useEffect } from 'react';
import { isActive } from '../../state/job.ts';
import { useLimpid } from '../../state/store.ts';

const TITLE = document.title;
const DONE = 'Done · Limpid';

/** The title of a tab that nobody looks at shows how far the work is, and then that it is over. */
export function useTitle(): void {
  const percent = useLimpid(({ entries }) => {
    const job = entries.find((entry) => isActive(entry.job))?.job;
    if (job === undefined || !isActive(job)) return null;
    return job.kind === 'planning' ? 0 : Math.floor((job.progress?.fraction ?? 0) * 100);
  });
  useEffect(() => {
    if (percent !== null) document.title = `${percent} % · Limpid`;
    else document.title = document.hidden && document.title !== TITLE ? DONE : TITLE;
  }, [percent]);
  useEffect(() => {
    const look = (): void => {
      if (!document.hidden && document.title === DONE) document.title = TITLE;
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
}
