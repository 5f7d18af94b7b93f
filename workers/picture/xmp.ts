/**
 * Properties that say where a picture was taken. A prefix is the writer's choice, and drones have namespaces of their own
 * (drone-dji:GpsLatitude, its misspelt GpsLongtitude, drone-parrot's, Google's), so the local name decides.
 */
const LOCATION =
  '(?!xmlns:)[\\w-]+:(?:\\w*(?:[Gg][Pp][Ss]|[Ll]atitude|[Ll]ongt?itude|[Aa]ltitude)\\w*|Location\\w*|City|State|Country\\w*)';

/** Properties that no longer hold or that the description of the restoration states itself. */
const OUTDATED =
  'tiff:Orientation|tiff:ImageWidth|tiff:ImageLength|exif:PixelXDimension|exif:PixelYDimension|(?:xmp|xap):CreatorTool|' +
  '(?:xmp|xap):MetadataDate|Iptc4xmpExt:DigitalSourceType|limpid:\\w+';

/** Takes properties out of an RDF packet in each of their forms: attribute, element, empty element. */
function without(packet: string, names: string): string {
  return packet
    .replace(new RegExp(`\\s(?:${names})\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'g'), '')
    .replace(new RegExp(`<(${names})(?:\\s[^>]*)?/>`, 'g'), '')
    .replace(new RegExp(`<(${names})(?:\\s[^>]*)?>[\\s\\S]*?</\\1\\s*>`, 'g'), '');
}

/** The packet without what no longer holds after a restoration, and without its place unless `keepLocation`. */
export const withoutOutdated = (packet: string, keepLocation: boolean): string =>
  without(packet, keepLocation ? OUTDATED : `${OUTDATED}|${LOCATION}`);

/** Whether the packet says where the picture was taken; the version of the GPS fields alone says nothing. */
export const xmpHasLocation = (packet: string): boolean =>
  new RegExp(`[\\s<](?!exif:GPSVersionID)(?:${LOCATION})[\\s=/>]`).test(packet);
