import { flatStateDict } from '../workers/checkpoint/testing/networks.ts';
import { zipForm } from '../workers/checkpoint/testing/torch-writer.ts';
import { expectAccessible } from './accessible.ts';
import { png } from './pictures.ts';
import { expect, test } from './test.ts';

test('a batch is told of at its end, and a removed picture comes back with its result', async ({ limpid, page }) => {
  const hide = (hidden: boolean): Promise<void> =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const title = await page.title();
  await limpid.choose(await png(12, 9, { name: 'first.png' }), await png(9, 12, { name: 'second.png' }));
  await expect(page.getByRole('checkbox', { name: 'All 2 pictures' })).toBeChecked();
  await hide(true);
  await limpid.restoreButton.click();
  await expect(page.getByText('Both pictures restored.')).toBeVisible({ timeout: 100_000 });
  await expect(page).toHaveTitle('Done · Limpid');
  await hide(false);
  await expect(page).toHaveTitle(title);

  const first = page.getByRole('img', { name: 'first.png: before and after, 24 × 18 pixels' });
  const undo = page.getByRole('button', { name: 'Undo' });
  await page.getByRole('banner').getByRole('button', { name: 'Remove first.png' }).press('Enter');
  await expect(page.getByText('first.png removed.')).toBeVisible();
  await expect(page.getByRole('img', { name: /^second\.png/ })).toBeVisible();
  // Not on the cross, which would now remove the second picture.
  await expect(undo).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(first).toBeVisible();
  await expect(undo).toBeHidden();
  expect(await limpid.download()).toMatchObject({ width: 24, height: 18 });

  const pictures = page.getByRole('navigation', { name: 'Pictures' });
  await pictures.getByRole('button', { name: 'Remove all' }).press('Enter');
  await expect(page.getByText('2 pictures removed.')).toBeVisible();
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(first).toBeVisible();
  await pictures.getByRole('button', { name: 'Remove first.png' }).press('Enter');
  await expect(undo).toBeVisible();
  await limpid.choose(await png(9, 9, { name: 'third.png' }));
  await expect(page.getByRole('img', { name: /^third\.png/ })).toBeVisible();
  await expect(undo).toBeHidden();
});

test('a long name of weights stays in the controls, and a click leaves no focus ring', async ({ limpid, page }) => {
  const checkpoint = zipForm({ model: { sd: flatStateDict('liif-edsr', 0.001) } });
  const name = `${'own-training-'.repeat(9)}.pth`;
  await limpid.choose(await png(12, 9));
  // Its opening moves the buttons, and with them the field that a file is given to.
  await expect(page.getByRole('img', { name: /^drawn\.png/ })).toBeVisible();
  await limpid.choose({ name, mimeType: '', buffer: Buffer.from(await checkpoint.arrayBuffer()) });
  const select = page.getByLabel('Weights of LIIF-EDSR');
  await expect(select).toBeVisible();
  const right = (box: Awaited<ReturnType<typeof select.boundingBox>>): number => (box?.x ?? 0) + (box?.width ?? 0);
  const controls = page.getByRole('region', { name: 'Controls' });
  expect(right(await select.boundingBox())).toBeLessThan(right(await controls.boundingBox()));
  const ring = (): Promise<string> => limpid.preset(3).evaluate((button) => getComputedStyle(button).boxShadow);
  await limpid.preset(3).click();
  expect(await ring()).toBe('none');
  await limpid.preset(3).press('Shift');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await ring()).not.toBe('none');
});

test('imported weights are removed only after a second press', async ({ limpid, page }) => {
  const checkpoint = zipForm({ model: { sd: flatStateDict('liif-edsr', 0.001) } });
  await limpid.choose({ name: 'mine.pth', mimeType: '', buffer: Buffer.from(await checkpoint.arrayBuffer()) });
  const weights = page.getByRole('region', { name: 'Weights' });
  const cross = weights.getByRole('button', { name: 'Remove mine.pth' });
  await cross.press('Enter');
  const question = weights.getByRole('group', { name: 'Remove mine.pth?' });
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Keep' }).press('Enter');
  await expect(question).toBeHidden();
  await expect(cross).toBeFocused();
  await expect(weights.getByLabel('Weights of LIIF-EDSR')).toBeVisible();
  await cross.press('Enter');
  await question.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(cross).toBeHidden();
  await expect(weights.getByLabel('Weights of LIIF-EDSR')).toBeHidden();
});
