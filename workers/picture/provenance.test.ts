import { load as readTags } from 'exifreader';
import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.ts';
import { hasLocation } from './metadata.ts';
import { PNG_SIGNATURE, pngChunk, pngXmpChunk } from './containers/png.ts';
import { NO_METADATA } from './containers/header.ts';
import { provenancePacket, type Provenance } from './provenance.ts';

const first: Provenance = {
  version: '1.2.3',
  date: '2026-01-02T03:04:05Z',
  steps: [{ model: 'MIMO-UNet+', scale: 1, weightsName: 'a <b>.pth', weightsSha256: 'a'.repeat(64), quality: 'best' }],
};
const second: Provenance = {
  ...first,
  steps: [{ model: 'LIIF-EDSR', scale: 2.5, weightsName: 'Limpid’s', weightsSha256: 'b'.repeat(64), quality: 'fast' }],
};

const wrapped = (properties: string, attributes = ''): string =>
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  `<rdf:Description rdf:about="" ${attributes}>${properties}</rdf:Description></rdf:RDF></x:xmpmeta>`;

const DRONE = wrapped(
  '<drone-dji:GpsLongitude>+11.5</drone-dji:GpsLongitude><drone-dji:GimbalYawDegree>+3.0</drone-dji:GimbalYawDegree>',
  'xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" drone-dji:GpsLatitude="+48.1" drone-dji:GpsLongtitude="+11.5" ' +
    'drone-dji:AbsoluteAltitude="+520.4" drone-dji:RelativeAltitude="+20.1"',
);
const PRESS = wrapped(
  '<core:CountryCode>DE</core:CountryCode><photoshop:Headline>A bridge</photoshop:Headline>',
  'xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"',
);

describe('a place in XMP', () => {
  it.each([
    ['drone', DRONE, 'GimbalYawDegree>+3.0'],
    ['press', PRESS, 'A bridge'],
  ])('of a %s is seen, dropped, and kept when asked for', (_, packet, other) => {
    expect(hasLocation({ ...NO_METADATA, xmp: packet })).toBe(true);
    const dropped = provenancePacket(first, 'a.jpg', packet, false).packet;
    expect(dropped).not.toMatch(/48\.1|11\.5|520|20\.1|>DE</);
    expect(dropped).toContain(other);
    expect(hasLocation({ ...NO_METADATA, xmp: dropped })).toBe(false);
    expect(provenancePacket(first, 'a.jpg', packet, true).packet).toMatch(/\+48\.1|>DE</);
  });

  it('is not what a namespace or the version of the GPS fields says', () => {
    const packet = wrapped('', 'xmlns:gps="http://example.org/" exif:GPSVersionID="2.3.0.0"');
    expect(hasLocation({ ...NO_METADATA, xmp: packet })).toBe(false);
    expect(provenancePacket(first, 'a.jpg', packet, false).packet).toContain('xmlns:gps=');
  });
});

describe('a picture that was restored before', () => {
  const once = provenancePacket(first, 'a.jpg', wrapped('<xap:CreatorTool>Old</xap:CreatorTool>'), false).packet;
  const twice = provenancePacket(second, 'a-restored.png', once, false).packet;

  it('states each property once', () => {
    for (const property of ['limpid:source', 'limpid:restored', 'limpid:version', 'limpid:steps']) {
      expect(twice.split(`<${property}>`), property).toHaveLength(2);
    }
    expect(twice).toContain('<limpid:source>a-restored.png<');
    expect(twice.match(/CreatorTool>/g)).toHaveLength(2);
    // Nor does an empty description stay behind each time.
    expect(twice.match(/<rdf:Description/g)).toHaveLength(once.match(/<rdf:Description/g)?.length ?? 0);
  });

  it('lists the steps of both, and is XMP that a reader takes', () => {
    const models = [...twice.matchAll(/<limpid:model>([^<]*)</g)].map(([, model]) => model);
    expect(models).toEqual(['MIMO-UNet+', 'LIIF-EDSR']);
    const head = pngChunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0));
    const png = Buffer.concat([PNG_SIGNATURE, head, pngXmpChunk(utf8(twice)), pngChunk('IEND', new Uint8Array(0))]);
    const { xmp } = readTags(png, { expanded: true });
    expect(xmp?.['source']?.value).toBe('a-restored.png');
    expect(xmp?.['steps']?.value).toHaveLength(2);
  });

  it('does not repeat steps in a form that is not its own', () => {
    const foreign = once.replace('<rdf:Seq><rdf:li', '<rdf:Seq>\n<rdf:li');
    expect(provenancePacket(second, 'b.png', foreign, false).packet).not.toContain('MIMO-UNet+');
  });
});

it('joins a packet only where its bytes, not its characters, fit a JPEG segment', () => {
  const sentence = (text: string): string => wrapped(`<dc:description>${text}</dc:description>`);
  expect(provenancePacket(first, 'a.jpg', sentence('a'.repeat(50_000)), false).joined).toBe(true);
  const written = provenancePacket(first, 'a.jpg', sentence('я'.repeat(50_000)), false);
  expect(written.joined).toBe(false);
  expect(utf8(written.packet).length).toBeLessThan(65_502);
});
