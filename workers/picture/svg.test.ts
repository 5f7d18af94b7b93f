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

describe('an SVG that was made to take long', () => {
  const many = 100_000;
  it.each([
    ['scripts that do not end', ROOT + '<script '.repeat(many)],
    ['scripts that are not closed', ROOT + '<script>'.repeat(many)],
    ['scripts of many names', ROOT + Array.from({ length: many }, (_, i) => `<a${i}:script>`).join('')],
    ['style sheets', ROOT + '<?xml-stylesheet '.repeat(many)],
    ['declarations', '<!DOCTYPE'.repeat(many) + ROOT],
    ['declarations with entities', '<!DOCTYPE['.repeat(many) + ROOT],
    ['roots', '<svg '.repeat(many)],
    ['addresses', `${ROOT}${'url('.repeat(many)}</svg>`],
    ['an address far away', `${ROOT}url(${' '.repeat(many)})</svg>`],
    ['a number of many digits', `<svg width="${'1'.repeat(many)}!"/>`],
  ])('(%s) takes no longer than its length', (_, markup) => {
    const start = performance.now();
    try {
      readSvg(utf8(markup));
    } catch (error) {
      expect(error).toBeInstanceOf(HeaderError);
    }
    // Fractions of a second; the square of the length would take a minute.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
