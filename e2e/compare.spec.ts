import { png } from './pictures.ts';
import { expect, test } from './test.ts';

test('before and after: by keys, by mouse, zoomed, and as changes', async ({ limpid, page }) => {
  await limpid.choose(await png(40, 30));
  await limpid.restore();
  const canvas = page.getByRole('img', { name: /before and after/ });
  const shot = async (): Promise<string> => (await canvas.screenshot()).toString('base64');
  const value = limpid.divider;
  await expect(value).toHaveAttribute('aria-valuenow', '50');

  await test.step('the divider follows the keys', async () => {
    await limpid.divider.focus();
    for (const [key, position] of [
      ['ArrowRight', '52'],
      ['PageDown', '42'],
      ['Home', '0'],
      ['End', '100'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(value).toHaveAttribute('aria-valuenow', position);
    }
    await expect(value).toHaveAttribute('aria-valuetext', '100 % before, 0 % after');
  });

  await test.step('both sides are on the canvas, and the changes are a third picture', async () => {
    await page.keyboard.press('Home');
    await expect.poll(async () => (await shot()) === (await shot())).toBe(true);
    const after = await shot();
    await page.keyboard.press('End');
    await expect.poll(shot).not.toBe(after);
    await page.keyboard.press('Home');
    await expect.poll(shot).toBe(after);
    await limpid.changes.click();
    await expect.poll(shot).not.toBe(after);
    await expect(page.getByRole('img', { name: /Change map/ })).toBeVisible();
    await limpid.changes.click();
    await expect(page.getByRole('img', { name: /Change map/ })).toBeHidden();
  });

  await test.step('the divider follows the mouse', async () => {
    await limpid.divider.focus();
    await page.keyboard.press('End');
    await expect(value).toHaveAttribute('aria-valuenow', '100');
    const box = await limpid.divider.boundingBox();
    if (!box) throw new Error('The divider is not on screen.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 100, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => Number(await value.getAttribute('aria-valuenow'))).toBeLessThan(97);
    expect(Number(await value.getAttribute('aria-valuenow'))).toBeGreaterThan(30);
  });

  await test.step('zoom by wheel, keys and buttons', async () => {
    const zoom = page.getByRole('button', { name: /show at 100 %/ });
    await page.getByRole('button', { name: 'Fit to window' }).click();
    const fitted = (await zoom.textContent()) ?? '';
    await canvas.hover({ position: { x: 20, y: 20 } });
    await page.mouse.wheel(0, -400);
    await expect(zoom).not.toHaveText(fitted);
    await zoom.click();
    await expect(zoom).toHaveText('100 %');
    await page.keyboard.press('+');
    await expect(zoom).not.toHaveText('100 %');
    await page.keyboard.press('0');
    await expect(zoom).toHaveText(fitted);
  });
});
