import type { NetworkId } from '../../contract/manifest.ts';
import { LimpidError } from '../../contract/result.ts';
import { badCheckpoint, printable, shapeText } from './errors.ts';
import { LAYOUTS, NETWORK_NAMES, type Layout } from './networks/layout.ts';
import { MSSNET_WIDTHS } from './networks/mssnet.ts';
import type { StateDict } from './state-dict.ts';
import type { StoredTensor } from './tensor.ts';

export type Tensors = ReadonlyMap<string, StoredTensor>;

export interface Recognised {
  readonly network: NetworkId;
  /** Every tensor of the state dict, the unused ones too; nothing has been read. */
  readonly tensors: Tensors;
}

/** Sentences about the file's own kind of network, where it is a relative of one of the five but not one of them. */
interface Relative {
  readonly relative: string;
}

/**
 * Finds the network among a checkpoint's dictionaries by names and shapes, and checks that every tensor its inference
 * part needs is there. Tensors that only training used are passed over.
 * @throws LimpidError `unknown-network`, `tensor-missing`, `tensor-shape` or `bad-checkpoint`
 */
export function recognise(dicts: readonly StateDict[]): Recognised {
  for (const { tensors } of dicts) {
    const guess = familyOf(tensors);
    if (guess === null) continue;
    if (typeof guess !== 'string') throw new LimpidError('unknown-network', guess.relative);
    return { network: guess, tensors: checked(guess, tensors) };
  }
  throw new LimpidError('unknown-network', unknownSentence(dicts));
}

/** By names alone, so that a misshapen or missing tensor is later named and not taken for another network. */
function familyOf(tensors: Tensors): NetworkId | Relative | null {
  const names = [...tensors.keys()];
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/^imnet\./) && has(/^encoder\./)) return liifOf(has);
  if (has(/^Encoder\.\d+\.layers\./) && has(/^(?:SCM|FAM)[12]\.|^AFFs\./)) return mimoOf(names);
  if (has(/^E[123]_\d\.encoder_level/) && has(/^D[123]_\d\.decoder_level/)) return mssnetOf(tensors);
  return null;
}

function liifOf(has: (pattern: RegExp) => boolean): NetworkId | Relative {
  if (has(/^encoder\.RDBs\./)) return 'liif-rdn';
  if (has(/^encoder\.body\.\d+\.body\.[02]\.(?:weight|bias)$/)) return 'liif-edsr';
  return { relative: 'This file holds LIIF with another encoder; Limpid has LIIF-EDSR (EDSR-baseline) and LIIF-RDN.' };
}

function mimoOf(names: readonly string[]): NetworkId | Relative {
  const blocks =
    Math.max(...names.map((name) => Number(/^(?:En|De)coder\.\d+\.layers\.(\d{1,4})\./.exec(name)?.[1] ?? -1))) + 1;
  if (blocks === 8) return 'mimo-unet';
  if (blocks === 20) return 'mimo-unet-plus';
  return {
    relative: `This file holds a MIMO-UNet with ${blocks} residual blocks a stage; Limpid has those with 8 (MIMO-UNet) and 20 (MIMO-UNet+).`,
  };
}

/** The authors publish three sizes, named in their README by (wf, scale, vscale). */
const OTHER_MSSNETS: Readonly<Record<string, string>> = {
  '20,60,100': 'small (20/40/40)',
  '80,130,180': 'large (80/50/50)',
};

function mssnetOf(tensors: Tensors): NetworkId | Relative {
  // Several places, so that one misshapen tensor is named as such and does not change the size that is recognised.
  const sizes = ['D1_1', 'D2_1', 'D3_1', 'D3_3'].map((stage) =>
    [1, 2, 3].map((level) => tensors.get(`${stage}.decoder_level${level}.0.body.0.weight`)?.shape[0]).join(','),
  );
  if (sizes.includes(MSSNET_WIDTHS.join(','))) return 'mssnet';
  const other = sizes.find((size) => Object.hasOwn(OTHER_MSSNETS, size));
  if (other === undefined) return 'mssnet';
  return {
    relative: `This file holds the ${OTHER_MSSNETS[other]} MSSNet, and this size has no graph here; Limpid has the middle one (54/42/42).`,
  };
}

function checked(network: NetworkId, tensors: Tensors): Tensors {
  const layout = LAYOUTS[network]();
  const all = network === 'mssnet' ? withSharedSlope(layout, tensors) : tensors;
  for (const [name, shape] of layout) {
    const tensor = all.get(name);
    if (tensor === undefined) {
      throw new LimpidError(
        'tensor-missing',
        `This file looks like ${NETWORK_NAMES[network]} but lacks its tensor "${name}" (${shapeText(shape)}).`,
      );
    }
    if (!sameShape(tensor.shape, shape)) throw shapeError(NETWORK_NAMES[network], name, tensor.shape, shape);
    if (!/^b?float(?:16|32|64)$/.test(tensor.dtype)) {
      throw badCheckpoint(
        `The tensor "${name}" of this file holds ${tensor.dtype} numbers; Limpid reads float16, bfloat16, float32 and float64.`,
      );
    }
  }
  return all;
}

const SLOPE = /\.body\.1\.weight$/;

/** Formats that store each number once (safetensors' save_model) keep a single one of the PReLU's 87 names. */
function withSharedSlope(layout: Layout, tensors: Tensors): Tensors {
  const slopes = [...tensors].filter(([name]) => SLOPE.test(name));
  const only = slopes.length === 1 ? slopes[0]?.[1] : undefined;
  if (only === undefined) return tensors;
  const all = new Map(tensors);
  for (const name of layout.keys()) if (SLOPE.test(name)) all.set(name, only);
  return all;
}

/**
 * MSSNet's graph has one PReLU slope, as the authors' code has: a file in which the blocks' slopes differ is another
 * network, though its names and shapes are the same. Reads 87 numbers.
 * @throws LimpidError `unknown-network`
 */
export async function checkSharedSlope(tensors: Tensors): Promise<void> {
  let first: { readonly name: string; readonly value: number } | null = null;
  for (const [name, tensor] of tensors) {
    if (!SLOPE.test(name)) continue;
    const [value = Number.NaN] = await tensor.read();
    first ??= { name, value };
    if (!Object.is(value, first.value)) {
      throw new LimpidError(
        'unknown-network',
        `This MSSNet has a PReLU slope of its own in each block ("${first.name}" ${first.value}, "${name}" ${value}), where the authors' network shares one.`,
      );
    }
  }
}

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, axis) => side === b[axis]);

export const shapeError = (
  owner: string,
  name: string,
  found: readonly number[],
  wanted: readonly number[],
): LimpidError =>
  new LimpidError(
    'tensor-shape',
    `The tensor "${name}" of this file has the shape ${shapeText(found)}; ${owner} needs ${shapeText(wanted)}.`,
  );

/** What the file holds instead: the names of the largest dictionary's first tensors. */
function unknownSentence(dicts: readonly StateDict[]): string {
  const known = Object.values(NETWORK_NAMES).join(', ');
  const largest = dicts.toSorted((a, b) => b.tensors.size - a.tensors.size)[0];
  if (largest === undefined) return `This file holds no named tensors; Limpid looks for the weights of ${known}.`;
  const names = [...largest.tensors.keys()].slice(0, 3).map((name) => `"${printable(name, 60)}"`);
  const rest = largest.tensors.size > names.length ? ` and ${largest.tensors.size - names.length} more` : '';
  return `This file holds none of Limpid's networks (${known}); its tensors are ${names.join(', ')}${rest}.`;
}
