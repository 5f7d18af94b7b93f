import { describe, expect, it } from 'vitest';
import { concat, latin1, utf8 } from './bytes.ts';
import { readBmp } from './containers/bmp.ts';
import { readGif } from './containers/gif.ts';
import { readIcon, readJpegXl } from './containers/other.ts';
import { readSvg } from './containers/svg.ts';
import { readWebp } from './containers/webp.ts';
import { checkSize } from './limits.ts';
import { misnamed } from './metadata.ts';
import { sniff } from './sniff.ts';

const ftyp = (...brands: string[]): Uint8Array =>
  concat([
    Uint8Array.of(0, 0, 0, 8 + 4 * (brands.length + 1)),
    latin1(`ftyp${brands[0] ?? ''}`),
    new Uint8Array(4),
    ...brands.slice(1).map(latin1),
  ]);

describe('told by content', () => {
  it.each([
    [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'png'],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'jpeg'],
    [latin1('GIF89a'), 'gif'],
    [latin1('RIFF\x10\0\0\0WEBPVP8 '), 'webp'],
    [ftyp('avif', 'mif1', 'miaf'), 'avif'],
    [ftyp('mif1', 'avif'), 'avif'],
    [ftyp('heic', 'mif1'), 'heic'],
    [ftyp('mif1', 'heic'), 'heic'],
    [latin1('II*\0\x08\0\0\0'), 'tiff'],
    [latin1('MM\0*\0\0\0\x08'), 'tiff'],
    [latin1('BM\x46\0\0\0\0\0\0\0\x36\0\0\0'), 'bmp'],
    [latin1('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'],
    [
      utf8(
        '\uFEFF<?xml version="1.0"?>\n<!-- a > comment -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg:svg/>',
      ),
      'svg',
    ],
    [Uint8Array.of(0xff, 0x0a, 0, 0), 'other'],
  ])('case %#', (bytes, kind) => {
    expect(sniff(bytes)).toMatchObject({ picture: true, kind });
  });

  it.each([
    [latin1('%PDF-1.7'), /PDF/],
    [latin1('PK\x03\x04...'), /ZIP/],
    [latin1('<!DOCTYPE html><html><svg></svg>'), /HTML/],
    [latin1('<note><svg/></note>'), /XML/],
    [latin1('Hello, I am a text.\n'), /text/],
    [latin1('BMP is a format, says this text.'), /text/],
    [utf8('größer und schöner'), /text/],
    [latin1('{"a": [1, 2]}'), /text/],
    [ftyp('isom', 'mp42'), /video/],
    [latin1('RIFF\x10\0\0\0AVI LIST'), /video/],
    [latin1('8BPS\0\x01'), /Photoshop/],
    [Uint8Array.from({ length: 300 }, (_, at) => (at * 73 + 5) & 255), /no picture format/],
    [new Uint8Array(64), /no picture format/],
  ])('foreign %#', (bytes, what) => {
    const result = sniff(bytes);
    expect(result.picture ? result.kind : result.what).toMatch(what);
  });

  it('tells when a name promises another kind', () => {
    expect(misnamed('a.PNG', { picture: true, kind: 'jpeg', mime: '' }).join()).toMatch(/\.png, but the file is JPEG/);
    for (const name of ['a.jpg', 'a.jfif', 'a', 'a.b.JPEG', 'a.xyz'])
      expect(misnamed(name, { picture: true, kind: 'jpeg', mime: '' })).toEqual([]);
  });
});

describe('sizes from headers', () => {
  it('refuses bombs, empty pictures and long sides', () => {
    expect(() => checkSize({ width: 65536, height: 65536 })).toThrow(
      /65,536 × 65,536 pixels \(4,295 megapixels\); browsers can hold up to 120 megapixels/,
    );
    expect(() => checkSize({ width: 0, height: 5 })).toThrow(/nothing in it/);
    expect(() => checkSize({ width: 40000, height: 10 })).toThrow(/32,767 pixels a side/);
    checkSize({ width: 12000, height: 10000 });
  });

  it('reads GIF’s size and frames and tells a cut one', () => {
    const frame = Uint8Array.of(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0);
    const screen = concat([latin1('GIF89a'), Uint8Array.of(7, 0, 5, 1, 0x80, 0, 0), new Uint8Array(6)]);
    const gif = concat([screen, Uint8Array.of(0x21, 0xf9, 4, 0, 0, 0, 0, 0), frame, frame, frame, Uint8Array.of(0x3b)]);
    expect(readGif(gif)).toMatchObject({ width: 7, height: 261, frames: 3 });
    expect(readGif(gif.slice(0, gif.length - 5))).toMatchObject({ frames: 3 });
    expect(() => readGif(concat([screen, frame.slice(0, 12)]))).toThrow(/cut off/);
  });

  it('reads BMP’s size, upside down or not', () => {
    const bmp = new Uint8Array(54 + 12 * 2);
    const view = new DataView(bmp.buffer);
    bmp.set(latin1('BM'));
    view.setUint32(10, 54, true);
    view.setUint32(14, 40, true);
    view.setInt32(18, 3, true);
    view.setInt32(22, -2, true);
    view.setUint16(28, 24, true);
    expect(readBmp(bmp)).toMatchObject({ width: 3, height: 2 });
    expect(() => readBmp(bmp.slice(0, 60))).toThrow(/cut off/);
    view.setUint16(28, 13, true);
    expect(() => readBmp(bmp)).toThrow(/13 bits/);
    view.setUint16(28, 0, true);
    view.setUint32(30, 5, true);
    expect(() => readBmp(bmp)).toThrow(/wraps a JPEG or PNG/);
  });

  it('reads JPEG XL’s size from files that cjxl wrote', () => {
    const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    // 61 x 43 in full, 64 x 48 in eighths with a ratio of 4:3, 3000 x 700.
    expect(readJpegXl(hex('ff0a5001788005c5850808100084024b2823731b57ab3b12'))).toMatchObject({
      width: 61,
      height: 43,
    });
    expect(readJpegXl(hex('ff0acb404071210802010064004b188b1500d41f6330fe2f'))).toMatchObject({
      width: 64,
      height: 48,
    });
    expect(readJpegXl(hex('ff0ada15e8768180e242080201006000000000001cc0011c'))).toMatchObject({
      width: 3000,
      height: 700,
    });
    const bare = hex('ff0a5001788005c5850808100084024b2823731b57ab3b12');
    const boxed = concat([
      Uint8Array.of(0, 0, 0, 12),
      latin1('JXL '),
      Uint8Array.of(13, 10, 0x87, 10),
      Uint8Array.of(0, 0, 0, 8 + bare.length),
      latin1('jxlc'),
      bare,
    ]);
    expect(readJpegXl(boxed)).toMatchObject({ width: 61, height: 43 });
    expect(() => readJpegXl(bare.slice(0, 5))).toThrow(/cut off/);
  });

  it('reads the largest picture of an icon, where 0 means 256', () => {
    const icon = new Uint8Array(6 + 32);
    icon.set([0, 0, 1, 0, 2, 0, 16, 16], 0);
    expect(readIcon(icon)).toMatchObject({ width: 256, height: 256 });
    expect(() => readIcon(icon.slice(0, 30))).toThrow(/cut off/);
  });

  it('tells a cut WebP', () => {
    expect(() =>
      readWebp(concat([latin1('RIFF'), Uint8Array.of(0, 1, 0, 0), latin1('WEBPVP8L'), new Uint8Array(60)])),
    ).toThrow(/cut off/);
  });
});

describe('SVG', () => {
  const read = (markup: string) => readSvg(utf8(markup));

  it.each([
    ['<svg width="40" height="30"/>', 40, 30],
    ["<svg width='1in' height='2.54cm'/>", 96, 96],
    ['<svg viewBox="0 0 200 50"/>', 200, 50],
    ['<svg viewBox="0,0,200,50" width="100"/>', 100, 25],
    ['<svg viewBox="0 0 200 50" height="25px"/>', 100, 25],
    ['<svg width="100%" height="100%" viewBox="0 0 30 20"/>', 30, 20],
    ['<svg/>', 300, 150],
    ['<svg width="0.2" height="10.4"/>', 1, 10],
    ['<svg width="0" height="10"/>', 0, 10],
  ])('%s is %i x %i', (markup, width, height) => {
    expect(read(markup).header).toMatchObject({ width, height });
  });

  it('states its size on the root and keeps the rest', () => {
    const { markup } = read(
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><g><svg width="1"/></g></svg>',
    );
    expect(markup).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2" width="4" height="2"><g><svg width="1"/></g></svg>',
    );
  });

  it('takes out scripts, handlers, foreign HTML and references to elsewhere', () => {
    const { markup, header } = read(
      '<svg onload="alert(1)"><script>fetch("x")</script><foreignObject><b/></foreignObject><image href="https://example.org/a.png"/>' +
        '<use xlink:href="#here"/><image href="data:image/png;base64,AAAA"/><style>@import url(https://example.org/x.css); a { fill: url(#g); b: url("http://x/y") }</style></svg>',
    );
    expect(markup).not.toMatch(/script|onload|foreignObject|example\.org|http:\/\/x|@import/);
    expect(markup).toContain('#here');
    expect(markup).toContain('data:image/png;base64,AAAA');
    expect(markup).toContain('url(#g)');
    expect(header.notes.join()).toMatch(/taken out/);
    expect(read('<svg width="1" height="1"/>').header.notes).toEqual([]);
  });

  it.each([
    `'#g'`,
    '&quot;#g&quot;',
    '&apos;#g&apos;',
    '&#34;#g&#34;',
    '&#39; #g&#39;',
    '&#x22;data:image/png,x&#x22;',
  ])('keeps a reference to itself quoted as url(%s)', (address) => {
    const { markup, header } = read(`<svg width="1" height="1"><path style="fill: url( ${address} )"/></svg>`);
    expect(markup).toContain(address);
    expect(header.notes).toEqual([]);
  });

  it.each([
    '&quot;http://x/y#g&quot;',
    '&#34;//x/y&#34;',
    '""http://x/y"',
    '&quot;&quot;#http://x/y',
    'http://x/y#g',
    '"http://x/y)"',
  ])('takes out a reference to elsewhere written as url(%s)', (address) => {
    expect(read(`<svg width="1" height="1"><path style='fill: url(${address})'/></svg>`).markup).not.toContain('url(');
  });

  it('reads the encoding that it declares', () => {
    const declared = (label: string, rest: readonly number[]): Uint8Array =>
      concat([
        latin1(`<?xml version="1.0" encoding="${label}"?><svg width="1" height="1"><text>`),
        Uint8Array.from(rest),
        latin1('</text></svg>'),
      ]);
    expect(readSvg(declared('ISO-8859-1', [0xfc])).markup).toContain('<text>ü<');
    expect(readSvg(declared('windows-1251', [0xff])).markup).toContain('<text>я<');
    for (const label of ['UTF-8', 'UTF-16', 'no-such-code'])
      expect(readSvg(declared(label, [0xc3, 0xbc])).markup).toContain('<text>ü<');
    const wide = '\uFEFF<?xml version="1.0" encoding="UTF-16"?><svg width="1" height="1"><text>ü</text></svg>';
    expect(readSvg(Buffer.from(wide, 'utf16le')).markup).toContain('<text>ü<');
  });

  it('resolves plain entities and refuses nested ones', () => {
    const named = '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;" width="2" height="2"/>';
    expect(read(named).markup).toContain('xmlns="http://www.w3.org/2000/svg"');
    const laughs = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>';
    expect(() => read(laughs)).toThrow(/entities/);
  });
});
