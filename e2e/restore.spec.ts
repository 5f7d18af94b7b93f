import { resizeLikePillow } from '../cli/pillow.ts';
import { score } from '../cli/score.ts';
import { paint, png, type PictureFile } from './pictures.ts';
import { expect, test } from './test.ts';

/** Dispatches a real drop or paste of a file on the page. */
const HAND_OVER = ([kind, { name, mimeType, base64 }]: readonly [
  'drop' | 'paste',
  { name: string; mimeType: string; base64: string },
]): void => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type: mimeType }));
  const target = document.body;
  if (kind === 'paste') {
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    return;
  }
  for (const type of ['dragenter', 'dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
};

const carried = ({ name, mimeType, buffer }: PictureFile) => ({ name, mimeType, base64: buffer.toString('base64') });

test.describe('getting a picture in', () => {
  for (const kind of ['drop', 'paste'] as const) {
    test(`by ${kind}`, async ({ limpid, page }) => {
      await page.evaluate(HAND_OVER, [kind, carried(await png(20, 14, { name: 'given.png' }))] as const);
      await expect(page.getByRole('img', { name: /given\.png, 20 × 14/ })).toBeVisible();
      await expect(limpid.restoreButton).toBeEnabled();
    });
  }

  test('not from text that is pasted into a field, with which some programs copy a picture of it', async ({
    limpid,
    page,
  }) => {
    const given = carried(await png(20, 14, { name: 'cells.png' }));
    const box = page.getByRole('textbox', { name: 'Ask about this result' });
    const paste = (text: string | null): Promise<void> =>
      box.evaluate(
        (field, [{ name, mimeType, base64 }, words]) => {
          const data = new DataTransfer();
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
          data.items.add(new File([bytes], name, { type: mimeType }));
          if (words !== null) data.items.add(words, 'text/plain');
          field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
        },
        [given, text] as const,
      );
    await paste('What is LIIF?');
    // A picture without words cannot be meant for the field. Were the first opened too, there would be two.
    await paste(null);
    await expect(page.getByRole('img', { name: /cells\.png, 20 × 14/ })).toBeVisible();
    await expect(limpid.status).toHaveText('Ready');
    await expect(page.getByRole('navigation', { name: 'Pictures' })).toBeHidden();
  });

  test('by choosing, and choosing the same file again', async ({ limpid, page }) => {
    await limpid.choose(await png(20, 14));
    await expect(page.getByRole('img', { name: /drawn\.png, 20 × 14/ })).toBeVisible();
    await limpid.choose(await png(20, 14));
    await expect(page.getByRole('navigation', { name: 'Pictures' }).getByRole('listitem')).toHaveCount(2);
    await expect(limpid.status).toHaveText('Ready');
  });

  test('by a sample, in one click', async ({ limpid, page }) => {
    const samples = page.getByRole('group', { name: 'Samples' }).getByRole('button');
    await expect(samples).toHaveCount(4);
    await samples.first().click();
    await expect(limpid.restoreButton).toBeEnabled();
    await expect(page.getByRole('region', { name: 'Backend' })).toContainText('WASM');
  });
});

test('enlarges, compares and downloads', async ({ limpid, page }) => {
  await limpid.choose(await png(31, 23, { name: 'my photo.png' }));
  await limpid.scale.fill('2.5');
  const status = await limpid.restore();
  expect(status).toMatch(/^Done: 31 × 23 → 78 × 58 in [\d.]+ \S+ on WASM/);
  /** True when the browser would ask before leaving the page. */
  const asks = (): Promise<boolean> =>
    page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  expect(await asks()).toBe(true);
  const file = await limpid.download();
  expect(await asks()).toBe(false);
  expect([file.width, file.height, file.format]).toEqual([78, 58, 'png']);
  expect(file.name).toBe('my photo-2.5x.png');
  await limpid.expectShown(file);
  // the right picture, upright and in its own colours: near the plain enlargement, and not the same
  const { psnr } = score(file, resizeLikePillow(paint(31, 23), 78, 58), 'rgb', 0);
  expect(psnr).toBeGreaterThan(20);
  expect(psnr).toBeLessThan(60);

  await expect(limpid.divider).toBeVisible();
  await page.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'JPEG' });
  expect(await limpid.download()).toMatchObject({ width: 78, height: 58, format: 'jpeg' });
});

test('a second picture and a change of model and scale start afresh', async ({ limpid, page }) => {
  await limpid.choose(await png(16, 12));
  await limpid.preset(3).click();
  expect(await limpid.restore()).toContain('16 × 12 → 48 × 36');
  await limpid.model('MIMO-UNet RealBlur').click();
  await expect(limpid.scale).toBeHidden();
  expect(await limpid.restore()).toContain('16 × 12 → 16 × 12');
  await limpid.model('LIIF-EDSR').click();
  await expect(limpid.scale).toHaveValue('3');
  await limpid.choose(await png(9, 17, { name: 'other.png' }));
  await expect(page.getByRole('img', { name: /other\.png/ })).toBeVisible();
  expect(await limpid.restore()).toContain('9 × 17 → 27 × 51');
});

test('a recipe of two steps: deblur first, then enlarge', async ({ limpid, page }) => {
  await limpid.choose(await png(24, 16));
  await page.getByRole('checkbox', { name: 'Deblur first' }).check();
  await page.getByRole('combobox', { name: 'Deblur model' }).selectOption({ label: 'MIMO-UNet RealBlur' });
  await limpid.preset(2).click();
  expect(await limpid.restore()).toContain('24 × 16 → 48 × 32');
  const backend = page.getByRole('region', { name: 'Backend' });
  await expect(backend).toContainText('MIMO-UNet RealBlur: Ran on');
  await expect(backend).toContainText('LIIF-EDSR: Ran on');
  expect(await limpid.download()).toMatchObject({ width: 48, height: 32 });
});

test('the fast way of decoding is offered where the weights allow it, and gives another picture', async ({
  limpid,
  page,
}) => {
  await limpid.choose(await png(16, 12));
  await limpid.restore();
  const best = await limpid.download();
  const quality = page.getByRole('radiogroup', { name: 'Quality' });
  await quality.getByText('Fast').click();
  await limpid.restore();
  const fast = await limpid.download();
  const { psnr } = score(fast, best, 'rgb', 0);
  expect(psnr).toBeGreaterThan(25);
  expect(psnr).toBeLessThan(80);
});

test('each model on WASM', async ({ limpid, page }) => {
  test.setTimeout(300_000);
  await limpid.choose(await png(24, 20));
  for (const [name, scale] of [
    ['LIIF-EDSR', 2],
    ['LIIF-RDN', 2],
    ['MIMO-UNet RealBlur', 1],
    ['MIMO-UNet+', 1],
    ['MSSNet RealBlur-R', 1],
  ] as const) {
    await test.step(name, async () => {
      await limpid.model(name).click();
      if (scale > 1) await limpid.preset(2).click();
      expect(await limpid.restore()).toContain(`24 × 20 → ${String(24 * scale)} × ${String(20 * scale)}`);
      const file = await limpid.download();
      await limpid.expectShown(file);
      const plain = scale === 1 ? paint(24, 20) : resizeLikePillow(paint(24, 20), 48, 40);
      expect(score(file, plain, 'rgb', 0).psnr).toBeGreaterThan(18);
      const backend = page.getByRole('region', { name: 'Backend' });
      await expect(backend).toContainText(/Ran on WASM/);
    });
  }
});
