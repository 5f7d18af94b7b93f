import type { NetworkId } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';

/** The model whose manifest and graph run a network. */
export const GRAPH_MODEL: Readonly<Record<NetworkId, ModelId>> = {
  'liif-edsr': 'liif-edsr',
  'liif-rdn': 'liif-rdn',
  'mimo-unet': 'mimo-unet-realblur',
  'mimo-unet-plus': 'mimo-unet-plus',
  mssnet: 'mssnet-realblur-r',
};

/**
 * The model that an imported file stands in for. What a network was trained on cannot be told from its tensors: a
 * MIMO-UNet+ goes to MIMO-UNet RealBlur when its file's name says RealBlur (the authors publish their RealBlur weights
 * only in the + size), any other to MIMO-UNet+. The small MIMO-UNet has one model, whatever its file was trained on,
 * which is why the record keeps the file's name.
 */
export function targetModel(network: NetworkId, fileName: string): ModelId {
  const realBlur = /real[\s_.-]*blur/i.test(fileName);
  return network === 'mimo-unet-plus' && realBlur ? 'mimo-unet-realblur' : GRAPH_MODEL[network];
}
