import type { NetworkId } from '../../../contract/manifest.ts';
import { liifEdsrLayout, liifRdnLayout } from './liif.ts';
import { mimoUnetLayout } from './mimo-unet.ts';
import { mssnetLayout } from './mssnet.ts';

/** Tensor names of a network's inference part, as the authors' state dicts have them, and their shapes in PyTorch's order. */
export type Layout = ReadonlyMap<string, readonly number[]>;

export const LAYOUTS: Readonly<Record<NetworkId, () => Layout>> = {
  'liif-edsr': liifEdsrLayout,
  'liif-rdn': liifRdnLayout,
  'mimo-unet': () => mimoUnetLayout(8),
  'mimo-unet-plus': () => mimoUnetLayout(20),
  mssnet: mssnetLayout,
};

/** Names for the person. */
export const NETWORK_NAMES: Readonly<Record<NetworkId, string>> = {
  'liif-edsr': 'LIIF-EDSR',
  'liif-rdn': 'LIIF-RDN',
  'mimo-unet': 'MIMO-UNet',
  'mimo-unet-plus': 'MIMO-UNet+',
  mssnet: 'MSSNet',
};
