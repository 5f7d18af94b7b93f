import sharp from 'sharp';
import type { Rgb } from '../cli/pillow.ts';

/** A file as a person would hand it over. */
export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Pixels with shades, edges and a thin line; `seed` makes different ones. */
export function paint(width: number, height: number, seed = 1): Rgb {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const line = (x + 2 * y + seed) % 11 === 0 ? 100 : 0;
    data[i * 3] = 30 + (200 * x) / width - Math.min(line, 30);
    data[i * 3 + 1] = 60 + (150 * y) / height;
    data[i * 3 + 2] = x > width / 2 === y > height / 3 ? 40 + line : 210 - line;
  }
  return { data, width, height };
}

/** The same as a PNG file. */
export async function png(width: number, height: number, { name = 'drawn.png', seed = 1 } = {}): Promise<PictureFile> {
  const buffer = await sharp(paint(width, height, seed).data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { name, mimeType: 'image/png', buffer };
}

/** A PNG in which nothing can be seen. */
export async function transparentPng(width: number, height: number): Promise<PictureFile> {
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const buffer = await sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer();
  return { name: 'transparent.png', mimeType: 'image/png', buffer };
}

/** Decoded pixels of any file that sharp reads, alpha dropped. */
export async function decode(file: Buffer | string): Promise<Rgb & { format: string }> {
  const image = sharp(file);
  const { format } = await image.metadata();
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, format };
}
