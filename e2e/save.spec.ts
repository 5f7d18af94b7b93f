import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { FileBytes } from '../workers/checkpoint/bytes.ts';
import { readDirectory } from '../workers/checkpoint/zip/directory.ts';
import { ZipReader } from '../workers/checkpoint/zip/entry.ts';
import { decode, png, transparentPng } from './pictures.ts';
import { expect, test } from './test.ts';

/** Format and size of the picture that the clipboard holds. */
const COPIED = async (): Promise<string> => {
  const [item] = await navigator.clipboard.read();
  const bitmap = await createImageBitmap((await item?.getType('image/png')) ?? new Blob());
  return `${item?.types.join(' ') ?? ''}, ${String(bitmap.width)} × ${String(bitmap.height)}`;
};

test('copies the result; format and compression quality count and are remembered', async ({
  context,
  limpid,
  page,
}) => {
  const format = page.getByRole('combobox', { name: 'Format' });
  const quality = page.getByRole('slider', { name: 'Compression quality' });
  const bytes = async (): Promise<number> => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    return (await readFile(await (await waiting).path())).length;
  };
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await limpid.choose(await png(24, 18));
  await limpid.restore();
  await expect(format).toHaveValue('png');
  await expect(quality).toBeHidden();

  const heard = page.locator('.pass [aria-live]');
  await expect(heard).toHaveText('');
  await page.getByRole('button', { name: 'Copy picture' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  await expect(heard).toHaveText('Copied');
  await expect(page.getByRole('button', { name: 'Copy picture' })).toBeVisible();
  await expect(heard).toHaveText('');
  expect(await page.evaluate(COPIED)).toBe('image/png, 48 × 36');

  await format.selectOption('jpeg');
  await expect(quality).toHaveValue('92');
  const fine = await bytes();
  await quality.fill('30');
  expect(await bytes()).toBeLessThan(fine);

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  const deep = await sharp({ create: { width: 24, height: 18, channels: 3, background: 'teal' } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  await limpid.choose({ name: 'deep.png', mimeType: 'image/png', buffer: deep });
  await limpid.restore();
  await expect(format).toHaveValue('jpeg');
  await expect(quality).toHaveValue('30');
  // What the format cannot hold is told before the download. PNG, which nobody has chosen by hand, keeps all 16 bits.
  await expect(page.getByText('JPEG keeps 8 of the picture’s 16 bits a channel.')).toBeVisible();
  await format.selectOption('png16');
  await page.reload();
  await limpid.choose({ name: 'deep.png', mimeType: 'image/png', buffer: deep }, await png(24, 18));
  await limpid.restore();
  await expect(format).toHaveValue('png16');
  await page.getByRole('button', { name: /^drawn\.png/ }).click();
  await expect(format).toHaveValue('png');
});

test('every result in one zip, each under a name of its own', async ({ limpid, page }) => {
  await limpid.choose(await png(24, 18), await png(10, 16, { seed: 2 }));
  await limpid.restore();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Zip of 2' }).click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toBe('limpid.zip');
  const file = new FileBytes(new Blob([await readFile(await saved.path())]));
  const zip = new ZipReader(file);
  const sizes: Record<string, readonly number[]> = {};
  for (const entry of (await readDirectory(file)).values()) {
    // Reading a whole entry checks its CRC-32.
    const { width, height, format } = await decode(Buffer.from(await zip.open(entry).read(0, entry.size)));
    expect(format).toBe('png');
    sizes[entry.name] = [width, height];
  }
  expect(sizes).toEqual({ 'drawn-2x.png': [48, 36], 'drawn-2x (2).png': [20, 32] });
});

test('what is about to be saved is what is shown: an older result says so, and JPEG stands on white', async ({
  limpid,
  page,
}) => {
  /** Share of white pixels in the middle of the table. */
  const white = (): Promise<number> =>
    page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const { data } =
        canvas?.getContext('2d')?.getImageData(canvas.width / 2 - 40, canvas.height / 2 - 40, 30, 30) ?? {};
      const bytes = [...(data ?? [0])];
      return bytes.filter((byte) => byte === 255).length / bytes.length;
    });
  await limpid.choose(await transparentPng(16, 12));
  await limpid.restore();
  await expect.poll(white).toBeLessThan(0.9);
  await page.getByRole('combobox', { name: 'Format' }).selectOption('jpeg');
  await expect.poll(white).toBe(1);
  await page.getByRole('combobox', { name: 'Format' }).selectOption('png');
  await expect.poll(white).toBeLessThan(0.9);

  const older = page.getByText('Shown is an earlier result: LIIF-EDSR 2×.');
  await expect(older).toBeHidden();
  await limpid.preset(3).click();
  await expect(older).toBeVisible();
  await limpid.preset(2).click();
  await expect(older).toBeHidden();
  await page.getByRole('button', { name: 'How was this made?' }).click();
  await expect(page.getByRole('heading', { name: 'Explanation' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Explanation' })).toBeInViewport({ ratio: 1 });
});
