import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { flatSafetensors } from './harness/safetensors.ts';
import { LimpidPage } from './limpid-page.ts';
import { png, type PictureFile } from './pictures.ts';
import { expect, test } from './test.ts';

/** A context of its own: a chunk that does not come is logged as an error, which other tests do not allow. */
async function visit(browser: Browser, baseURL: string | undefined): Promise<{ page: Page; limpid: LimpidPage }> {
  const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  const limpid = new LimpidPage(page);
  await limpid.open();
  return { page, limpid };
}

const toTiff = ({ buffer }: PictureFile): Promise<Buffer> => sharp(buffer).tiff({ compression: 'lzw' }).toBuffer();

/** The network loses every chunk of this name; the call that is given back mends it, once at least one was lost. */
async function losing(page: Page, chunk: string): Promise<() => Promise<void>> {
  let lost = 0;
  const pattern = `**/assets/${chunk}-*.js*`;
  await page.context().route(pattern, (route) => {
    lost += 1;
    return route.abort('connectionreset');
  });
  return async () => {
    await page.context().unroute(pattern);
    expect(lost).toBeGreaterThan(0);
  };
}

test('the explanation does not come: said, and the next attempt works', async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  const mend = await losing(page, 'Explanation');
  await page.goto('/');
  const panel = page.getByRole('complementary', { name: 'Explanation' });
  await expect(panel).toContainText('The explanation could not be loaded.');
  await mend();
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel).toContainText('Removing blur.');
  await page.context().close();
});

test('the models do not come: said before there is a picture, and the next attempt works', async ({
  browser,
  baseURL,
}) => {
  const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  const manifests = '**/models/*/manifest.json';
  await page.context().route(manifests, (route) => route.abort('connectionreset'));
  await page.goto('/');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('could not be fetched. Check the connection');
  await page.context().unroute(manifests);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(alert).toBeHidden();
  await new LimpidPage(page).choose(await png(12, 9));
  await expect(page.getByRole('radio', { name: 'LIIF-EDSR', exact: true })).toBeVisible();
  await page.context().close();
});

test('what answers questions does not come: one sentence, and the next attempt works', async ({ browser, baseURL }) => {
  const { page } = await visit(browser, baseURL);
  const mend = await losing(page, 'reply');
  const panel = page.getByRole('complementary', { name: 'Explanation' });
  await panel.getByRole('textbox', { name: 'Ask about this result' }).fill('How does LIIF work?');
  await panel.getByRole('button', { name: 'Ask', exact: true }).click();
  const reply = panel.locator('.ex-reply');
  await expect(reply).toContainText('The answer could not be loaded: connect to the network and try again.');
  await mend();
  await reply.getByRole('button', { name: 'Try again' }).click();
  await expect(reply.locator('.ex-sentence').first()).toBeVisible();
  await expect(reply).not.toContainText('could not be loaded');
  await page.context().close();
});

test('what reads weights files does not come: one sentence, and the next attempt works', async ({
  browser,
  baseURL,
}) => {
  const { page, limpid } = await visit(browser, baseURL);
  const mend = await losing(page, 'import');
  const file = { name: 'flat.safetensors', mimeType: 'application/octet-stream', buffer: flatSafetensors() };
  await limpid.choose(file);
  const sentence = 'What reads weights files could not be loaded: connect to the network and try again.';
  await expect(page.getByText(sentence)).toBeVisible();
  await mend();
  await limpid.choose(file);
  await expect(page.getByText('flat.safetensors is on this device now')).toBeVisible({ timeout: 60_000 });
  await page.context().close();
});

test('what reads TIFF does not come: said of the file, and choosing it again opens it', async ({
  browser,
  baseURL,
}) => {
  const { page, limpid } = await visit(browser, baseURL);
  const file = { name: 'scan.tiff', mimeType: 'image/tiff', buffer: await toTiff(await png(12, 9)) };
  const mend = await losing(page, 'tiff-decode');
  await limpid.choose(file);
  await expect(limpid.alert).toContainText(
    '“scan.tiff” needs a decoder that could not be loaded; connect to the network and choose it again.',
  );
  await mend();
  await limpid.choose(file);
  await expect(limpid.restoreButton).toBeVisible();
  await page.context().close();
});

test('what writes zip files does not come: said, and the next attempt works', async ({ browser, baseURL }) => {
  const { page, limpid } = await visit(browser, baseURL);
  const mend = await losing(page, 'client-zip');
  await limpid.choose(await png(12, 9), await png(9, 12));
  await limpid.restore();
  await page.getByRole('button', { name: 'Zip of 2' }).click();
  await expect(limpid.alert).toContainText('what makes it could not be loaded. Connect to the network and try again.');
  await mend();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Zip of 2' }).click();
  expect((await waiting).suggestedFilename()).toBe('limpid.zip');
  await page.context().close();
});

test('what restores and writes pictures does not come: said, and the next attempt works', async ({
  browser,
  baseURL,
}) => {
  const { page, limpid } = await visit(browser, baseURL);
  const mendRun = await losing(page, 'run');
  const mendEncode = await losing(page, 'encode');
  await limpid.choose(await png(12, 9));
  await limpid.restoreButton.click();
  await expect(limpid.alert).toContainText(
    'What restores pictures could not be loaded: connect to the network and try again.',
  );
  await mendRun();
  await limpid.restore();
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await expect(limpid.alert).toContainText(
    'What writes pictures could not be loaded: connect to the network and try again.',
  );
  await mendEncode();
  expect((await limpid.download()).width).toBe(24);
  await page.context().close();
});
