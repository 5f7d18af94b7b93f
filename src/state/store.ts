import { create } from 'zustand';
import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import type { PictureId } from '../../contract/picture.ts';
import type { Failure } from '../../contract/result.ts';
import type { RunPlan } from '../../contract/run.ts';
import type { Capabilities, ImportedWeights, ModelState } from '../../contract/worker-api.ts';
import type { SeedId } from '../evidence/questions.ts';
import type { Entry, Trashed } from './entries.ts';
import { DEFAULT_SETTINGS, withChosenWeights, type Settings } from './settings.ts';

/** Where an error is shown: where the action was. */
export type NoticePlace = 'open' | 'run' | 'save' | 'weights';

/** One message at a time; a newer one takes its place, except a loss's. `error` is announced as an alert, `note` politely. */
export interface Notice {
  readonly place: NoticePlace;
  readonly tone: 'error' | 'note';
  /** One sentence or more; each line of several is an item of a list. */
  readonly text: string;
  /** Tells of a loss: what else the same action has to say stands behind it, not in its place. */
  readonly loss?: true;
}

export type Models =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly list: readonly ModelState[] }
  | { readonly kind: 'failed'; readonly error: Failure };

/** What the next run of the shown picture will take. */
export type Estimate =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly plan: RunPlan }
  | { readonly kind: 'refused'; readonly error: Failure };

export type Saving =
  | { readonly kind: 'no' }
  | { readonly kind: 'one' }
  | { readonly kind: 'all'; readonly done: number; readonly of: number };

/** A newer version of the page that waits for a reload; `other-tabs`: for other tabs to close first. */
export type Update = 'none' | 'ready' | 'other-tabs';

export interface State {
  readonly entries: readonly Entry[];
  readonly selected: PictureId | null;
  /** Removed pictures that can come back, the last one last. */
  readonly trash: readonly Trashed[];
  /** Names of files that the worker is reading, with those that came in the same go. */
  readonly opening: readonly string[];
  readonly settings: Settings;
  /** Restore every picture, not only the one shown. */
  readonly everyPicture: boolean;
  readonly models: Models;
  readonly capabilities: Capabilities | null;
  /** Why they are not known, once they were asked for. */
  readonly capabilitiesError: Failure | null;
  readonly estimate: Estimate;
  readonly notice: Notice | null;
  readonly saving: Saving;
  /** Names of the weights files being read. */
  readonly importing: readonly string[];
  readonly seed: SeedId | null;
  readonly update: Update;
}

export const INITIAL: State = {
  entries: [],
  selected: null,
  trash: [],
  opening: [],
  settings: DEFAULT_SETTINGS,
  everyPicture: false,
  models: { kind: 'loading' },
  capabilities: null,
  capabilitiesError: null,
  estimate: { kind: 'none' },
  notice: null,
  saving: { kind: 'no' },
  importing: [],
  seed: null,
  update: 'none',
};

/**
 * The page's one store. It holds ids and facts; pixels stay in the worker and in the viewer's tile cache. Only the named
 * writers of this folder call `set`; components read with `useLimpid(selector)`.
 */
export const useLimpid = create<State>()(() => INITIAL);

export const get = (): State => useLimpid.getState();
export const set = (part: Partial<State> | ((state: State) => Partial<State>)): void => useLimpid.setState(part);

export const selectedEntry = (state: State): Entry | undefined =>
  state.entries.find((entry) => entry.id === state.selected);

/** The manifests as they hold for the chosen weights. */
export const manifests = ({ models }: Pick<State, 'models'>): readonly Manifest[] =>
  models.kind === 'ready' ? models.list.map(withChosenWeights) : [];

/** Which weights the page names for each model, as far as the models are known. */
export const chosenWeights = ({ models }: Pick<State, 'models'>): Readonly<Partial<Record<ModelId, string>>> =>
  models.kind === 'ready' ? Object.fromEntries(models.list.map(({ manifest, chosen }) => [manifest.id, chosen])) : {};

/** The names of files under way after one of them has ended: another may have the same name. */
export function withoutOne(names: readonly string[], name: string): readonly string[] {
  const index = names.indexOf(name);
  return index < 0 ? names : names.toSpliced(index, 1);
}

/** The imported files that the next run uses in place of Limpid's weights. */
export const chosenFiles = ({ models }: Pick<State, 'models'>): readonly ImportedWeights[] =>
  models.kind === 'ready'
    ? models.list.flatMap(({ weights, chosen }) => weights.filter((file) => file.id === chosen))
    : [];
