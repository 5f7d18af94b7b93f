import { describe, expect, it } from 'vitest';
import { be32, concat, latin1 } from './bytes.ts';
import { readIsoMedia } from './containers/isobmff.ts';

const box = (type: string, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const content = concat(parts);
  return concat([be32(content.length + 8), latin1(type), content]);
};
const full = (type: string, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => box(type, be32(0), ...parts);
const be16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255);

interface Association {
  readonly item: number;
  readonly properties: readonly number[];
}

/** An AVIF without picture data: property 1 is the size, property 2 says that an item is an alpha plane. */
function avif(items: readonly number[], associations: readonly Association[]): Uint8Array<ArrayBuffer> {
  const size = full('ispe', be32(30), be32(20));
  const alpha = full('auxC', latin1('urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0'));
  const entries = associations.map(({ item, properties }) =>
    concat([be16(item), Uint8Array.of(properties.length, ...properties)]),
  );
  const info = items.map((id) => box('infe', Uint8Array.of(2, 0, 0, 0), be16(id), be16(0), latin1('av01\0')));
  const meta = full(
    'meta',
    full('pitm', be16(1)),
    full('iinf', be16(items.length), ...info),
    box('iprp', box('ipco', size, alpha), full('ipma', be32(entries.length), ...entries)),
  );
  return concat([box('ftyp', latin1('avif'), be32(0)), meta, box('mdat')]);
}

const read = (file: Uint8Array<ArrayBuffer>) => readIsoMedia(file, 'avif');

describe('properties of an AVIF', () => {
  it('are those of the primary item; an item that declares itself an alpha plane is one', () => {
    const primary = { item: 1, properties: [1] };
    expect(read(avif([1], [primary]))).toMatchObject({ width: 30, height: 20, mayHaveAlpha: false });
    expect(read(avif([1, 2], [primary, { item: 2, properties: [1, 2] }]))).toMatchObject({ mayHaveAlpha: true });
    // An association without its item, and a property that is not there.
    expect(read(avif([1], [primary, { item: 7, properties: [2] }]))).toMatchObject({ mayHaveAlpha: false });
    expect(read(avif([1, 2], [primary, { item: 2, properties: [9] }]))).toMatchObject({ mayHaveAlpha: false });
  });

  it('are read when there are very many: items times associations would take longer than a test may', () => {
    const many = Array.from({ length: 60_000 }, (_, index) => index + 1);
    const file = avif(
      many,
      many.map((item) => ({ item, properties: [1] })),
    );
    expect(read(file)).toMatchObject({ width: 30, mayHaveAlpha: false });
  });
});
