import { addDecoder, BaseDecoder } from 'geotiff';
import { decodeWithCanvas } from './browser-decode.ts';
import { damaged } from './containers/header.ts';
import { readWebp } from './containers/webp.ts';
import { decodeStraight } from './straight-decode.ts';
import { unpackBits, unpackDeflate, unpackLzw, unpackZstd } from './tiff-unpack.ts';

/**
 * Decoders for geotiff in place of its own, none of which has a bound: a damaged or hostile block must not unfold to more
 * than its strip or tile holds, and a 24-megapixel scan should not take ten seconds. JPEG stays geotiff's; its blocks are
 * checked before (tiff-jpeg.ts).
 */
export function registerCodecs(): void {
  addDecoder(5, () => Promise.resolve(LzwDecoder), readParameters);
  addDecoder([8, 32946], () => Promise.resolve(DeflateDecoder), readParameters);
  addDecoder(32773, () => Promise.resolve(PackBitsDecoder), readParameters);
  addDecoder(50000, () => Promise.resolve(ZstdDecoder), readParameters);
  addDecoder(50001, () => Promise.resolve(WebpDecoder), readParameters);
  // LERC packs heights and measurements, not pictures, and its library takes a block's own word for its size.
  addDecoder(34887, () => Promise.reject(new Error('LERC compression is not supported')));
}

type BlockParameters = ConstructorParameters<typeof BaseDecoder>[0];
type ReadParameters = NonNullable<Parameters<typeof addDecoder>[2]>;

/** As geotiff reads them, except that a strip is no higher than the picture: writers of one strip may state any height. */
export const readParameters: ReadParameters = async (directory) => {
  const [width, height] = [await directory.loadValue('ImageWidth'), await directory.loadValue('ImageLength')];
  const strips = directory.hasTag('StripOffsets');
  const rows = (await directory.loadValue('RowsPerStrip')) ?? 0;
  return {
    tileWidth: (strips ? width : await directory.loadValue('TileWidth')) ?? 0,
    tileHeight: (strips ? Math.min(rows || Infinity, height ?? 0) : await directory.loadValue('TileLength')) ?? 0,
    planarConfiguration: (await directory.loadValue('PlanarConfiguration')) ?? 1,
    bitsPerSample: (await directory.loadValue('BitsPerSample')) ?? [1],
    predictor: (await directory.loadValue('Predictor')) ?? 1,
    samplesPerPixel: (await directory.loadValue('SamplesPerPixel')) ?? 1,
  };
};

/** Bytes of one whole strip or tile; the last strip may hold less. */
export function blockBytes({ tileWidth, tileHeight, bitsPerSample, planarConfiguration }: BlockParameters): number {
  const bits = typeof bitsPerSample === 'number' ? [bitsPerSample] : Array.from(bitsPerSample);
  const pixelBits = planarConfiguration === 2 ? (bits[0] ?? 1) : bits.reduce((sum, value) => sum + value, 0);
  return Math.ceil((tileWidth * pixelBits) / 8) * tileHeight;
}

class LzwDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    return unpackLzw(new Uint8Array(buffer), blockBytes(this.parameters)).buffer;
  }
}

class DeflateDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    return unpackDeflate(new Uint8Array(buffer), blockBytes(this.parameters)).buffer;
  }
}

class PackBitsDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    return unpackBits(new Uint8Array(buffer), blockBytes(this.parameters)).buffer;
  }
}

class ZstdDecoder extends BaseDecoder {
  override async decodeBlock(buffer: ArrayBufferLike): Promise<ArrayBufferLike> {
    return (await unpackZstd(new Uint8Array(buffer), blockBytes(this.parameters))).buffer;
  }
}

/** A WebP picture in each block, with as many channels as the TIFF has. */
class WebpDecoder extends BaseDecoder {
  override async decodeBlock(buffer: ArrayBufferLike): Promise<ArrayBufferLike> {
    const { tileWidth, tileHeight, samplesPerPixel = 3 } = this.parameters;
    const bytes = new Uint8Array(buffer as ArrayBuffer);
    const { width, height } = readWebp(bytes);
    if (width > tileWidth || height > tileHeight) {
      throw damaged(
        'is a damaged TIFF: a WebP picture in it is larger than the place it has.',
        `${width} × ${height} in ${tileWidth} × ${tileHeight}`,
      );
    }
    const file = new Blob([bytes], { type: 'image/webp' });
    const { store } = (await decodeStraight(file, file.type)) ?? (await decodeWithCanvas(file, 'srgb'));
    const samples = new Uint8Array(width * height * samplesPerPixel);
    for (let to = 0; to < samples.length; to += 1) {
      const pixel = Math.floor(to / samplesPerPixel);
      samples[to] = store.data[pixel * 4 + (to - pixel * samplesPerPixel)] ?? 0;
    }
    return samples.buffer;
  }
}
