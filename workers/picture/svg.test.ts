import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.ts';
import { HeaderError } from './containers/header.ts';
import { readSvg } from './containers/svg.ts';

const ROOT = '<svg width="2" height="2">';

describe('what is taken out of an SVG', () => {
  const read = (inside: string) => readSvg(utf8(`${ROOT}${inside}</svg>`));

  it.each([
    ['a script in a script', '<script><script>1</script></script><g/>', '<g/>'],
    ['a script with a prefix and an arrow', '<x:script a="/>">1</x:script ><g/>', '<g/>'],
    ['a script that ends where it begins', '<script href="a"/><g/>', '<g/>'],
    ['foreign HTML in a group', '<g><foreignObject><p>1</p></foreignObject></g>', '<g></g>'],
    ['a style sheet', '<?xml-stylesheet href="a"?><g/>', '<g/>'],
    ['a handler and an address', '<g onclick=\'a\' xlink:href="//b" id="c"/>', '<g id="c"/>'],
  ])('%s', (_, inside, left) => {
    const { markup, header } = read(inside);
    expect(markup).toContain(`>${left}</svg>`);
    expect(header.notes).toHaveLength(1);
  });

  it.each(['<!-- <script -->', '<![CDATA[<script>]]>', '<text>What url( is</text>'])(
    'nothing of what only looks like it: %s',
    (inside) => {
      const { markup, header } = read(inside);
      expect(markup).toContain(inside);
      expect(header.notes).toEqual([]);
    },
  );
});

/** The square of such a length would take longer than a test may. */
describe('an SVG that was made to take long', () => {
  const many = 100_000;
  it.each([
    ['scripts that do not end', ROOT + '<script '.repeat(many), 'its markup is cut off or broken'],
    ['style sheets', ROOT + '<?xml-stylesheet '.repeat(many), 'its markup is cut off or broken'],
    ['declarations', '<!DOCTYPE'.repeat(many) + ROOT, 'its root element is broken'],
    ['declarations with entities', '<!DOCTYPE['.repeat(many) + ROOT, 'its markup is cut off or broken'],
    ['roots', '<svg '.repeat(many), 'its markup is cut off or broken'],
  ])('(%s) is refused', (_, markup, why) => {
    const read = () => readSvg(utf8(markup));
    expect(read).toThrow(HeaderError);
    expect(read).toThrow(`is a damaged SVG: ${why}.`);
  });

  it.each([
    ['scripts that are not closed', ROOT + '<script>'.repeat(many), ROOT],
    ['scripts of many names', ROOT + Array.from({ length: many }, (_, i) => `<a${i}:script>`).join(''), ROOT],
    ['addresses', `${ROOT}${'url('.repeat(many)}</svg>`, `${ROOT}${'url('.repeat(many)}</svg>`],
    ['an address far away', `${ROOT}url(${' '.repeat(many)})</svg>`, `${ROOT}none</svg>`],
    ['a number of many digits', `<svg width="${'1'.repeat(many)}!"/>`, '<svg width="300" height="150"/>'],
  ])('(%s) is read', (_, markup, left) => {
    const read = readSvg(utf8(markup)).markup.replace(' xmlns="http://www.w3.org/2000/svg"', '');
    // Not toBe: a message with such a text in it would itself take long.
    expect(read === left).toBe(true);
  });
});
