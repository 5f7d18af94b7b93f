/**
 * Draws the page's four samples into src/samples. Run by hand after changing a drawing: `npx tsx scripts/draw-samples.ts`.
 * They are small on purpose, so that enlarging them shows, and are our own drawings, so that the page may ship them.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { diagram, logo, page, sign } from './samples/drawings.ts';
import { shake, type Pixels } from './samples/shake.ts';

const OUT = new URL('../src/samples/', import.meta.url);
/** Drawings are rendered this many times larger and shrunk, so that their edges are as soft as a real small picture's. */
const OVERSAMPLING = 4;

async function render(svg: string, width: number, height: number): Promise<Buffer> {
  return sharp(Buffer.from(svg), { density: 72 * OVERSAMPLING })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

async function pixels(svg: string, width: number, height: number): Promise<Pixels> {
  const { data } = await sharp(Buffer.from(svg), { density: 72 * OVERSAMPLING })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width, height };
}

async function save(name: string, bytes: Buffer): Promise<void> {
  await writeFile(new URL(name, OUT), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}

await mkdir(OUT, { recursive: true });
await save('diagram.png', await render(diagram, 216, 144));
await save('logo.png', await render(logo, 180, 120));
await save('page.png', await render(page, 240, 160));

const shaken = shake(await pixels(sign, 320, 213));
await save(
  'sign.png',
  await sharp(shaken.data, { raw: { width: shaken.width, height: shaken.height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer(),
);
