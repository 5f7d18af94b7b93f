import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { png, transparentPng } from './pictures.ts';
import { expect, test } from './test.ts';

/** All rules in light colours, and in dark ones what colours decide. */
async function expectAccessibleInBoth(page: Page, within = 'body'): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectAccessible(page, { within });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectAccessible(page, { within, rules: ['color-contrast'] });
}

test('axe finds nothing in any state, light and dark', async ({ limpid, page }) => {
  test.setTimeout(240_000);
  await expect(page.getByRole('region', { name: 'Backend' })).toContainText('Runs on');
  await expectAccessibleInBoth(page);

  await limpid.choose({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await expect(limpid.alert).toBeVisible();
  await expectAccessibleInBoth(page);

  await limpid.choose(await png(420, 300));
  await expect(limpid.restoreButton).toBeEnabled();
  await page.getByRole('checkbox', { name: 'Deblur first' }).check();
  await expectAccessibleInBoth(page);
  await page.getByRole('checkbox', { name: 'Deblur first' }).uncheck();

  await limpid.preset(4).click();
  await limpid.restoreButton.click();
  await expect(limpid.progress).toBeVisible();
  await expectAccessibleInBoth(page);
  // all of that was looked at while it ran
  await expect(limpid.progress).toBeVisible();
  await limpid.choose(await png(12, 9, { name: 'tiny.png' }));
  await expect(page.getByRole('button', { name: 'Add this picture to the queue' })).toBeVisible();
  await expectAccessibleInBoth(page, '.actions');
  await expect(limpid.progress).toBeVisible();
  await page.getByRole('button', { name: /^drawn\.png/ }).click();
  await limpid.cancelButton.click();
  await expect(limpid.status).toHaveText('Cancelled', { timeout: 60_000 });
  await expectAccessibleInBoth(page);

  await page.getByRole('button', { name: /^tiny\.png/ }).click();
  await expect(page.getByRole('img', { name: /tiny\.png/ })).toBeVisible();
  await limpid.restore();
  await expectAccessibleInBoth(page);
  await page.getByRole('combobox', { name: 'Format' }).selectOption('jpeg');
  await expect(page.getByRole('slider', { name: 'Compression quality' })).toBeVisible();
  await expectAccessibleInBoth(page, '.actions');
  await page.getByText('Where the authors publish them').click();
  await expectAccessibleInBoth(page, '.weights');
  const panel = page.getByRole('complementary', { name: 'Explanation' });
  await panel.getByRole('textbox', { name: 'Ask about this result' }).fill('How does LIIF work?');
  await panel.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(panel.locator('.ex-reply .ex-sentence').first()).toBeVisible();
  await expectAccessibleInBoth(page, 'aside');
  await limpid.changes.click();
  await expectAccessibleInBoth(page);
  await page.keyboard.press('f');
  await expect(limpid.restoreButton).toBeHidden();
  await expectAccessibleInBoth(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessibleInBoth(page);
});

test('the colour switch: light, dark or as the system, for page and canvas, kept for the next visit', async ({
  limpid,
  page,
}) => {
  /** Lightness of the page's ground and of the checkerboard that the canvas shows through a transparent picture. */
  const shades = (): Promise<{ ground: number; checker: number }> =>
    page.evaluate(() => {
      const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
      const canvas = document.querySelector('canvas');
      const area = canvas?.getContext('2d')?.getImageData(canvas.width / 2 - 16, canvas.height / 2 - 16, 32, 32).data;
      const ground =
        getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
      return { ground: mean(ground), checker: mean([...(area ?? [])].filter((_, i) => i % 4 !== 3)) };
    });
  // Dark ink on a transparent ground must be seen in the dark too.
  const dark = { ground: 46, checker: 236 };
  const light = { ground: 230, checker: 236 };
  await page.emulateMedia({ colorScheme: 'light' });
  await limpid.choose(await transparentPng(64, 64));
  await expect(limpid.restoreButton).toBeEnabled();
  await expect.poll(shades).toEqual(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(shades).toEqual(dark);
  // The first press shows, whatever the system's colours are.
  await page.getByRole('button', { name: 'Colours: as the system' }).click();
  await expect.poll(shades).toEqual(light);
  await page.getByRole('button', { name: 'Colours: light' }).click();
  await expect.poll(shades).toEqual(dark);
  await page.getByRole('button', { name: 'Colours: dark' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(shades).toEqual(light);
  await page.getByRole('button', { name: 'Colours: as the system' }).click();
  await expect.poll(shades).toEqual(dark);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Colours: dark' })).toBeVisible();
  await expect.poll(async () => (await shades()).ground).toBeCloseTo(46, 0);
});

test('everything by keyboard: sample, model, restore, compare, download', async ({ limpid, page }) => {
  const reach = async (name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press(key);
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '';
        return `${element?.getAttribute('aria-label') ?? ''} ${label} ${element?.textContent ?? ''}`;
      });
      if (name.test(focused)) return;
    }
    throw new Error(`No Tab stop is called ${String(name)}.`);
  };
  await limpid.choose(await png(12, 9));
  await expect(limpid.restoreButton).toBeEnabled();
  await reach(/LIIF-EDSR/);
  for (const name of ['LIIF-RDN', 'MIMO-UNet RealBlur'] as const) {
    await page.keyboard.press('ArrowDown');
    await expect(limpid.model(name)).toBeChecked();
  }
  await reach(/^\s*Restore\s*$/);
  await page.keyboard.press('Enter');
  await expect(limpid.status).toHaveText(/^Done: 12 × 9 → 12 × 9/, { timeout: 60_000 });
  await reach(/Download/);
  const waiting = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await waiting).suggestedFilename()).toContain('drawn');
  await reach(/Before and after/, 'Shift+Tab');
  // It glides to the middle when the result is there; a key before that would stop it on its way.
  await expect(limpid.divider).toHaveAttribute('aria-valuenow', '50');
  await page.keyboard.press('ArrowLeft');
  await expect(limpid.divider).toHaveAttribute('aria-valuenow', '48');
});

test('the focus goes on when what had it goes away', async ({ limpid, page }) => {
  const choose = page.getByLabel('Choose image');
  // Until the models are known Restore cannot have the focus; the panel speaks of them as soon as they are.
  await expect(page.getByRole('complementary', { name: 'Explanation' })).toContainText('Removing blur.');
  await page.getByRole('button', { name: 'Diagram' }).press('Enter');
  await expect(limpid.restoreButton).toBeFocused();
  await limpid.choose({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await page.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(choose).toBeFocused();
  await limpid.choose(await png(12, 9, { name: 'second.png' }), await png(9, 12, { name: 'third.png' }));
  const pictures = page.getByRole('navigation', { name: 'Pictures' });
  await pictures.getByRole('button', { name: 'Remove second.png' }).press('Enter');
  await expect(pictures.getByRole('button', { name: /^third\.png/ })).toBeFocused();
  await pictures.getByRole('button', { name: 'Remove third.png' }).press('Enter');
  await expect(choose).toBeFocused();
  await page.getByRole('button', { name: 'Remove diagram.png' }).press('Enter');
  await expect(page.getByRole('group', { name: 'Samples' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(choose).toBeFocused();
  // A hand at the mouse holds Space to see the original; no button may wait for that key.
  await page.getByRole('button', { name: 'Diagram' }).click();
  await expect(limpid.restoreButton).toBeEnabled();
  await expect(limpid.restoreButton).not.toBeFocused();
});

test('in forced colours what is chosen, and what has the focus, can be seen', async ({ limpid, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await limpid.choose(await png(12, 9));
  const ground = (text: string): Promise<string> =>
    page.getByText(text, { exact: true }).evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await ground('Best')).not.toBe(await ground('Fast'));
  expect(await ground('2×')).not.toBe(await ground('3×'));
  const ring = (name: string): Promise<string> =>
    page.evaluate((label) => {
      const field = [...document.querySelectorAll('input')].find((one) => one.labels?.[0]?.textContent === label);
      field?.focus({ focusVisible: true });
      return getComputedStyle(field?.labels?.[0] ?? document.body).outlineStyle;
    }, name);
  await page.keyboard.press('Tab');
  for (const name of ['Best', 'Choose image']) expect(await ring(name)).toBe('solid');
});

test.describe('360 pixels wide', () => {
  test.use({ viewport: { width: 360, height: 720 } });

  test('nothing is cut off and a picture can be restored', async ({ limpid, page }) => {
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBe(0);
    await limpid.choose(await png(12, 9));
    await expect(limpid.restoreButton).toBeVisible();
    expect(await overflow()).toBe(0);
    await limpid.restore();
    await expect(limpid.divider).toBeVisible();
    expect(await overflow()).toBe(0);
    await expectAccessible(page);
    expect(await limpid.download()).toMatchObject({ width: 24, height: 18 });
  });
});
