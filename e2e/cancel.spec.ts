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

  const asked = Date.now();
  await limpid.cancelButton.click();
  await expect(limpid.status).toHaveText('Cancelled', { timeout: 30_000 });
  expect(Date.now() - asked).toBeLessThan(30_000);
  await expect(page.getByRole('img', { name: /large\.png/ })).toBeVisible();
  await expect(limpid.progress).toBeHidden();

  await limpid.choose(await png(12, 10, { name: 'small.png' }));
  await expect(page.getByRole('img', { name: /small\.png/ })).toBeVisible();
  await limpid.preset(2).click();
  expect(await limpid.restore()).toContain('12 × 10 → 24 × 20');
});

test('progress is real: it counts tiles and only rises, and finished tiles show', async ({ limpid, page }) => {
  await limpid.choose(await png(180, 120));
  const values: number[] = [];
  const seen = new Set<string>();
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
        }
        return limpid.status.textContent();
      },
      { intervals: [50], timeout: 100_000 },
    )
    .toMatch(/^Done/);
  expect(values.length).toBeGreaterThan(1);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect([...seen].some((text) => /\d+ of \d+ tiles/.test(text))).toBe(true);
  await expect(page.getByRole('region', { name: 'Backend' })).toContainText('Ran on');
});
