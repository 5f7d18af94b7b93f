import { resizeLikePillow } from '../cli/pillow.ts';
import { paint, png } from './pictures.ts';
import { expect, test } from './test.ts';

/** Largest difference of any sample; infinite between two lengths. */
const largest = (a: Uint8Array, b: Uint8Array): number =>
  a.length === b.length ? a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? 0))), 0) : Infinity;

test('before and after: by keys, by mouse, zoomed, and as changes', async ({ limpid, page }) => {
  await limpid.choose(await png(40, 30));
  await limpid.restore();
  const canvas = page.getByRole('img', { name: /before and after/ });
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

  await test.step('at 100 % the canvas shows the enlarged input left of the divider and the saved file right of it', async () => {
    await page.getByRole('button', { name: /show at 100 %/ }).click();
    const saved = await limpid.download();
    const plain = resizeLikePillow(paint(40, 30), 80, 60);
    expect(largest(saved.data, plain.data)).toBeGreaterThan(20);
    /** Largest difference of the canvas from the plain enlargement left of column `split`, and from the file behind it. */
    const off = async (split: number): Promise<{ left: number; right: number }> => {
      const shown = await limpid.shown(80, 60);
      const isLeft = (_: number, at: number): boolean => Math.floor(at / 3) % 80 < split;
      const side = (keep: (sample: number, at: number) => boolean, other: Uint8Array): number =>
        largest(shown.filter(keep), other.filter(keep));
      return { left: side(isLeft, plain.data), right: side((sample, at) => !isLeft(sample, at), saved.data) };
    };
    const shows = async (split: number): Promise<void> => {
      // Pillow rounds and clips between its two passes, the view does not.
      await expect.poll(async () => (await off(split)).left).toBeLessThanOrEqual(4);
      await expect.poll(async () => (await off(split)).right).toBe(0);
    };
    await limpid.divider.focus();
    await page.keyboard.press('Home');
    await shows(0);
    await page.keyboard.press('End');
    await shows(80);
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('PageDown');
    await expect(value).toHaveAttribute('aria-valuenow', '50');
    await shows(40);
    await page.keyboard.down(' ');
    await shows(80);
    await page.keyboard.up(' ');
    await shows(40);
    await page.keyboard.press('Home');
    await limpid.changes.click();
    await expect(page.getByRole('img', { name: /Change map/ })).toBeVisible();
    await expect.poll(async () => (await off(0)).right).toBeGreaterThan(20);
    await expect.poll(async () => (await off(80)).left).toBeGreaterThan(20);
    await limpid.changes.click();
    await expect(page.getByRole('img', { name: /Change map/ })).toBeHidden();
    await shows(0);
    await page.getByRole('button', { name: 'Fit to window' }).click();
  });

  await test.step('changes are seen even where "before" filled the picture', async () => {
    await page.getByRole('button', { name: 'Before', exact: true }).click();
    await expect(value).toHaveAttribute('aria-valuenow', '100');
    await limpid.changes.click();
    await expect(value).toHaveAttribute('aria-valuenow', '50');
    await limpid.changes.click();
  });

  await test.step('Space shows the original while it is held, and leaves the focus where it is', async () => {
    await value.focus();
    await page.keyboard.down(' ');
    await expect(page.getByRole('button', { name: 'Before', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.up(' ');
    await expect(page.getByRole('button', { name: 'Before', exact: true })).toHaveAttribute('aria-pressed', 'false');
    await expect(value).toBeFocused();
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

  await test.step('keys of one character can be switched off, for the next visit too', async () => {
    const keys = page.getByRole('dialog');
    await page.keyboard.press('?');
    await keys.getByRole('checkbox', { name: /Single-key shortcuts/ }).uncheck();
    await keys.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await limpid.choose(await png(40, 30));
    const zoom = page.getByRole('button', { name: /show at 100 %/ });
    const fitted = (await zoom.textContent()) ?? '';
    for (const key of ['+', '?']) await page.keyboard.press(key);
    await expect(zoom).toHaveText(fitted);
    await expect(keys).toBeHidden();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await keys.getByRole('checkbox', { name: /Single-key shortcuts/ }).check();
    await keys.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('+');
    await expect(zoom).not.toHaveText(fitted);
  });

  await test.step('F gives the picture the whole window, Escape takes it back', async () => {
    const rail = page.getByRole('region', { name: 'Controls' });
    await page.keyboard.press('f');
    await expect(rail).toBeHidden();
    const full = page.getByRole('button', { name: 'Full window' });
    await expect(full).toHaveAttribute('aria-pressed', 'true');
    expect(await page.getByRole('region', { name: 'Picture' }).boundingBox()).toMatchObject({ x: 0, width: 1280 });
    await page.keyboard.press('Escape');
    await expect(rail).toBeVisible();
    await full.click();
    await expect(rail).toBeHidden();
    await full.click();
    await expect(rail).toBeVisible();
  });

  await test.step('brackets show the other pictures, D downloads a result', async () => {
    await limpid.choose(await png(9, 12, { name: 'next.png' }));
    await expect(page.getByRole('img', { name: /^next\.png/ })).toBeVisible();
    await page.keyboard.press(']');
    await expect(page.getByRole('img', { name: /^next\.png/ })).toBeVisible();
    await page.keyboard.press('[');
    await expect(page.getByRole('img', { name: /^drawn\.png/ })).toBeVisible();
    await page.keyboard.press(']');
    await limpid.restore();
    const waiting = page.waitForEvent('download');
    await page.keyboard.press('d');
    expect((await waiting).suggestedFilename()).toContain('next');
  });

  await test.step('where the page scrolls, Space outside the picture scrolls it', async () => {
    await page.setViewportSize({ width: 620, height: 400 });
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.keyboard.press(' ');
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  });
});

test('zoomed out again the picture lets the page scroll, and another screen is drawn for', async ({ limpid, page }) => {
  // Two clicks open one picture.
  await page.getByRole('button', { name: 'Diagram' }).dblclick();
  await expect(page.getByRole('img', { name: /^diagram\.png/ })).toBeVisible();
  await limpid.choose(await png(1200, 900));
  const canvas = page.getByRole('img', { name: /^drawn\.png/ });
  await expect(canvas).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pictures' }).getByRole('listitem')).toHaveCount(2);

  const fit = page.getByRole('button', { name: 'Fit to window' });
  const gestures = () =>
    canvas.evaluate(({ parentElement }) => getComputedStyle(parentElement ?? document.body).touchAction);
  await canvas.hover();
  await page.mouse.wheel(80, 0);
  await expect(fit).toHaveAttribute('aria-pressed', 'true');
  await page.mouse.wheel(0, -300);
  await expect(fit).toHaveAttribute('aria-pressed', 'false');
  expect(await gestures()).toBe('none');
  await page.mouse.wheel(0, 2000);
  await expect(fit).toHaveAttribute('aria-pressed', 'true');
  expect(await gestures()).toBe('pan-y');

  // The canvas keeps its size; the window must not, or Chromium's emulation would tell nobody of the density.
  await canvas.evaluate(({ parentElement }) => {
    // Not the attribute, which the page's policy forbids.
    if (parentElement) Object.assign(parentElement.style, { flex: 'none', height: '300px', width: '400px' });
  });
  const density = () => canvas.evaluate((element: HTMLCanvasElement) => element.width / element.clientWidth);
  await expect.poll(() => canvas.evaluate((element: HTMLCanvasElement) => element.width)).toBe(400);
  const session = await page.context().newCDPSession(page);
  for (const [width, deviceScaleFactor] of [
    [1282, 2],
    [1284, 1.5],
  ] as const) {
    const metrics = { width, height: 800, mobile: false, deviceScaleFactor };
    await session.send('Emulation.setDeviceMetricsOverride', metrics);
    await expect.poll(density).toBe(deviceScaleFactor);
  }
});
