import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { KeysList } from './KeysDialog.tsx';

const off = (characters: 'on' | 'off'): readonly string[] =>
  Array.from(
    renderToStaticMarkup(<KeysList characters={characters} />).matchAll(/<div class="keys-off">(.*?)<\/div>/gu),
    ([, row = '']) => row.replaceAll(/<[^>]*>/gu, ''),
  );

it('keys of one character that are switched off say so in the list, and no others', () => {
  expect(off('on')).toEqual([]);
  const rows = [
    '+−zoom in, zoom out',
    '0fit to the window',
    '1100 %',
    'Ffull window',
    'Cwhat changed',
    '[]previous, next picture',
    'Ddownload',
    '?this list',
  ];
  expect(off('off')).toEqual(rows.map((row) => `${row} (off)`));
});
