import type { Manifest, NetworkId } from '../../contract/manifest.ts';
import type { ModelId, Task } from '../../contract/models.ts';
import type { SourceId } from './sources.ts';
import type { NonEmpty } from './types.ts';

/** What the panel tells of a model: its sources, and claims by id in the order in which they are read. */
export interface ModelStory {
  readonly id: ModelId;
  readonly name: string;
  readonly task: Task;
  /** The network of Limpid's own weights. */
  readonly network: NetworkId;
  readonly paper: SourceId;
  readonly code: SourceId;
  /** Sides that the network takes are multiples of this. */
  readonly multiple: number;
  /** What it does; then what its sources do not promise. */
  readonly does: NonEmpty<string>;
  readonly limits: readonly string[];
  /** The way of the picture. */
  readonly input: readonly string[];
  readonly model: readonly string[];
  readonly output: readonly string[];
  /** Published figures, shown beside Limpid's own. */
  readonly figures: readonly string[];
  /** What is told instead when an imported file brings another network. */
  readonly others?: Readonly<Partial<Record<NetworkId, Pick<ModelStory, 'model' | 'figures'>>>>;
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

export const theStory = (id: ModelId): ModelStory => STORIES[id];

/** The name as the manifest has it, which is the name in the picker. */
export const nameOf = (id: ModelId, models: readonly Manifest[]): string =>
  models.find((manifest) => manifest.id === id)?.name ?? STORIES[id].name;
