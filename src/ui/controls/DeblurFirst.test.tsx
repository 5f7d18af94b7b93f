import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { testFile, testManifest } from '../../evidence/fixtures.ts';
import type * as Store from '../../state/store.ts';
import { set } from '../../state/store.ts';
import { DeblurFirst } from './DeblurFirst.tsx';

// Drawn as on a server, a component would see the store as it was at first.
vi.mock('../../state/store.ts', async (original) => {
  const store = await original<typeof Store>();
  return { ...store, useLimpid: (select: (state: ReturnType<typeof store.get>) => unknown) => select(store.get()) };
});

it('names the file that a model runs with, and which is a copy', () => {
  const file = testFile('mssnet-realblur-r');
  const plus = testManifest('mimo-unet-plus');
  const list = [
    testManifest('liif-edsr'),
    testManifest('mimo-unet-realblur'),
    { ...plus, training: { ...plus.training, sameAs: 'mimo-unet-realblur' as const } },
    testManifest('mssnet-realblur-r'),
  ].map((manifest) => ({
    manifest,
    download: 0,
    weights: manifest.id === file.model ? [file] : [],
    chosen: manifest.id === file.model ? file.id : 'limpid',
  }));
  set({ models: { kind: 'ready', list } });
  const options = renderToStaticMarkup(<DeblurFirst />).matchAll(/<option[^>]*>([^<]*)/gu);
  expect(Array.from(options, ([, text]) => text)).toEqual([
    'MIMO-UNet RealBlur',
    'MIMO-UNet+ (same picture, slower)',
    'MSSNet RealBlur-R (with mine.pth)',
  ]);
});
