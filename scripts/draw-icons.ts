/**
 * Draws the app icons of public/manifest.webmanifest from public/icon.svg. Run by hand after changing the drawing:
 * `npx tsx scripts/draw-icons.ts`.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';

const PUBLIC = new URL('../public/', import.meta.url);
const OUT = new URL('icons/', PUBLIC);
/** The drawing's own ground, which systems that cut icons to their shape need up to the edge. */
const GROUND = '#0f5f7d';
/** Side of the drawing in an icon that may be cut: everything inside the middle 80 % is safe. */
const SAFE = 0.8;

const svg = await readFile(new URL('icon.svg', PUBLIC));

const draw = (side: number): Sharp => sharp(svg, { density: (72 * side) / 32 }).resize(side, side);

async function save(name: string, picture: Sharp): Promise<void> {
  const { size } = await picture.png({ compressionLevel: 9 }).toFile(fileURLToPath(new URL(name, OUT)));
  console.log(`${name}: ${size} bytes`);
}

async function onGround(side: number): Promise<Sharp> {
  const inner = await draw(Math.round(side * SAFE))
    .png()
    .toBuffer();
  return sharp({ create: { width: side, height: side, channels: 3, background: GROUND } }).composite([
    { input: inner },
  ]);
}

await mkdir(OUT, { recursive: true });
await save('icon-192.png', draw(192));
await save('icon-512.png', draw(512));
await save('maskable-512.png', await onGround(512));
await save('apple-touch-icon.png', await onGround(180));
