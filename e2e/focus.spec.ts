import sharp from 'sharp';
import { QUESTIONS } from '../src/evidence/questions.ts';
import { png } from './pictures.ts';
import { expect, test } from './test.ts';

test('no key press loses the focus or a finished result', async ({ limpid, page }) => {
  const panel = page.getByRole('complementary', { name: 'Explanation' });
  const box = panel.getByRole('textbox', { name: 'Ask about this result' });
  await limpid.choose(await png(12, 9));
  await expect(limpid.restoreButton).toBeEnabled();

  await test.step('a factor outside the range is corrected, and nothing starts', async () => {
    await limpid.scale.fill('20');
    await limpid.scale.press('Enter');
    await expect(limpid.scale).toHaveValue('8');
    await expect(limpid.status).toHaveText('Ready');
    await limpid.scale.fill('2.25');
    await expect(page.getByText('28 × 21 pixels')).toBeVisible();
    await limpid.scale.press('Enter');
    await expect(limpid.status).toHaveText(/^Done: 12 × 9 → 28 × 21/, { timeout: 60_000 });
  });
  await test.step('Download keeps the focus while it works', async () => {
    const download = page.getByRole('button', { name: 'Download', exact: true });
    const waiting = page.waitForEvent('download');
    await download.press('Enter');
    await waiting;
    await expect(download).toBeFocused();
  });
  await test.step('Enter on the page leaves the result alone', async () => {
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.keyboard.press('Enter');
    // At once: a run that had begun would be done, too, in the end.
    expect(await limpid.status.textContent()).toMatch(/^Done/);
    await limpid.preset(2).click();
    await limpid.scale.press('Enter');
    await expect(limpid.status).toHaveText(/^Done: 12 × 9 → 24 × 18/, { timeout: 60_000 });
  });
  await test.step('the answer’s buttons hand it back to the question box', async () => {
    await box.fill('What is WebGPU?');
    await box.press('Enter');
    await panel.getByRole('button', { name: 'Close the question' }).press('Enter');
    await expect(box).toBeFocused();
    await box.fill(QUESTIONS[0]?.question ?? '');
    await box.press('Enter');
    await panel.getByRole('button', { name: /^Choose the recommended/ }).press('Enter');
    await expect(limpid.model('MSSNet RealBlur-R')).toBeChecked();
    await expect(box).toBeFocused();
  });
});

test('the end of a run takes the focus from nobody who has gone on with the mouse', async ({ limpid, page }) => {
  await limpid.choose(await png(40, 30));
  await limpid.restoreButton.press('Enter');
  await expect(limpid.cancelButton).toBeFocused();
  await page.getByRole('img', { name: /^drawn\.png/ }).click({ position: { x: 20, y: 20 } });
  await expect(limpid.status).toHaveText(/^Done/, { timeout: 60_000 });
  // Space would press it instead of showing the original.
  await expect(limpid.restoreButton).not.toBeFocused();
  await page.keyboard.down(' ');
  await expect(page.getByRole('button', { name: 'Before', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.up(' ');
  expect(await limpid.status.textContent()).toMatch(/^Done/);
});

test('in the full window the state is told, and so is what goes wrong', async ({ limpid, page }) => {
  const create = { width: 3000, height: 2000, channels: 3, background: 'teal' } as const;
  const buffer = await sharp({ create }).png().toBuffer();
  await limpid.choose({ name: 'large.png', mimeType: 'image/png', buffer });
  await expect(limpid.restoreButton).toBeEnabled();
  await limpid.scale.fill('8');
  await limpid.scale.blur();
  await page.keyboard.press('f');
  await expect(limpid.restoreButton).toBeHidden();
  await expect(limpid.status).toHaveText('Ready');
  await page.keyboard.press('Enter');
  await expect(limpid.status).toHaveText('Not restored');
  await expect(limpid.alert).toContainText('would fit');
  await expect(limpid.alert).toBeInViewport({ ratio: 1 });
  await limpid.alert.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(limpid.alert).toBeHidden();
  // What it was about cannot have the focus here.
  await expect(page.getByLabel('Choose image')).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true });

  test('no field is so small that Safari zooms to it, a pull does not reload, and long names wrap', async ({
    limpid,
    page,
  }) => {
    const name = `${'without-any-break-'.repeat(8)}.png`;
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await limpid.choose({ name, mimeType: 'image/png', buffer: Buffer.from('not a picture') });
    await expect(limpid.alert).toBeVisible();
    expect(await overflow()).toBe(0);
    await limpid.choose({ ...(await png(12, 9)), name });
    await expect(limpid.restoreButton).toBeEnabled();
    expect(await overflow()).toBe(0);
    await expect(page.getByRole('textbox', { name: 'Ask about this result' })).toBeVisible();
    const sizes = await page
      .locator('select, input[type=text], input[type=number]')
      .evaluateAll((fields) => fields.map((field) => Number.parseFloat(getComputedStyle(field).fontSize)));
    expect(sizes).toHaveLength(3);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overscrollBehaviorY)).toBe('none');
  });
});

test.describe('what has the focus is never under the action bar', () => {
  for (const viewport of [
    { width: 360, height: 640 },
    { width: 1280, height: 720 },
    { width: 740, height: 360 },
    { width: 360, height: 225 },
  ]) {
    test(`${String(viewport.width)} × ${String(viewport.height)}`, async ({ limpid, page }) => {
      await page.setViewportSize(viewport);
      await limpid.choose(await png(12, 9), await png(9, 12, { name: 'second.png' }));
      await limpid.restore();
      await expect(page.getByRole('button', { name: 'Zip of 2' })).toBeVisible({ timeout: 60_000 });
      await limpid.preset(3).click();
      await page.getByText('Where the authors publish them').click();
      await page.getByRole('radio', { name: 'LIIF-EDSR', exact: true }).focus();
      const hidden: string[] = [];
      const seen = new Set<string>();
      for (let presses = 0; presses < 60; presses += 1) {
        const where = await page.evaluate(() => {
          const focused = document.activeElement;
          const bar = document.querySelector('.actions')?.getBoundingClientRect();
          if (focused === null || bar === undefined || focused.closest('.controls-fields') === null) return null;
          const box = focused.getBoundingClientRect();
          const shown =
            bar.top >= box.bottom ||
            getComputedStyle(document.querySelector('.actions') ?? focused).position === 'static';
          return { name: focused.getAttribute('aria-label') ?? focused.textContent ?? '', shown, top: box.top };
        });
        if (where === null) break;
        seen.add(where.name);
        if (!where.shown || where.top < 0) hidden.push(where.name);
        await page.keyboard.press('Tab');
      }
      expect(seen.size).toBeGreaterThan(10);
      expect(hidden).toEqual([]);
      const covered = await page.locator('.actions').evaluate((bar) => {
        const low = getComputedStyle(bar).position === 'sticky' && innerHeight <= 500;
        return low ? bar.getBoundingClientRect().height / innerHeight : 0;
      });
      expect(covered).toBeLessThanOrEqual(0.41);
    });
  }
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
]) {
  test.describe(`a batch with a long name, ${String(viewport.width)} pixels wide`, () => {
    test.use({ viewport });

    test('Cancel stays in sight, and the bar names the picture that it counts', async ({ limpid, page }) => {
      const name = `${'holiday photo '.repeat(9)}.png`;
      await limpid.choose(await png(420, 300, { name }), await png(12, 9, { name: 'second.png' }));
      await expect(limpid.restoreButton).toBeEnabled();
      await limpid.preset(4).click();
      await limpid.restoreButton.click();
      await expect(limpid.cancelButton).toBeInViewport({ ratio: 1 });
      await expect(page.getByText('1 more waiting')).toBeInViewport({ ratio: 1 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      await page.getByRole('button', { name: /^second\.png/ }).click();
      await expect(limpid.status).toHaveText('Waiting for its turn');
      await expect(page.locator('.run').getByText(name.trim())).toBeVisible();
      await limpid.cancelButton.click();
      await expect(limpid.restoreButton).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('combobox', { name: 'Format' })).toHaveCount(0);
    });
  });
}
