import type { EncodedPicture } from '../../contract/picture.ts';
import { ok, type Result } from '../../contract/result.ts';
import { engine } from '../engine/index.ts';
import type { FinishedResult } from './entries.ts';
import { clearNotice, reportError, reportText } from './notice.ts';
import { encodeOptions, markSaved } from './save.ts';
import { get, selectedEntry, set } from './store.ts';

/** Copies the shown result as PNG, which every program pastes. True when the clipboard has it. */
export async function copy(): Promise<boolean> {
  const entry = selectedEntry(get());
  if (entry === undefined || get().saving.kind !== 'no') return false;
  clearNotice();
  set({ saving: { kind: 'one' } });
  const encoded = engine.encode(entry.id, { format: 'png' });
  try {
    // A promise, because a page may write to the clipboard only in the moment of a press, and encoding takes longer.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': encoded.then(blobOf) })]);
    return true;
  } catch (error) {
    const result = await encoded;
    if (!result.ok) reportError('save', result.error);
    else refused('The browser refused to copy the picture. Download it instead.', error);
    return false;
  } finally {
    set({ saving: { kind: 'no' } });
  }
}

function blobOf(result: Result<EncodedPicture>): Blob {
  if (result.ok) return result.value.blob;
  throw new Error(result.error.message);
}

/** A file that was encoded but came too late to be shared: the next press shares it at once. */
let late: { readonly result: FinishedResult; readonly options: string; readonly picture: EncodedPicture } | null = null;

/** Hands the shown result to another program of this device. */
export async function share(): Promise<void> {
  const entry = selectedEntry(get());
  if (entry === undefined || entry.result === null || get().saving.kind !== 'no') return;
  clearNotice();
  const { id, result } = entry;
  const options = encodeOptions(entry);
  const key = JSON.stringify(options);
  const again = late?.result === result && late.options === key ? late.picture : null;
  late = null;
  set({ saving: { kind: 'one' } });
  const encoded = again === null ? await engine.encode(id, options) : ok(again);
  set({ saving: { kind: 'no' } });
  if (!encoded.ok) {
    reportError('save', encoded.error);
    return;
  }
  const { blob, name, notes } = encoded.value;
  try {
    await navigator.share({ files: [new File([blob], name, { type: blob.type })] });
    markSaved([result]);
    if (notes.length > 0) reportText('save', 'note', notes.join(' '));
  } catch (error) {
    const kind = error instanceof DOMException ? error.name : '';
    // Closed by the person.
    if (kind === 'AbortError') return;
    if (kind === 'NotAllowedError' && again === null) {
      late = { result, options: key, picture: encoded.value };
      reportText('save', 'note', 'The file is ready. Press the share button again to send it.');
    } else refused('The browser could not share the picture. Download it instead.', error);
  }
}

function refused(sentence: string, error: unknown): void {
  console.warn(error);
  reportText('save', 'error', sentence);
}
