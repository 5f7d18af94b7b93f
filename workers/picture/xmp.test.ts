import { describe, expect, it } from 'vitest';
import { provenancePacket } from './provenance.ts';
import { withoutOutdated, xmpHasLocation } from './xmp.ts';

const START = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description';
const END = '</rdf:Description></rdf:RDF></x:xmpmeta>';
const packetOf = (attributes: string, properties: string): string => `${START}${attributes}>${properties}${END}`;
const TITLE = '<dc:title>A > B</dc:title>';

describe('a place', () => {
  it.each([
    ['an attribute', ' photoshop:City="Secret"', ''],
    ['an attribute in single quotes', " photoshop:City = 'Secret'", ''],
    ['an attribute that holds a bracket', ' photoshop:City="Secret > B"', ''],
    ['an element', '', '<photoshop:City\n>Secret</photoshop:City\n>'],
    ['an element without a prefix', '', '<City xmlns="http://ns.adobe.com/photoshop/1.0/">Secret</City>'],
    ['an empty element', '', '<ext:LocationCreated ext:Sublocation="Secret"/>'],
    ['an empty element that holds a bracket', '', '<ext:LocationCreated ext:Sublocation="Secret > B"/>'],
    ['an element of an older list', '', '<core:Location>Secret</core:Location>'],
    ['a structure', '', '<ext:LocationShown><rdf:Bag><rdf:li ext:Sublocation="Secret"/></rdf:Bag></ext:LocationShown>'],
    [
      'an element in one of its own name',
      '',
      '<ext:LocationCreated><rdf:Description><ext:LocationCreated>a</ext:LocationCreated>' +
        '<ext:Event>Secret</ext:Event></rdf:Description></ext:LocationCreated>',
    ],
    ['a prefix with a dot', ' p.s:City="Secret"', '<p.s:State>Secret</p.s:State>'],
    ['a prefix that is not ASCII', ' é:City="Secret"', '<é:City>Secret</é:City>'],
    ['a part of a place', ' ext:Sublocation="Secret"', '<ext:ProvinceState>Secret</ext:ProvinceState>'],
    ['a region', ' ext:WorldRegion="Secret"', ''],
    ['the place of a shot', ' xmpDM:shotLocation="Secret"', ''],
    ['a point', ' geo:lat="Secret"', '<geo:long>Secret</geo:long>'],
  ])('as %s is seen and dropped, and nothing else', (_, attributes, properties) => {
    const packet = packetOf(` dc:format="image/jpeg"${attributes}`, properties + TITLE);
    expect(xmpHasLocation(packet)).toBe(true);
    const left = packetOf(' dc:format="image/jpeg"', TITLE);
    expect(withoutOutdated(packet, false)).toBe(left);
    expect(withoutOutdated(packet, true)).toBe(packet);
    expect(xmpHasLocation(left)).toBe(false);
  });

  it('is not what a text says, nor a namespace', () => {
    const packet = packetOf(' xmlns:gps="g" dc:source=" exif:GPSLatitude=1 "', '<dc:title> City </dc:title>');
    expect(xmpHasLocation(packet)).toBe(false);
    expect(withoutOutdated(packet, false)).toBe(packet);
  });

  it('in a comment goes with the comment, which opens no element', () => {
    const packet = packetOf('', `<!-- <photoshop:City>Secret -->${TITLE}<photoshop:City>Secret</photoshop:City>`);
    expect(withoutOutdated(packet, false)).toBe(packetOf('', TITLE));
  });
});

describe('a packet that is not well-formed', () => {
  it.each([
    ['an element that is not closed', '<photoshop:City>Secret'],
    ['an end without a start', '</dc:title>Secret'],
    ['elements that overlap', '<dc:a><dc:b>Secret</dc:a></dc:b>'],
    ['a bracket in an attribute', '<dc:title dc:x="<photoshop:City>Secret"/>'],
    ['an attribute that does not end', '<dc:title dc:x="Secret/>'],
    ['an end with attributes', '<dc:title>A</dc:title photoshop:City="Secret">'],
    ['a comment that does not end', '<!-- Secret'],
  ])('(%s) is left out of the result', (_, properties) => {
    const packet = packetOf('', properties);
    expect(withoutOutdated(packet, false)).toBeNull();
    const written = provenancePacket({ version: '1', date: '', steps: [] }, 'a.jpg', packet, false);
    expect(written.joined).toBe(false);
    expect(written.packet).not.toContain('Secret');
  });

  it('with entities of its own is left out too', () => {
    const packet = `<!DOCTYPE x [<!ENTITY e "Secret">]>${packetOf('', '<dc:title>&e;</dc:title>')}`;
    expect(withoutOutdated(packet, false)).toBeNull();
  });
});

/** The square of such a length would take longer than a test may. */
describe('a packet that was made to take long', () => {
  const many = 300_000;
  it.each([
    ['attributes', `<a${' b="c"'.repeat(many)}`],
    ['quotes', `<a b="${'" "'.repeat(many)}`],
    ['spaces', `<a${' '.repeat(many)}`],
    ['names', `<a ${'GPS'.repeat(many)}!="c"`],
    ['brackets', '<'.repeat(many)],
    ['comments', '<!--'.repeat(many)],
    ['elements', '<a>'.repeat(many)],
    ['text', `<a b="${'c'.repeat(30 * many)}">`],
  ])('(%s) is not well-formed and tells no place', (_, packet) => {
    expect(withoutOutdated(packet, false)).toBeNull();
    expect(xmpHasLocation(packet)).toBe(false);
  });
});
