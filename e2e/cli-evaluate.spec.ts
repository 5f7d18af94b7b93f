import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { resizeLikePillow, type Rgb } from '../cli/pillow.ts';
import { readRgb, writePng } from '../cli/pictures.ts';
import { score, type Score } from '../cli/score.ts';
import { command } from './command.ts';
import { paint, png } from './pictures.ts';

/** Scores are computed again here, from the files that the command read and wrote. */
let folder = '';
const at = (name: string): string => join(folder, name);
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limpid-evaluate-spec-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

/** Top left corner of a picture file. */
async function corner(file: string, width: number, height: number): Promise<Rgb> {
  const data = await sharp(file).removeAlpha().extract({ left: 0, top: 0, width, height }).raw().toBuffer();
  return { data, width, height };
}

test('an enlarging model beside bicubic: on luma, without a border of the scale, against the cropped original', async () => {
  await mkdir(at('hr'));
  for (const [name, seed] of [
    ['one', 2],
    ['two', 5],
  ] as const) {
    await writeFile(at(`hr/${name}.png`), (await png(41, 35, { seed })).buffer);
  }
  const original = await readFile(at('hr/one.png'));
  // results beside the originals, which they must not touch
  const ran = await command('evaluate', '--model', 'liif-edsr', '--scale', '2', '--hr', at('hr'), '--out', at('hr'));
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(await readFile(at('hr/one.png'))).toEqual(original);

  const scores: { restored: Score; bicubic: Score }[] = [];
  for (const name of ['one', 'two']) {
    // cropped to a multiple of the scale
    const truth = await corner(at(`hr/${name}.png`), 40, 34);
    const small = resizeLikePillow(truth, 20, 17);
    const own = {
      restored: score(await readRgb(at(`hr/${name}-2.png`)), truth, 'luma', 2),
      bicubic: score(resizeLikePillow(small, 40, 34), truth, 'luma', 2),
    };
    scores.push(own);
    expect(ran.out).toContain(rowOf(`${name}.png`, own.restored, own.bicubic));
    await writePng(small, at(`${name}.png`));
  }
  const mean = (which: 'restored' | 'bicubic'): Score => ({
    psnr: scores.reduce((sum, one) => sum + one[which].psnr, 0) / 2,
    ssim: scores.reduce((sum, one) => sum + (one[which].ssim ?? NaN), 0) / 2,
  });
  expect(ran.out).toContain(rowOf('mean of 2', mean('restored'), mean('bicubic')));

  // What was measured is the restored small picture.
  const small = [at('one.png'), at('two.png'), '--model', 'liif-edsr', '--scale', '2', '--out', at('again')];
  expect(await command('restore', ...small)).toMatchObject({ code: 0, err: '' });
  for (const name of ['one', 'two'])
    expect(await readRgb(at(`again/${name}-2x.png`))).toEqual(await readRgb(at(`hr/${name}-2.png`)));
});

/** A row as the table prints it. */
function rowOf(name: string, restored: Score, baseline: Score): string {
  const cell = ({ psnr, ssim }: Score): string => `${psnr.toFixed(2)} / ${(ssim ?? NaN).toFixed(4)}`.padStart(17);
  const gain = restored.psnr - baseline.psnr;
  return `${name.padEnd(28)}${cell(restored)}${cell(baseline)}${`${gain < 0 ? '' : '+'}${gain.toFixed(2)}`.padStart(9)}\n`;
}

test('a deblurring model on pairs, beside the blurred input, over RGB; what cannot be measured is told', async () => {
  for (const side of ['blur', 'sharp']) {
    await mkdir(at(`pairs/${side}`), { recursive: true });
    await writeFile(at(`pairs/${side}/text.png`), 'I am only text.');
  }
  const drawn = (seed: number) => sharp(paint(24, 20, seed).data, { raw: { width: 24, height: 20, channels: 3 } });
  for (const [name, seed] of [
    ['scene.1.png', 1],
    ['scene.2.png', 3],
  ] as const) {
    await drawn(seed)
      .png()
      .toFile(at(`pairs/sharp/${name}`));
    await drawn(seed)
      .blur(1.3)
      .png()
      .toFile(at(`pairs/blur/${name}`));
  }
  await writeFile(at('pairs/blur/wide.png'), (await png(28, 20)).buffer);
  await writeFile(at('pairs/sharp/wide.png'), (await png(24, 20)).buffer);

  const argv = ['--model', 'mimo-unet-realblur', '--pairs', at('pairs'), '--out', at('scenes'), '--json'];
  const ran = await command('evaluate', ...argv);
  expect(ran.code).toBe(1);
  const { mean, pictures, failures } = JSON.parse(ran.out) as {
    mean: { restored: Score; baseline: Score };
    pictures: { name: string; restored: Score; baseline: Score }[];
    failures: { name: string; error: string }[];
  };
  expect(failures.map(({ name }) => name)).toEqual(['text.png', 'wide.png']);
  expect(failures[1]?.error).toBe('The result has another size than the original.');
  expect((await readdir(at('scenes'))).filter((name) => name.startsWith('scene'))).toEqual([
    'scene.1.png',
    'scene.2.png',
  ]);
  expect(pictures.map(({ name }) => name)).toEqual(['scene.1.png', 'scene.2.png']);
  for (const { name, restored, baseline } of pictures) {
    const truth = await readRgb(at(`pairs/sharp/${name}`));
    const [input, answer] = [await readRgb(at(`pairs/blur/${name}`)), await readRgb(at(`scenes/${name}`))];
    expect({ restored, baseline }).toEqual({
      restored: score(answer, truth, 'rgb', 0),
      baseline: score(input, truth, 'rgb', 0),
    });
    expect(answer).not.toEqual(input);
  }
  for (const which of ['restored', 'baseline'] as const) {
    const sum = pictures.reduce((total, picture) => total + picture[which].psnr, 0);
    expect(mean[which].psnr).toBeCloseTo(sum / 2, 9);
  }
});
