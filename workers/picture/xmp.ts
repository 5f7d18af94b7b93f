import { ATTRIBUTES, tokens } from './xml.ts';

/**
 * Properties that say where a picture was taken. A prefix is the writer's choice, and drones have namespaces of their own
 * (drone-dji:GpsLatitude, its misspelt GpsLongtitude, drone-parrot's, Google's), so the local name decides.
 */
const LOCATION =
  /gps|latitude|longt?itude|altitude|location|^(?:City|State|ProvinceState|WorldRegion|Country\w*|lat|long?|lat_long)$/i;
const isLocation = (name: string): boolean =>
  !name.startsWith('xmlns:') && LOCATION.test(name.slice(name.indexOf(':') + 1));

/** Properties that no longer hold or that the description of the restoration states itself. */
const OUTDATED =
  /^(?:tiff:(?:Orientation|ImageWidth|ImageLength)|exif:Pixel[XY]Dimension|(?:xmp|xap):(?:CreatorTool|MetadataDate)|Iptc4xmpExt:DigitalSourceType|limpid:\w+)$/;

/**
 * Takes properties out of an RDF packet in each of their forms: attribute, element, empty element. Comments go too, as they
 * may hold anything. Null when the packet is not well-formed: what another reader would find in it is not known.
 */
function without(packet: string, unwanted: (name: string) => boolean): string | null {
  const open: string[] = [];
  let kept = '';
  /** How many elements are open around the unwanted one that is being left out. */
  let outside = Infinity;
  for (const token of tokens(packet)) {
    if (token === null) return null;
    const [text, closed, opened, attributes = '', , slash] = token;
    if (opened !== undefined) {
      if (outside === Infinity && unwanted(opened)) outside = open.length;
      open.push(opened);
    }
    if (outside === Infinity && !text.startsWith('<!--')) {
      const rest = attributes.replace(ATTRIBUTES, (all, name: string) => (unwanted(name) ? '' : all));
      kept += text.replace(attributes, () => rest);
    }
    if (closed !== undefined || slash === '/') {
      const last = open.pop();
      if (closed !== undefined && closed !== last) return null;
      if (open.length === outside) outside = Infinity;
    }
  }
  return open.length === 0 ? kept : null;
}

/**
 * The packet without what no longer holds after a restoration, and without its place unless `keepLocation`; null when it is
 * not well-formed XML.
 */
export const withoutOutdated = (packet: string, keepLocation: boolean): string | null =>
  without(packet, (name) => OUTDATED.test(name) || (!keepLocation && isLocation(name)));

/** Whether the packet says where the picture was taken; the version of the GPS fields alone says nothing. */
export function xmpHasLocation(packet: string): boolean {
  const tells = (name = ''): boolean => isLocation(name) && name !== 'exif:GPSVersionID';
  for (const token of tokens(packet)) {
    const attributes = [...(token?.[3] ?? '').matchAll(ATTRIBUTES)];
    if (tells(token?.[2]) || attributes.some(([, name]) => tells(name))) return true;
  }
  return false;
}
