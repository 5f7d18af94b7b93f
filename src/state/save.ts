import { chunk, isNotLoaded } from '../../contract/chunk.ts';
import { formatOf, type EncodedPicture, type EncodeOptions } from '../../contract/picture.ts';
import { engine } from '../engine/index.ts';
import { withSaved, type Entry, type FinishedResult } from './entries.ts';
import { clearNotice, reportError, reportText } from './notice.ts';
import { offer } from './offer.ts';
import { get, selectedEntry, set } from './store.ts';

const zipper = chunk(() => import('client-zip'));

/** Encodes the shown result and hands it to the browser's downloads. */
export async function download(): Promise<void> {
  const entry = selectedEntry(get());
  if (entry === undefined || get().saving.kind !== 'no') return;
  clearNotice();
  set({ saving: { kind: 'one' } });
  const result = await engine.encode(entry.id, encodeOptions(entry));
  set({ saving: { kind: 'no' } });
  if (!result.ok) {
    reportError('save', result.error);
    return;
  }
  offer(result.value.blob, result.value.name);
  markSaved([entry.result]);
  if (result.value.notes.length > 0) reportText('save', 'note', result.value.notes.join(' '));
}

/** Encodes every result, one at a time, into one zip file. A result that cannot be encoded is named, the rest is kept. */
export async function downloadAll(): Promise<void> {
  const finished = get().entries.filter((entry) => entry.result !== null);
  if (finished.length === 0 || get().saving.kind !== 'no') return;
  clearNotice();
  const failures: string[] = [];
  const zipped: (FinishedResult | null)[] = [];
  set({ saving: { kind: 'all', done: 0, of: finished.length } });
  try {
    const { downloadZip } = await zipper();
    const blob = await downloadZip(encodeEach(finished, zipped, failures)).blob();
    if (zipped.length > 0) {
      offer(blob, 'limpid.zip');
      markSaved(zipped);
    }
  } catch (error) {
    const why = isNotLoaded(error)
      ? 'what makes it could not be loaded. Connect to the network and try again.'
      : 'the browser may be short of memory. Download the pictures one by one.';
    failures.push(`The zip file could not be put together: ${why}`);
    console.warn(error);
  }
  set({ saving: { kind: 'no' } });
  if (failures.length > 0) reportText('save', 'error', failures.join(' '));
}

async function* encodeEach(
  entries: readonly Entry[],
  zipped: (FinishedResult | null)[],
  failures: string[],
): AsyncGenerator<{ name: string; input: Blob }> {
  const taken = new Set<string>();
  let done = 0;
  for (const entry of entries) {
    const result = await engine.encode(entry.id, encodeOptions(entry));
    done += 1;
    set({ saving: { kind: 'all', done, of: entries.length } });
    if (result.ok) {
      zipped.push(entry.result);
      yield named(result.value, taken);
    } else failures.push(`${entry.info.name}: ${result.error.message}`);
  }
}

function named(picture: EncodedPicture, taken: Set<string>): { name: string; input: Blob } {
  const name = uniqueName(picture.name, taken);
  taken.add(name.toLowerCase());
  return { name, input: picture.blob };
}

/**
 * `name`, or `name (2)` and so on when it is taken already; the extension stays last. `taken` is in lower case: Windows and
 * macOS would unpack "A.png" and "a.png" into one file.
 */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name;
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let count = 2; ; count += 1) {
    const candidate = `${stem} (${count})${extension}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}

export const markSaved = (results: readonly (FinishedResult | null)[]): void =>
  set((state) => ({ entries: withSaved(state.entries, results) }));

/** How the person wants this picture written. */
export function encodeOptions({ info }: Pick<Entry, 'info'>): EncodeOptions {
  const { format, compressionQuality, keepLocation } = get().settings;
  return { format: formatOf(format, info), quality: compressionQuality / 100, keepLocation };
}
