import type { Page } from '@playwright/test';
import { png } from './pictures.ts';
import { expect, test } from './test.ts';

test('cancel stops a run, keeps the picture, and the next run starts at once', async ({ limpid, page }) => {
  await limpid.choose(await png(420, 300, { name: 'large.png' }));
  await limpid.preset(4).click();
  await limpid.restoreButton.click();
  await expect(limpid.progress).toBeVisible();
  await expect(limpid.status).toHaveText(/^Restoring/, { timeout: 60_000 });

  await test.step('Escape that belongs to something else does not cancel', async () => {
    const explanation = page.getByRole('complementary', { name: 'Explanation' });
    const popover = explanation.locator('.ex-popover');
    await explanation.getByRole('textbox').press('Escape');
    await explanation
      .getByRole('link', { name: /^Source/ })
      .first()
      .hover();
    await expect(popover).toBeVisible();
    await limpid.cancelButton.press('Escape');
    await expect(popover).toHaveCount(0);
    await limpid.cancelButton.dispatchEvent('keydown', { key: 'Escape', isComposing: true });
    await expect(limpid.status).toHaveText(/^Restoring/);
  });

  await limpid.cancelButton.click();
  await expect(limpid.status).toHaveText('Cancelled', { timeout: 30_000 });
  // nothing of the first run stands in the way of the next
  expect(await limpid.restoreButton.isEnabled()).toBe(true);
  await limpid.restoreButton.click();
  await expect(limpid.progress).toBeVisible();
  await limpid.cancelButton.click();
  await expect(limpid.status).toHaveText('Cancelled', { timeout: 30_000 });
  await expect(page.getByRole('img', { name: /large\.png/ })).toBeVisible();
  await expect(limpid.progress).toBeHidden();

  await limpid.choose(await png(12, 10, { name: 'small.png' }));
  await expect(page.getByRole('img', { name: /small\.png/ })).toBeVisible();
  await limpid.preset(2).click();
  expect(await limpid.restore()).toContain('12 × 10 → 24 × 20');
});

test('progress is real: it counts parts and only rises, and finished parts show', async ({ limpid, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await limpid.choose(await png(180, 120));
  const values: number[] = [];
  const seen = new Set<string>();
  const canvases: (readonly number[])[] = [];
  await limpid.restoreButton.click();
  await expect
    .poll(
      async () => {
        const bar = limpid.progress;
        if (await bar.isVisible().catch(() => false)) {
          const now = await bar.getAttribute('aria-valuenow', { timeout: 500 }).catch(() => null);
          const text = await bar.getAttribute('aria-valuetext', { timeout: 500 }).catch(() => null);
          if (now !== null) values.push(Number(now));
          if (text !== null) seen.add(text);
          canvases.push(await blocks(page));
        }
        return limpid.status.textContent();
      },
      { intervals: [50], timeout: 100_000 },
    )
    .toMatch(/^Done/);
  expect(new Set(values).size).toBeGreaterThan(2);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  const counts = [...seen].flatMap((text) => /\d+ of \d+ parts/.exec(text) ?? []);
  expect(new Set(counts).size).toBeGreaterThan(1);
  await expect(page.getByRole('region', { name: 'Backend' })).toContainText('Ran on');

  // During the run some blocks of the canvas were those of the finished result and others not yet.
  await limpid.divider.press('Home');
  await expect(limpid.divider).toHaveAttribute('aria-valuenow', '0');
  await expect.poll(() => partly(canvases, page)).toBe(true);
});

/** The canvas in blocks of 16 x 16 of its pixels, each as the sum of its samples. */
const blocks = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    const columns = Math.ceil((image?.width ?? 0) / 16);
    const sums = Array<number>(columns * Math.ceil((image?.height ?? 0) / 16)).fill(0);
    image?.data.forEach((value, at) => {
      const [x, y] = [(at >> 2) % image.width, Math.floor((at >> 2) / image.width)];
      const block = (y >> 4) * columns + (x >> 4);
      sums[block] = (sums[block] ?? 0) + value;
    });
    return sums;
  });

/** Whether a canvas was seen with a part of what is there now, compared with the first that was seen. */
async function partly(canvases: readonly (readonly number[])[], page: Page): Promise<boolean> {
  const [first = []] = canvases;
  const now = await blocks(page);
  const changed = now.flatMap((sum, i) => (sum === first[i] ? [] : [i]));
  return canvases.some((canvas) => {
    const finished = changed.filter((i) => canvas[i] === now[i]).length;
    return finished > 0 && finished < changed.length;
  });
}
