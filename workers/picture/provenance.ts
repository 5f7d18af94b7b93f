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

function describe(provenance: Provenance, sourceName: string): string {
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
    `<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ` +
    `xmlns:limpid="${NAMESPACE}"><xmp:CreatorTool>${tool}</xmp:CreatorTool><xmp:MetadataDate>${escape(provenance.date)}</xmp:MetadataDate>` +
    `<Iptc4xmpExt:DigitalSourceType>${SOURCE_TYPE}</Iptc4xmpExt:DigitalSourceType><limpid:restored>True</limpid:restored>` +
    `<limpid:version>${escape(provenance.version)}</limpid:version><limpid:source>${escape(sourceName)}</limpid:source>` +
    `<limpid:steps><rdf:Seq>${steps}</rdf:Seq></limpid:steps></rdf:Description>`
  );
}

/** Properties of the old packet that no longer hold or that the new description states itself. */
const OUTDATED =
  'tiff:Orientation|tiff:ImageWidth|tiff:ImageLength|exif:PixelXDimension|exif:PixelYDimension|xmp:CreatorTool|xmp:MetadataDate|Iptc4xmpExt:DigitalSourceType';
const LOCATION =
  'exif:GPS\\w+|Iptc4xmpExt:Location\\w+|photoshop:City|photoshop:State|photoshop:Country|Iptc4xmpCore:Location';

/** Takes properties out of an RDF packet in each of their forms: attribute, element, empty element. */
function without(packet: string, names: string): string {
  return packet
    .replace(new RegExp(`\\s(?:${names})\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'g'), '')
    .replace(new RegExp(`<(${names})(?:\\s[^>]*)?/>`, 'g'), '')
    .replace(new RegExp(`<(${names})(?:\\s[^>]*)?>[\\s\\S]*?</\\1\\s*>`, 'g'), '');
}

/** One JPEG segment holds 65,502 bytes of XMP; a source's packet is only joined where the sum surely fits. */
const LARGEST_PACKET = 60_000;

/**
 * The XMP packet of a restored picture: model, scale, quality, weights with their SHA-256, Limpid's version and IPTC's
 * "algorithmically enhanced". The source's own packet (title, author, rights) is kept around it, without its position
 * unless `keepLocation`, and without what no longer holds.
 */
export function provenancePacket(
  provenance: Provenance,
  sourceName: string,
  source: string | null,
  keepLocation: boolean,
): { packet: string; joined: boolean } {
  const own = describe(provenance, sourceName);
  if (source !== null) {
    const kept = without(source, keepLocation ? OUTDATED : `${OUTDATED}|${LOCATION}`);
    const end = kept.lastIndexOf('</rdf:RDF>');
    const begin = kept.indexOf('<x:xmpmeta');
    const close = kept.indexOf('</x:xmpmeta>', end);
    if (end > 0 && begin >= 0 && close > end && kept.length + own.length < LARGEST_PACKET) {
      return {
        packet: wrap(kept.slice(begin, end) + own + kept.slice(end, close + '</x:xmpmeta>'.length)),
        joined: true,
      };
    }
  }
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${own}</rdf:RDF>`;
  return { packet: wrap(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${rdf}</x:xmpmeta>`), joined: source === null };
}

/** The packet's fixed frame (XMP specification, part 1, 7.3); read-only, so no padding. */
const wrap = (body: string): string =>
  `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>${body}<?xpacket end="r"?>`;
