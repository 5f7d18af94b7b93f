import type { Manifest } from '../../contract/manifest.ts';
import { MODEL_IDS } from '../../contract/models.ts';
import type { ModelId, Task } from '../../contract/models.ts';
import { plainStory } from './plain.ts';
import type { SourceId } from './sources.ts';
import type { NonEmpty, Statement } from './types.ts';

/** A claim by its id, or a sentence that no claim is. */
export type Told = string | Statement;

/** What the panel tells of a model: its sources, and its sentences in the order in which they are read. */
export interface ModelStory {
  readonly id: ModelId;
  readonly name: string;
  readonly task: Task;
  /** The network of Limpid's own weights. */
  readonly network: string;
  /** Null where none was read. */
  readonly paper: SourceId | null;
  readonly code: SourceId | null;
  /** Where neither was read, the sentence that says so (plain.ts). */
  readonly unread?: Statement;
  /** Sides that the network takes are multiples of this. */
  readonly multiple: number;
  /** What it does; then what its sources do not promise. */
  readonly does: NonEmpty<Told>;
  readonly limits: readonly Told[];
  /** The way of the picture. */
  readonly input: readonly Told[];
  readonly model: readonly Told[];
  readonly output: readonly Told[];
  /** Published figures, shown beside Limpid's own. */
  readonly figures: readonly string[];
  /** What is told instead when an imported file brings another network. */
  readonly others?: Readonly<Record<string, Pick<ModelStory, 'model' | 'figures'>>>;
}

const liif = { task: 'enlarge', paper: 'liif-paper', code: 'liif-code', multiple: 1 } as const;
const mimo = { task: 'deblur', paper: 'mimo-paper', code: 'mimo-code', multiple: 4 } as const;

const STORIES: Readonly<Record<ModelId, ModelStory>> = {
  'liif-edsr': {
    ...liif,
    id: 'liif-edsr',
    name: 'LIIF-EDSR',
    network: 'liif-edsr',
    does: ['L1'],
    limits: ['L10', 'L11'],
    input: ['L16'],
    model: ['L2', 'E1', 'L4', 'L3', 'L6', 'L5'],
    output: [],
    figures: ['E3'],
  },
  'liif-rdn': {
    ...liif,
    id: 'liif-rdn',
    name: 'LIIF-RDN',
    network: 'liif-rdn',
    does: ['L1'],
    limits: ['L10', 'L11'],
    input: ['L16'],
    model: ['L2', 'R1', 'L4', 'L3', 'L6', 'L5'],
    output: [],
    figures: ['R3', 'R8'],
  },
  'mimo-unet-realblur': {
    ...mimo,
    id: 'mimo-unet-realblur',
    name: 'MIMO-UNet RealBlur',
    network: 'mimo-unet',
    does: ['M1', 'M2'],
    limits: ['M12', 'M16', 'M18', 'Q4'],
    input: ['M20', 'M19'],
    model: ['M4', 'M6', 'M7', 'P1', 'M8'],
    output: ['M9'],
    figures: ['P2'],
    others: { 'mimo-unet-plus': { model: ['M4', 'M6', 'M7', 'Q1', 'M8'], figures: ['Q5'] } },
  },
  'mimo-unet-plus': {
    ...mimo,
    id: 'mimo-unet-plus',
    name: 'MIMO-UNet+',
    network: 'mimo-unet-plus',
    does: ['M1', 'M2'],
    limits: ['M12', 'M16', 'M18'],
    input: ['M20', 'M19'],
    model: ['M4', 'M6', 'M7', 'Q1', 'M8'],
    output: ['M9'],
    figures: ['Q2'],
  },
  'mssnet-realblur-r': {
    task: 'deblur',
    paper: 'mssnet-paper',
    code: 'mssnet-code',
    multiple: 16,
    id: 'mssnet-realblur-r',
    name: 'MSSNet RealBlur-R',
    network: 'mssnet',
    does: ['S1', 'S10'],
    limits: ['S14', 'S24', 'S22'],
    input: ['S21', 'S20'],
    model: ['S3', 'S6', 'S5', 'S7', 'S8'],
    output: [],
    figures: ['S16'],
  },
};

/** The models of which somebody has read. */
export const STORIED: readonly ModelId[] = Object.keys(STORIES);

/** What is told of a model: as it is written above, else what its manifest says; undefined where there is neither. */
function storyIn(id: ModelId, models: readonly Manifest[]): ModelStory | undefined {
  const manifest = models.find((candidate) => candidate.id === id);
  return STORIES[id] ?? (manifest === undefined ? undefined : plainStory(manifest));
}

/** @throws RangeError for a model without story and manifest: no recipe and no report has one. */
export function theStory(id: ModelId, models: readonly Manifest[]): ModelStory {
  const story = storyIn(id, models);
  if (story === undefined) throw new RangeError(`There is no model ${id}.`);
  return story;
}

/** The models of which anything is known. */
export const knownModels = (models: readonly Manifest[]): readonly ModelId[] =>
  MODEL_IDS.filter((id) => storyIn(id, models) !== undefined);

export const modelsOf = (task: Task, models: readonly Manifest[]): readonly ModelId[] =>
  MODEL_IDS.filter((id) => storyIn(id, models)?.task === task);

/** The name as the manifest has it, which is the name in the picker. */
export const nameOf = (id: ModelId, models: readonly Manifest[]): string =>
  models.find((manifest) => manifest.id === id)?.name ?? STORIES[id]?.name ?? id;
