import { expect, it } from 'vitest';
import { targetModel } from './target.ts';

it.each([
  ['liif-edsr', 'edsr-baseline-liif.pth', 'liif-edsr'],
  ['liif-rdn', 'rdn-liif.pth', 'liif-rdn'],
  ['mimo-unet-plus', 'MIMO-UNetPlus.pkl', 'mimo-unet-plus'],
  ['mimo-unet-plus', 'MIMO-UNetPlus_RealBlur.pkl', 'mimo-unet-realblur'],
  ['mimo-unet-plus', 'realblur-j.pkl', 'mimo-unet-realblur'],
  ['mimo-unet-plus', 'Real Blur (1).pkl', 'mimo-unet-realblur'],
  ['mimo-unet-plus', 'model.pkl', 'mimo-unet-plus'],
  ['mimo-unet', 'MIMO-UNet.pkl', 'mimo-unet-realblur'],
  ['mimo-unet', 'gopro.pkl', 'mimo-unet-realblur'],
  ['mssnet', 'model_03000E.pt', 'mssnet-realblur-r'],
  ['mssnet', 'realblur.pt', 'mssnet-realblur-r'],
  ['liif-edsr', 'realblur.pth', 'liif-edsr'],
] as const)('%s in %s goes to %s', (network, file, model) => expect(targetModel(network, file)).toBe(model));
