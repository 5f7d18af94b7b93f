import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serveFolders } from '../cli/serve.ts';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from '../contract/headers.ts';
import type { Manifest } from '../contract/manifest.ts';
import { png } from './pictures.ts';
import { expect, test as base } from './test.ts';

/**
 * A model is data: the page is built from a copy of this repository in which one folder below public/models and one line of
 * contract/model-ids.json are new, and nothing else. The folder is MIMO-UNet's under other names, of a network of which
 * neither the recogniser nor the panel has ever heard.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODELS = join(ROOT, 'public/models');
const CODE = ['index.html', 'headless.html', 'package.json', 'vite.config.ts', 'tsconfig.base.json'];
const FOLDERS = ['contract', 'src', 'workers', 'public'];
const ID = 'sixth-net-photos';
const NAME = 'Sixth-Net Photos';
const SUMMARY = 'Steadies photos in a way that this page has never read of.';

function writeModel(folder: string): void {
  cpSync(join(MODELS, 'mimo-unet-realblur'), folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const copied = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const manifest: Manifest = { ...copied, id: ID, name: NAME, summary: SUMMARY, network: 'sixth-net', accepts: [] };
  writeFileSync(file, JSON.stringify(manifest));
}

/** The copy, without the other models' files, which are served from where they are. */
function copyRepository(to: string): void {
  for (const file of CODE) cpSync(join(ROOT, file), join(to, file));
  for (const folder of FOLDERS)
    cpSync(join(ROOT, folder), join(to, folder), { recursive: true, filter: (source) => source !== MODELS });
  symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
  const list = join(to, 'contract/model-ids.json');
  writeFileSync(list, JSON.stringify([...(JSON.parse(readFileSync(list, 'utf8')) as string[]), ID]));
}

const test = base.extend<object, { site: string }>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the dependencies from the braces
    async ({}, use) => {
      const copy = mkdtempSync(join(tmpdir(), 'limpid-sixth-'));
      try {
        copyRepository(copy);
        writeModel(join(copy, 'public/models', ID));
        await build({ root: copy, logLevel: 'error' });
        const mounts = {
          '/': join(copy, 'dist'),
          '/models/': MODELS,
          [`/models/${ID}/`]: join(copy, 'dist/models', ID),
        };
        const headers = { ...ISOLATION_HEADERS, 'Content-Security-Policy': CONTENT_SECURITY_POLICY };
        const server = await serveFolders(mounts, headers);
        await use(server.origin);
        await server.close();
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site),
});

test('a sixth model is one folder and one line: it is offered, runs, is explained and saved', async ({
  limpid,
  page,
}) => {
  test.setTimeout(180_000);
  const panel = page.getByRole('complementary', { name: 'Explanation' });
  const ask = async (question: string): Promise<void> => {
    await panel.getByRole('textbox', { name: 'Ask about this result' }).fill(question);
    await panel.getByRole('button', { name: 'Ask', exact: true }).click();
  };
  await limpid.choose(await png(21, 18, { name: 'shaken.png' }));

  await test.step('the picker has it as the last of its group', async () => {
    const deblur = page.getByRole('group', { name: 'Deblur', exact: true }).getByRole('radio');
    await expect(deblur.last()).toHaveAccessibleName(NAME);
    await limpid.model(NAME).check();
    await expect(page.getByText(SUMMARY).first()).toBeVisible();
  });

  await test.step('it runs, proven by its golden picture', async () => {
    expect(await limpid.restore()).toMatch(/^Done: 21 × 18 → 21 × 18 .*WASM/);
  });

  await test.step('the panel says what its manifest and the run say, and that nobody has read more', async () => {
    const unread = `No paper or code about ${NAME} has been read for this page`;
    for (const name of ['Task', 'Workflow', 'Sources']) {
      const part = panel.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
      await expect(part).toContainText(
        { Task: SUMMARY, Workflow: '6,801,981 parameters', Sources: unread }[name] ?? '',
      );
    }
    await expect(panel).toContainText(`${NAME} was given 21 × 18 pixels and gave back 21 × 18`);
    await expect(panel).not.toContainText('MIMO');
    await expect(panel.locator('a[target="_blank"]')).toHaveCount(0);
  });

  await test.step('the question box knows its name', async () => {
    await ask('What is sixth net photos?');
    const answer = panel.locator('section').filter({ has: page.getByRole('heading', { name: 'Answer', exact: true }) });
    await expect(answer).toContainText(SUMMARY);
    await ask(`Can I trust the letters in a result of ${NAME}?`);
    await expect(answer).toContainText(`No paper or code about ${NAME}`);
  });

  await test.step('its result is saved', async () => {
    const saved = await limpid.download();
    expect([saved.width, saved.height]).toEqual([21, 18]);
    expect(saved.name).toContain('shaken');
  });
});
