import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { launchChromium } from '../cli/browser.ts';
import { ensureBuilt } from '../cli/build.ts';
import { serveFolders } from '../cli/serve.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { Quality } from '../contract/models.ts';
import type { PictureFile } from '../e2e/pictures.ts';
import { rendererPeak } from './memory.ts';

export interface LargeRun {
  readonly manifest: Manifest;
  /** A JPEG, as a person would hand it over. */
  readonly file: PictureFile;
  /** For enlarging models. */
  readonly scale: number;
  readonly quality: Quality;
  readonly minutes: number;
}

export interface LargeRow {
  readonly model: string;
  readonly input: string;
  readonly output: string;
  /** As the progress bar counts them. */
  readonly parts: string;
  readonly seconds: number;
  readonly peakBytes: number | null;
  /** Milliseconds. */
  readonly longestTask: number;
  /** What the page says of the backend, and of what went wrong. */
  readonly said: string;
  /** What was downloaded. */
  readonly file: string;
}

/** One model on one picture in the page, in a browser of its own so that its peak memory is its own. */
export async function runLarge(run: LargeRun): Promise<LargeRow> {
  const server = await serveFolders({ '/': await ensureBuilt() });
  const browser = await launchChromium(['--no-sandbox']);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(120_000);
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) process.stderr.write(`\n${message.text()}\n`);
    });
    await page.goto(server.origin);
    await choose(page, run);
    return await restore(page, run);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function choose(page: Page, { file, manifest, scale, quality }: LargeRun): Promise<void> {
  await page.getByLabel('Choose image').setInputFiles(file);
  await page.getByRole('button', { name: 'Restore', exact: true }).waitFor();
  await page
    .getByRole('radiogroup', { name: 'Model' })
    .getByRole('radio', { name: manifest.name, exact: true })
    .check();
  if (manifest.task !== 'enlarge') return;
  await page.getByRole('spinbutton', { name: 'Scale' }).fill(String(scale));
  await page.getByRole('spinbutton', { name: 'Scale' }).press('Tab');
  if (quality === 'fast')
    await page.getByRole('radiogroup', { name: 'Quality' }).getByRole('radio', { name: 'Fast' }).check();
}

async function restore(page: Page, { manifest, file, minutes }: LargeRun): Promise<LargeRow> {
  await page.evaluate(() => {
    const tasks: number[] = [0];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    Object.assign(globalThis, { limpidTasks: tasks });
  });
  const status = page.getByRole('status');
  const start = performance.now();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  let text = '';
  let count = '';
  let stopped = false;
  while (!/^(?:Done|Not restored|Cancelled)/.test(text)) {
    if (!stopped && performance.now() - start > minutes * 60_000) {
      stopped = true;
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
    text = (await status.textContent()) ?? '';
    count = (await partsShown(page)) ?? count;
    process.stderr.write(`\r${text}, ${count}      `);
  }
  const seconds = (performance.now() - start) / 1000;
  process.stderr.write('\n');
  const longestTask = await page.evaluate(() =>
    Math.max(...(globalThis as unknown as { limpidTasks: number[] }).limpidTasks),
  );
  const meta = await sharp(file.buffer).metadata();
  const backend = await page.getByRole('region', { name: 'Backend' }).textContent();
  const said = [backend ?? '', ...(await page.getByRole('alert').allTextContents())];
  const finished = text.startsWith('Done');
  const saved = finished ? await download(page) : 'none';
  return {
    model: manifest.name,
    input: `${String(meta.width)}x${String(meta.height)}`,
    output: finished ? (/→ (.*?) in/.exec(text)?.[1] ?? text) : text,
    parts: finished ? count.replace(/^\d+ of /, '') : count,
    seconds,
    peakBytes: rendererPeak(),
    longestTask,
    said: said.join(' ').trim(),
    file: saved,
  };
}

/** "12 of 40 parts" beside the progress bar, null when it is not there. */
async function partsShown(page: Page): Promise<string | null> {
  const count = page.getByText(/^\d+ of \d+ parts/);
  return (await count.count()) > 0 ? ((await count.first().textContent()) ?? null) : null;
}

async function download(page: Page): Promise<string> {
  const waiting = page.waitForEvent('download', { timeout: 600_000 });
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const { width, height, format } = await sharp(await (await waiting).path(), { limitInputPixels: false }).metadata();
  return `${format} ${String(width)}x${String(height)}`;
}
