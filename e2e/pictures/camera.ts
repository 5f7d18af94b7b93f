import { insertJpegMetadata } from '../../workers/picture/containers/jpeg.ts';
import { makeExif, type TagValue } from '../../workers/picture/testing/exif-maker.ts';
import { bytesOf, colour, HEIGHT, WIDTH } from './files.ts';

/** Where the picture was taken. */
export const PLACE: readonly TagValue[] = [
  { tag: 1, value: 'N' },
  {
    tag: 2,
    value: [
      [48, 1],
      [8, 1],
      [0, 1],
    ],
  },
  { tag: 3, value: 'E' },
  {
    tag: 4,
    value: [
      [11, 1],
      [34, 1],
      [0, 1],
    ],
  },
];

/** What a camera writes: its maker, the time, where it was, and that the picture has to be turned (orientation 6). */
export const CAMERA = makeExif({
  main: [
    { tag: 0x010f, value: 'Limpid Cameras' },
    { tag: 0x0112, value: 6 },
  ],
  exif: [
    { tag: 0x9003, value: '2026:01:02 03:04:05' },
    { tag: 0xa002, value: WIDTH },
    { tag: 0xa003, value: HEIGHT },
  ],
  gps: PLACE,
});

const XMP =
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" ' +
  'exif:GPSLatitude="48,8.0N" tiff:Orientation="6"><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">Held by the photographer</rdf:li></rdf:Alt></dc:rights>' +
  '<exif:GPSLongitude>11,34.0E</exif:GPSLongitude></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>';

/** A photo lying on its side (WIDTH x HEIGHT, to be shown as HEIGHT x WIDTH), with EXIF and an XMP packet of its own. */
export const photo = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const jpeg = await bytesOf(colour().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }));
  return Uint8Array.from(Buffer.concat(insertJpegMetadata(jpeg, CAMERA, XMP, null).parts));
};
