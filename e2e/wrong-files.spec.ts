import { flatStateDict } from '../workers/checkpoint/testing/networks.ts';
import { zipForm } from '../workers/checkpoint/testing/torch-writer.ts';
import { png, type PictureFile } from './pictures.ts';
import { expect, test } from './test.ts';

const text: PictureFile = {
  name: 'letter.png',
  mimeType: 'image/png',
  buffer: Buffer.from('Dear Sir or Madam, I am a letter.'),
};
const empty: PictureFile = { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) };

/** A PNG header that declares an absurd size and holds nothing. */
async function bomb(): Promise<PictureFile> {
  const { buffer } = await png(8, 8);
  const header = Buffer.from(buffer);
  header.writeUInt32BE(60_000, 16);
  header.writeUInt32BE(60_000, 20);
  return { name: 'bomb.png', mimeType: 'image/png', buffer: header };
}

async function truncated(): Promise<PictureFile> {
  const { buffer } = await png(64, 64);
  return { name: 'cut.png', mimeType: 'image/png', buffer: buffer.subarray(0, Math.floor(buffer.length / 2)) };
}

test('each wrong file gets one clear sentence, and the picture on screen stays', async ({ limpid, page }) => {
  await limpid.choose(await png(20, 14, { name: 'good.png' }));
  await expect(page.getByRole('img', { name: /good\.png/ })).toBeVisible();
  for (const wrong of [text, empty, await truncated(), await bomb()]) {
    await test.step(wrong.name, async () => {
      await limpid.choose(wrong);
      await expect(limpid.alert).toContainText(wrong.name);
      const sentence = ((await limpid.alert.textContent()) ?? '').trim();
      expect(sentence).toMatch(/[.!]$/);
      expect(sentence).not.toMatch(/undefined|NaN|\[object|Error:|internal/i);
      await expect(page.getByRole('img', { name: /good\.png/ })).toBeVisible();
      await expect(limpid.restoreButton).toBeEnabled();
    });
  }
});

test('a wrong file before any picture leaves the page ready for a good one', async ({ limpid, page }) => {
  await limpid.choose(text);
  await expect(limpid.alert).toContainText('letter.png');
  await limpid.choose(await png(10, 10, { name: 'good.png' }));
  await expect(page.getByRole('img', { name: /good\.png/ })).toBeVisible();
  await expect(limpid.alert).toBeHidden();
});

test('many wrong files are told by reason, and leave the page in sight', async ({ limpid, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await limpid.choose(await png(20, 14, { name: 'good.png' }));
  const letters = Array.from({ length: 14 }, (_, index) => ({ ...text, name: `letter-${String(index + 1)}.png` }));
  await limpid.choose(...letters, await truncated());
  const reasons = limpid.alert.getByRole('listitem');
  await expect(reasons).toHaveCount(2);
  await expect(reasons.first()).toContainText('“letter-5.png” and 9 more: each is not a picture');
  await expect(reasons.first()).not.toContainText('letter-6');
  const beginning = await reasons.first().evaluate((item) => item.getBoundingClientRect().top);
  const notice = await limpid.alert.boundingBox();
  expect(beginning).toBeGreaterThanOrEqual(notice?.y ?? Infinity);
  expect(notice?.height).toBeLessThanOrEqual(0.4 * 740 + 1);
  await expect(limpid.alert.getByRole('button', { name: 'Dismiss' })).toBeInViewport({ ratio: 1 });
});

test('a scale outside 1 to 8 is not accepted', async ({ limpid }) => {
  await limpid.choose(await png(10, 10));
  for (const [typed, kept] of [
    ['9', '8'],
    ['0', '1'],
  ] as const) {
    await limpid.scale.fill(typed);
    await limpid.scale.blur();
    await expect(limpid.scale).toHaveValue(kept);
  }
});

test('imported weights that storage has damaged are told once and taken away', async ({ limpid, page }) => {
  const checkpoint = zipForm({ model: { sd: flatStateDict('liif-edsr', 0.001) } });
  const file = { name: 'mine.pth', mimeType: '', buffer: Buffer.from(await checkpoint.arrayBuffer()) };
  await limpid.choose(file);
  await expect(page.getByText('mine.pth is on this device now')).toBeVisible();
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('imported-weights');
    for await (const name of folder.keys()) if (name.endsWith('.bin')) await folder.removeEntry(name);
  });
  await page.reload();
  await expect(limpid.alert).toHaveText(
    'The stored copy of "mine.pth" was damaged and has been removed: import the file again.',
  );
  await page.reload();
  await limpid.choose(await png(10, 10));
  await expect(page.getByRole('radio', { name: 'LIIF-EDSR' })).toBeVisible();
  await expect(page.getByLabel('Weights of LIIF-EDSR')).toBeHidden();
  await expect(limpid.alert).toBeHidden();
});
