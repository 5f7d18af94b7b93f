import { readdirSync, statSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import sharp from 'sharp';
import { CliError } from './failure.ts';
import type { Rgb } from './pillow.ts';

/** What sharp reads; the scores need the pixels here, not only in the page. */
const PICTURE = /\.(png|jpe?g|webp|avif|tiff?|gif)$/i;

/** Picture files of a folder by name, as paths. Throws CliError when there is none. */
export function listPictures(folder: string): readonly string[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) throw new CliError(`${folder} does not exist.`);
  if (!found.isDirectory()) throw new CliError(`${folder} is not a folder.`);
  const names = readdirSync(folder).filter((name) => PICTURE.test(name));
  if (names.length === 0) throw new CliError(`${folder} holds no pictures.`);
  return names.toSorted().map((name) => join(folder, name));
}

export interface Pair {
  /** File name of the blurred one. */
  readonly name: string;
  readonly blur: string;
  readonly sharp: string;
}

/** Pictures of `folder/blur` with their counterparts of the same name (any format) in `folder/sharp`. */
export function listPairs(folder: string): readonly Pair[] {
  const sharpOnes = new Map(listPictures(join(folder, 'sharp')).map((path) => [parse(path).name, path]));
  return listPictures(join(folder, 'blur')).map((blur) => {
    const counterpart = sharpOnes.get(parse(blur).name);
    if (counterpart === undefined) throw new CliError(`${blur} has no counterpart in ${join(folder, 'sharp')}.`);
    return { name: basename(blur), blur, sharp: counterpart };
  });
}

/** A picture as 8-bit RGB, upright. Throws CliError when it cannot be read. */
export async function readRgb(path: string): Promise<Rgb> {
  try {
    const { data, info } = await sharp(path)
      .autoOrient()
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, 'run');
  }
}

export async function writePng({ data, width, height }: Rgb, path: string): Promise<void> {
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
}
