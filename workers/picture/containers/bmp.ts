import { i32le, u16le, u32le } from '../bytes.ts';
import { cutOff, damaged, plainHeader, unsupported, type Header } from './header.ts';

/** Windows bitmap: BITMAPFILEHEADER, then an information header told apart by its own length. */
export function readBmp(bytes: Uint8Array<ArrayBuffer>): Header {
  if (bytes.length < 26) throw cutOff();
  const infoBytes = u32le(bytes, 14);
  const core = infoBytes === 12;
  if (!core && (infoBytes < 16 || infoBytes > 256))
    throw damaged('is a damaged BMP: its header has an impossible length.');
  const width = core ? u16le(bytes, 18) : i32le(bytes, 18);
  // A negative height means that the rows run from the top down.
  const height = core ? u16le(bytes, 20) : Math.abs(i32le(bytes, 22));
  const bits = core ? u16le(bytes, 24) : u16le(bytes, 28);
  const compression = core ? 0 : u32le(bytes, 30);
  // These state 0 bits a pixel.
  if (compression === 4 || compression === 5) {
    throw unsupported('is a BMP that wraps a JPEG or PNG for a printer; browsers do not read those.');
  }
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw damaged(`is a damaged BMP: it states ${bits} bits a pixel.`);
  if (compression === 0 && width > 0) {
    const rowBytes = Math.ceil((width * bits) / 32) * 4;
    if (u32le(bytes, 10) + rowBytes * height > bytes.length) throw cutOff();
  }
  return { ...plainHeader('bmp', Math.max(0, width), height), mayHaveAlpha: bits === 32 || bits === 16 };
}
