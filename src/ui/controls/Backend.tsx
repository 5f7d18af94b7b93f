import { BACKEND_NAMES, type RunReport } from '../../../contract/run.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { proofText } from '../../evidence/format.ts';

/** What computes: what this device offers before a run, what really ran after one, and why it was not the best. */
export function Backend() {
  const capabilities = useLimpid((state) => state.capabilities);
  const error = useLimpid((state) => state.capabilitiesError);
  const report = useLimpid((state) => selectedEntry(state)?.result?.report);
  return (
    <section aria-label="Backend" className="backend">
      {report === undefined ? (
        <p>
          {capabilities === null ? (
            (error?.message ?? 'Looking at this device…')
          ) : (
            <>
              Runs on <strong>{BACKEND_NAMES[capabilities.backend]}</strong>, {capabilities.device}.
              {capabilities.reason !== null && ` ${capabilities.reason}`}
            </>
          )}
        </p>
      ) : (
        <>
          {report.steps.map(({ backend, modelName, weights }, index) => (
            <p key={`${index} ${modelName}`}>
              {report.steps.length > 1 && `${modelName}: `}
              Ran on <strong>{BACKEND_NAMES[backend.name]}</strong>, {backend.device}; it{' '}
              {proofText(backend, weights.owner)}.
              {backend.reason !== null && lastOf(report, backend.reason) === index && ` ${backend.reason}`}
            </p>
          ))}
          {report.events.map((event) => (
            <p key={event}>{event}</p>
          ))}
        </>
      )}
    </section>
  );
}

/** The last step that ran where it did for this reason: a reason that two steps share is told once. */
const lastOf = ({ steps }: RunReport, reason: string): number =>
  steps.findLastIndex(({ backend }) => backend.reason === reason);
