import { formatOf } from '../../../contract/picture.ts';
import { isWaiting } from '../../state/job.ts';
import { download, downloadAll } from '../../state/save.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { Down } from '../icons.tsx';
import { staleText } from '../status.ts';
import { useFresh } from './fresh.ts';
import { CopyButton, HowButton, ShareButton } from './PassButtons.tsx';
import { FormatField, SaveDetails } from './SaveOptions.tsx';

/** Appears with the first result. Its buttons stay enabled while they work, or the focus would fall off them. */
export function SaveField() {
  const entry = useLimpid(selectedEntry);
  const finished = useLimpid((state) => state.entries.filter((candidate) => candidate.result !== null).length);
  const fresh = useFresh();
  const chosen = useLimpid((state) => state.settings.format);
  const saving = useLimpid((state) => state.saving);
  if (finished === 0 || entry === undefined) return null;
  const here = entry.result !== null && !isWaiting(entry.job);
  const several = finished > 1;
  if (!here && !several) return null;
  const format = formatOf(chosen, entry.info);
  const busy = saving.kind !== 'no';
  return (
    <>
      <div className="save">
        {here && (
          <button
            type="button"
            className={`button ${fresh ? 'accent-button' : ''}`}
            aria-busy={saving.kind === 'one'}
            aria-disabled={busy}
            onClick={() => void download()}
          >
            <Down /> Download
          </button>
        )}
        <FormatField info={entry.info} format={format} />
        {several && (
          <button type="button" className="button" aria-disabled={busy} onClick={() => void downloadAll()}>
            {saving.kind === 'all' ? `${saving.done} of ${saving.of}…` : `Zip of ${finished}`}
          </button>
        )}
      </div>
      <div className="save-details">
        {here && !fresh && entry.result !== null && <p className="hint">{staleText(entry.result.report)}</p>}
        <SaveDetails info={entry.info} format={format} />
        {here && (
          <div className="pass">
            <CopyButton disabled={busy} />
            <ShareButton format={format} disabled={busy} />
            <HowButton />
          </div>
        )}
      </div>
    </>
  );
}
