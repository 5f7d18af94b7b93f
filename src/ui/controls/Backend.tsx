import { selectedEntry, useLimpid } from '../../state/store.ts';
import { backendName } from '../format.ts';

/** What computes: what this device offers before a run, what really ran after one, and why it was not the best. */
export function Backend() {
  const capabilities = useLimpid((state) => state.capabilities);
  const report = useLimpid((state) => selectedEntry(state)?.result?.report);
  return (
    <section aria-label="Backend" className="backend">
      {report === undefined ? (
        <p>
          {capabilities === null ? (
            'Looking at this device…'
          ) : (
            <>
              Runs on <strong>{backendName(capabilities.backend)}</strong>, {capabilities.device}.
              {capabilities.reason !== null && ` ${capabilities.reason}`}
            </>
          )}
        </p>
      ) : (
        <>
          {report.steps.map(({ backend, modelName }, index) => (
            <p key={`${index} ${modelName}`}>
              {report.steps.length > 1 && `${modelName}: `}
              Ran on <strong>{backendName(backend.name)}</strong>, {backend.device}; differs from the known answer by at
              most {proof(backend.proof)}.{backend.reason !== null && ` ${backend.reason}`}
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

/** Share of the full range, as 8-bit levels: the unit in which a difference can be seen. */
const proof = (difference: number): string => {
  const levels = difference * 255;
  return levels < 0.01 ? 'a hundredth of a grey level' : `${levels.toPrecision(2)} of 255 grey levels`;
};
