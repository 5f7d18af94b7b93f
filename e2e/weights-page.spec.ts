import { flatSafetensors } from './harness/safetensors.ts';
import { png } from './pictures.ts';
import { expect, test } from './test.ts';

test("the authors' weights by their button: a .safetensors file runs from then on, and can be left again", async ({
  limpid,
  page,
}) => {
  await limpid.choose(await png(12, 9));
  // Its opening moves the buttons, and with them the field that a file is given to.
  await expect(page.getByRole('img', { name: /^drawn\.png/ })).toBeVisible();
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: "Use the authors' weights…" }).click();
  const mimeType = 'application/octet-stream';
  await (await asked).setFiles({ name: 'flat.safetensors', mimeType, buffer: flatSafetensors() });
  const choice = page.getByRole('combobox', { name: 'Weights of LIIF-EDSR' });
  await expect(choice.locator('option:checked')).toHaveText('flat.safetensors', { timeout: 60_000 });
  // A file that may never have been trained for it gets no fast way.
  await expect(page.getByRole('radiogroup', { name: 'Quality' })).toBeHidden();

  await limpid.restore();
  const { data } = await limpid.download();
  expect(Math.max(...data) - Math.min(...data)).toBeLessThanOrEqual(2);
  await expect(page.getByRole('complementary', { name: 'Explanation' })).toContainText('flat.safetensors');

  await choice.selectOption({ label: "Limpid's weights" });
  await limpid.restore();
  const own = (await limpid.download()).data;
  expect(Math.max(...own) - Math.min(...own)).toBeGreaterThan(50);
});
