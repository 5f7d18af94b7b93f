import type { ModelId, Quality } from '../../contract/models.ts';
import type { SeedId } from '../evidence/questions.ts';
import { refreshEstimate } from './estimate.ts';
import { clearNotice, dismissFailure } from './notice.ts';
import { snapScale, type Settings } from './settings.ts';
import { get, manifests, set } from './store.ts';

/** What failed with other settings is no news any more. */
function change(part: Partial<Settings>): void {
  set((state) => ({ settings: { ...state.settings, ...part } }));
  dismissFailure();
  refreshEstimate();
}

/** How the result is written changes nothing in the run; what was said of an earlier file is not about the next one. */
function changeFile(part: Partial<Settings>): void {
  if (get().notice?.place === 'save') clearNotice();
  set((state) => ({ settings: { ...state.settings, ...part } }));
}

/** A model picked by hand is no longer the one that an example question recommends. */
export function chooseModel(model: ModelId): void {
  change({ model });
  set({ seed: null });
}

export function chooseScale(scale: number): void {
  const { settings } = get();
  const range = manifests(get()).find((manifest) => manifest.id === settings.model)?.scale;
  change({ scale: snapScale(scale, settings.scale, range) });
}

export const chooseQuality = (quality: Quality): void => change({ quality });
export const chooseDeblurFirst = (deblurFirst: boolean): void => change({ deblurFirst });
export const chooseDeblurModel = (deblurModel: ModelId): void => change({ deblurModel });
export const chooseFormat = (format: Settings['format']): void => changeFile({ format });
export const chooseCompressionQuality = (percent: number): void => changeFile({ compressionQuality: percent });
export const chooseKeepLocation = (keepLocation: boolean): void => changeFile({ keepLocation });
export const chooseEveryPicture = (everyPicture: boolean): void => set({ everyPicture });

/** An example question is read; what the person has set stays as it is. */
export const chooseExample = (seed: SeedId): void => set({ seed });

/** What an example question recommends, once the person wants it: its model and the factor it speaks of, if any. */
export function chooseRecommended(seed: SeedId, model: ModelId, factor: number | null): void {
  change(factor === null ? { model } : { model, scale: factor });
  set({ seed });
}

/** The example question is done with; all settings stay. */
export const closeExample = (): void => set({ seed: null });
