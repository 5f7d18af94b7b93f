import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { png, type PictureFile } from './pictures.ts';
import { expect, test } from './test.ts';

const [WIDTH, HEIGHT] = [1200, 900];

/** A picture whose pixels tell their own place. */
async function map(): Promise<PictureFile> {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
    return [x & 255, y & 255, (x >> 8) * 16 + (y >> 8)][at % 3] ?? 0;
  });
  const buffer = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png()
    .toBuffer();
  return { name: 'map.png', mimeType: 'image/png', buffer };
}

/** The place in the map that stands `dx` and `dy` pixels from the middle of the canvas, at 100 %. */
const placeAt = (page: Page, dx = 0, dy = 0): Promise<readonly [x: number, y: number]> =>
  page.evaluate(
    ([right, down]) => {
      const canvas = document.querySelector('canvas');
      if (canvas === null) throw new Error('There is no canvas.');
      const [x, y] = [Math.floor(canvas.width / 2) + right, Math.floor(canvas.height / 2) + down];
      const [r = 0, g = 0, b = 0] = canvas.getContext('2d')?.getImageData(x, y, 1, 1).data ?? [];
      return [r + 256 * (b >> 4), g + 256 * (b & 15)] as const;
    },
    [dx, dy] as const,
  );

type Touch = (
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  ...fingers: readonly (readonly [number, number])[]
) => Promise<unknown>;

/** Gives the page a screen that can be touched; the call that comes back puts fingers on it. */
async function touchScreen(page: Page): Promise<Touch> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  return (type, ...fingers) => {
    const touchPoints = fingers.map(([x, y], id) => ({ x, y, id }));
    return session.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
}

test('drag, double click, pinch and keys move and zoom the picture', async ({ limpid, page }) => {
  await limpid.choose(await map());
  const canvas = page.getByRole('img', { name: /^map\.png/ });
  const zoom = page.getByRole('button', { name: /show at 100 %/ });
  const fit = page.getByRole('button', { name: 'Fit to window' });
  await expect(fit).toHaveAttribute('aria-pressed', 'true');
  const fitted = (await zoom.textContent()) ?? '';
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The canvas is not on screen.');
  const [x, y] = [Math.floor(box.x + box.width / 2), Math.floor(box.y + box.height / 2)];
  let [column, row] = [WIDTH / 2, HEIGHT / 2];
  /** Half a pixel either way: the canvas' middle may lie between two. */
  const expectMiddle = (): Promise<void> =>
    expect
      .poll(async () => {
        const [left, top] = await placeAt(page);
        return Math.max(Math.abs(left - column), Math.abs(top - row));
      })
      .toBeLessThanOrEqual(1);

  await test.step('1 shows 100 %, around the middle', async () => {
    await page.keyboard.press('1');
    await expect(zoom).toHaveText('100 %');
    await expectMiddle();
  });

  await test.step('a drag takes the picture along', async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 130, y - 70, { steps: 3 });
    await page.mouse.up();
    [column, row] = [column + 130, row + 70];
    await expectMiddle();
    // Let go of, it stays.
    await page.mouse.move(x, y);
    await expectMiddle();
  });

  await test.step('Shift and arrows move it', async () => {
    for (const [key, right, down] of [
      ['ArrowLeft', -60, 0],
      ['ArrowUp', 0, -60],
      ['ArrowRight', 60, 0],
      ['ArrowDown', 0, 60],
      ['ArrowLeft', -60, 0],
    ] as const) {
      await page.keyboard.press(`Shift+${key}`);
      [column, row] = [column + right, row + down];
      await expectMiddle();
    }
  });

  await test.step('+ and − zoom around the middle, 0 shows all of it', async () => {
    await page.keyboard.press('+');
    await expect(zoom).toHaveText('125 %');
    await page.keyboard.press('-');
    await expect(zoom).toHaveText('100 %');
    await expectMiddle();
    await page.keyboard.press('0');
    await expect(zoom).toHaveText(fitted);
    await expect(fit).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('a double click shows 100 % there, another all of it', async () => {
    const scale = Number.parseFloat(fitted) / 100;
    expect(scale).toBeGreaterThan(0.1);
    await page.mouse.dblclick(x + 100, y + 50);
    await expect(zoom).toHaveText('100 %');
    // What lay under the pointer still does.
    const [left, top] = [WIDTH / 2 + 100 / scale, HEIGHT / 2 + 50 / scale];
    await expect
      .poll(async () => {
        const [there, below] = await placeAt(page, 100, 50);
        return Math.max(Math.abs(there - left), Math.abs(below - top));
      })
      .toBeLessThanOrEqual(4);
    await page.mouse.dblclick(x + 100, y + 50);
    await expect(zoom).toHaveText(fitted);
  });

  /** Which of its events the page lets the browser act upon. */
  const safariPinch = (scale: number): Promise<readonly boolean[]> =>
    canvas.evaluate(
      (element, [clientX, clientY, last]) =>
        [1, (1 + last) / 2, last].map((now, index) => {
          const init = { clientX, clientY, bubbles: true, cancelable: true };
          const event = new MouseEvent(index === 0 ? 'gesturestart' : 'gesturechange', init);
          return element.dispatchEvent(Object.assign(event, { scale: now }));
        }),
      [x, y, scale] as const,
    );

  await test.step('a pinch on a trackpad, as desktop Safari tells of it, zooms the picture and not the page', async () => {
    await page.keyboard.press('1');
    [column, row] = [WIDTH / 2, HEIGHT / 2];
    await expectMiddle();
    expect(await safariPinch(2)).toEqual([false, false, false]);
    await expect(zoom).toHaveText('200 %');
    await expectMiddle();
  });

  await test.step('two fingers that part zoom in, and out when they meet', async () => {
    await page.keyboard.press('1');
    const touch = await touchScreen(page);
    const apart = (pixels: number) => [[x - pixels / 2, y] as const, [x + pixels / 2, y] as const];
    await touch('touchStart', ...apart(100));
    for (const pixels of [120, 160, 200]) await touch('touchMove', ...apart(pixels));
    await expect(zoom).toHaveText('200 %');
    // Safari tells of the same fingers once more.
    expect(await safariPinch(3)).toEqual([true, true, true]);
    await expect(zoom).toHaveText('200 %');
    for (const pixels of [150, 100]) await touch('touchMove', ...apart(pixels));
    await expect(zoom).toHaveText('100 %');
    await touch('touchEnd');
  });
});

test('moving the divider moves nothing else, by mouse and by finger', async ({ limpid, page }) => {
  await limpid.choose(await png(12, 9));
  await limpid.restore();
  await expect(limpid.divider).toHaveAttribute('aria-valuenow', '50');
  const zoom = page.getByRole('button', { name: /show at 100 %/ });
  // Larger than the canvas, so that a drag has somewhere to take it.
  for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press('+');
  await expect(zoom).toHaveText('6400 %');
  /** A sum of what stands at the left edge, far from the divider. */
  const edge = (): Promise<number> =>
    page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const { data } = canvas?.getContext('2d')?.getImageData(0, 0, 20, canvas.height) ?? { data: [] };
      return [...data].reduce((sum, value) => (31 * sum + value) | 0, 0);
    });
  // Before anything is measured: fingers get larger buttons.
  const touch = await touchScreen(page);
  const box = await limpid.divider.boundingBox();
  if (!box) throw new Error('The divider is not on screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  let before = 0;
  await expect.poll(async () => before === (before = await edge())).toBe(true);
  const moved = async (): Promise<void> => {
    await expect(limpid.divider).not.toHaveAttribute('aria-valuenow', '50');
    expect(await edge()).toBe(before);
    await expect(zoom).toHaveText('6400 %');
  };

  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 100, y, { steps: 4 });
  await page.mouse.up();
  await moved();
  await page.mouse.dblclick(x + 100, y);
  await moved();

  await limpid.divider.press('End');
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('PageDown');
  await expect(limpid.divider).toHaveAttribute('aria-valuenow', '50');
  await touch('touchStart', [x, y]);
  for (const right of [30, 60, 100]) await touch('touchMove', [x + right, y]);
  await moved();
  // A second finger on the picture makes no pinch of it.
  await touch('touchStart', [x + 100, y], [x - 200, y]);
  for (const right of [120, 160]) await touch('touchMove', [x + right, y], [x - 200, y]);
  await touch('touchEnd');
  await moved();
});

test('C shows what changed and back; what belongs to LIIF goes with it', async ({ limpid, page }) => {
  await limpid.choose(await png(12, 9));
  await limpid.restore();
  const legend = page.getByRole('img', { name: /Change map/ });
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press('c');
  await expect(legend).toBeVisible();
  // Under Caps Lock.
  await page.locator('body').dispatchEvent('keydown', { key: 'C' });
  await expect(legend).toBeHidden();

  const quality = page.getByRole('radiogroup', { name: 'Quality' });
  const deblurFirst = page.getByRole('checkbox', { name: 'Deblur first' });
  for (const [model, enlarges] of [
    ['LIIF-EDSR', true],
    ['MIMO-UNet RealBlur', false],
    ['LIIF-RDN', true],
    ['MIMO-UNet+', false],
    ['MSSNet RealBlur-R', false],
  ] as const) {
    await limpid.model(model).check();
    for (const field of [quality, deblurFirst, limpid.scale]) await expect(field).toBeVisible({ visible: enlarges });
  }
});
