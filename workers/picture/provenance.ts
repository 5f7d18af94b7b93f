import { utf8 } from './bytes.ts';
import { withoutOutdated } from './xmp.ts';

/** How a picture was restored, as its metadata records it. */
export interface Provenance {
  /** Limpid's version. */
  readonly version: string;
  readonly steps: readonly ProvenanceStep[];
  /** ISO 8601. */
  readonly date: string;
}

export interface ProvenanceStep {
  readonly model: string;
  readonly scale: number;
  readonly weightsName: string;
  readonly weightsSha256: string;
  readonly quality: string;
}

const NAMESPACE = 'https://limpid.invalid/ns/1.0/';
/** IPTC's term for a picture that an algorithm has altered (Digital Source Type NewsCodes). */
const SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced';

/** Text for an XML attribute or element: markup escaped, characters that XML 1.0 forbids left out. */
const escape = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- XML 1.0 allows none of these, even escaped
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const DESCRIPTION =
  `<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ` +
  `xmlns:limpid="${NAMESPACE}">`;

/** `earlier`: steps of restorations before this one, as `earlierSteps` gives them. */
function describe(provenance: Provenance, sourceName: string, earlier: string): string {
  const tool = escape(`Limpid ${provenance.version}`);
  const steps = provenance.steps
    .map(
      (step) =>
        `<rdf:li rdf:parseType="Resource"><limpid:model>${escape(step.model)}</limpid:model><limpid:scale>${step.scale}</limpid:scale>` +
        `<limpid:quality>${escape(step.quality)}</limpid:quality><limpid:weights>${escape(step.weightsName)}</limpid:weights>` +
        `<limpid:weightsSha256>${escape(step.weightsSha256)}</limpid:weightsSha256></rdf:li>`,
    )
    .join('');
  return (
    `${DESCRIPTION}<xmp:CreatorTool>${tool}</xmp:CreatorTool><xmp:MetadataDate>${escape(provenance.date)}</xmp:MetadataDate>` +
    `<Iptc4xmpExt:DigitalSourceType>${SOURCE_TYPE}</Iptc4xmpExt:DigitalSourceType><limpid:restored>True</limpid:restored>` +
    `<limpid:version>${escape(provenance.version)}</limpid:version><limpid:source>${escape(sourceName)}</limpid:source>` +
    `<limpid:steps><rdf:Seq>${earlier}${steps}</rdf:Seq></limpid:steps></rdf:Description>`
  );
}

/** Steps as `describe` writes them, from a packet of an earlier restoration; in any other form they are not repeated. */
function earlierSteps(packet: string): string {
  const steps = /<limpid:steps><rdf:Seq>([\s\S]*?)<\/rdf:Seq><\/limpid:steps>/.exec(packet)?.[1] ?? '';
  const own = /^(?:<rdf:li rdf:parseType="Resource">(?:<limpid:(\w+)>[^<>]*<\/limpid:\1>)+<\/rdf:li>)+$/;
  return own.test(steps) ? steps : '';
}

/** Bytes. One JPEG segment holds 65,502 of XMP; a source's packet is only joined where the sum surely fits. */
const LARGEST_PACKET = 60_000;

/**
 * The XMP packet of a restored picture: model, scale, quality, weights with their SHA-256, Limpid's version and IPTC's
 * "algorithmically enhanced". The source's own packet (title, author, rights) is kept around it, without its position
 * unless `keepLocation`, and without what no longer holds; steps of an earlier restoration stand before the new ones.
 */
export function provenancePacket(
  provenance: Provenance,
  sourceName: string,
  source: string | null,
  keepLocation: boolean,
): { packet: string; joined: boolean } {
  if (source !== null) {
    const own = describe(provenance, sourceName, earlierSteps(source));
    const kept = (withoutOutdated(source, keepLocation) ?? '').replaceAll(`${DESCRIPTION}</rdf:Description>`, '');
    const end = kept.lastIndexOf('</rdf:RDF>');
    const begin = kept.indexOf('<x:xmpmeta');
    const close = kept.indexOf('</x:xmpmeta>', end);
    if (end > 0 && begin >= 0 && close > end) {
      const packet = wrap(kept.slice(begin, end) + own + kept.slice(end, close + '</x:xmpmeta>'.length));
      if (utf8(packet).length < LARGEST_PACKET) return { packet, joined: true };
    }
  }
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${describe(provenance, sourceName, '')}</rdf:RDF>`;
  return { packet: wrap(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${rdf}</x:xmpmeta>`), joined: source === null };
}

/** The packet's fixed frame (XMP specification, part 1, 7.3); read-only, so no padding. */
const wrap = (body: string): string =>
  `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>${body}<?xpacket end="r"?>`;
