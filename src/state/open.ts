import type { PictureId } from '../../contract/picture.ts';
import { engine } from '../engine/index.ts';
import { newEntry } from './entries.ts';
import { refreshEstimate } from './estimate.ts';
import { clearNotice, reportText, sentenceOf } from './notice.ts';
import { refusalLines, type Refusal } from './refusals.ts';
import type { Settings } from './settings.ts';
import { get, set, withoutOne } from './store.ts';
import { emptyTrash } from './trash.ts';
import { isWeightsFile, readWeights } from './weights.ts';

/** A picture handed over by drop, paste, the file picker or a sample. */
export interface Incoming {
  readonly blob: Blob;
  readonly name: string;
}

/**
 * Opens pictures one after another and shows the first good one; checkpoint files go to the importer. What cannot be
 * opened is named and changes nothing else; all that is to be told stands in one notice at the end. `settings` come with
 * a sample; one that wants its own model ends the example question, which recommends another.
 */
export async function openFiles(incoming: readonly Incoming[], settings: Partial<Settings> = {}): Promise<void> {
  clearNotice();
  emptyTrash();
  const pictures = incoming.filter((file) => !isWeightsFile(file.name));
  const weights = incoming.filter((file) => isWeightsFile(file.name));
  const refused: Refusal[] = [];
  const noted: string[] = [];
  let opened = 0;
  set((state) => ({ opening: [...state.opening, ...pictures.map((file) => file.name)] }));
  for (const file of pictures) {
    const id = crypto.randomUUID();
    const result = await engine.open(id, file.blob, file.name);
    if (!result.ok) {
      refused.push({ name: file.name, message: sentenceOf(result.error) });
      continue;
    }
    opened += 1;
    const first = opened === 1;
    set((state) => ({
      entries: [...state.entries, newEntry(result.value)],
      // The first may have been removed again before the next was opened.
      ...(first || state.selected === null ? { selected: id } : {}),
      ...(first ? { settings: { ...state.settings, ...settings } } : {}),
      ...(first && settings.model !== undefined ? { seed: null } : {}),
    }));
    if (get().selected === id) refreshEstimate();
  }
  // All at once: the status line counts them and is read out whenever it changes.
  set((state) => ({ opening: pictures.reduce((names, file) => withoutOne(names, file.name), state.opening) }));
  // Pictures dropped together are meant to be restored together.
  if (opened > 0) set({ everyPicture: opened > 1 });
  for (const file of weights) {
    const { tone, text } = await readWeights(file.blob, file.name);
    if (tone === 'error') refused.push({ name: file.name, message: text });
    else noted.push(text);
  }
  const told = [...refusalLines(refused), ...noted];
  if (told.length > 0) reportText('open', refused.length > 0 ? 'error' : 'note', told.join('\n'));
}

export function selectPicture(id: PictureId): void {
  if (get().selected === id) return;
  clearNotice();
  set({ selected: id });
  refreshEstimate();
}
