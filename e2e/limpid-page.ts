import { readFile } from 'node:fs/promises';
import { expect, type Download, type Locator, type Page } from '@playwright/test';
import type { Rgb } from '../cli/pillow.ts';
import { decode, type PictureFile } from './pictures.ts';

/** The page as a person meets it: by role and name only. Both are a contract: other tools drive the page by them. */
export class LimpidPage {
  readonly status: Locator;
  readonly alert: Locator;
  readonly restoreButton: Locator;
  readonly cancelButton: Locator;
  readonly progress: Locator;
  readonly divider: Locator;
  readonly scale: Locator;

  constructor(readonly page: Page) {
    this.status = page.getByRole('status');
    this.alert = page.getByRole('alert');
    this.restoreButton = page.getByRole('button', { name: 'Restore', exact: true });
    this.cancelButton = page.getByRole('button', { name: 'Cancel', exact: true });
    this.progress = page.getByRole('progressbar', { name: 'Restoration progress' });
    this.divider = page.getByRole('slider', { name: 'Before and after' });
    this.scale = page.getByRole('spinbutton', { name: 'Scale' });
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.page.getByRole('group', { name: 'Samples' })).toBeVisible();
  }

  async choose(...files: readonly PictureFile[]): Promise<void> {
    await this.page.getByLabel('Choose image').setInputFiles([...files]);
  }

  model(name: string): Locator {
    return this.page.getByRole('radiogroup', { name: 'Model' }).getByRole('radio', { name, exact: true });
  }

  /** The button "2×", "3×" or "4×" beside the scale. */
  preset(factor: 2 | 3 | 4): Locator {
    return this.page.getByRole('button', { name: `${String(factor)}×`, exact: true });
  }

  /** The button under the picture that shows the heat map. */
  get changes(): Locator {
    return this.page.getByRole('region', { name: 'Picture' }).getByRole('button', { name: /chang/i });
  }

  /** Presses Restore and waits for the end; the status line is returned. */
  async restore(): Promise<string> {
    await this.restoreButton.click();
    await expect(this.status).toHaveText(/^(Done:|Not restored)/, { timeout: 100_000 });
    const text = (await this.status.textContent()) ?? '';
    expect(text).toMatch(/^Done:/);
    return text;
  }

  /** RGB of a picture of this size that stands at 100 % in the middle of the canvas, as the canvas itself holds it. */
  async shown(width: number, height: number): Promise<Uint8Array> {
    const samples = await this.page.evaluate(
      ([w, h]) => {
        const canvas = document.querySelector('canvas');
        if (canvas === null) return [];
        const [x, y] = [Math.round((canvas.width - w) / 2), Math.round((canvas.height - h) / 2)];
        const { data } = canvas.getContext('2d')?.getImageData(x, y, w, h) ?? { data: [] };
        return [...data].filter((_, at) => at % 4 !== 3);
      },
      [width, height] as const,
    );
    return Uint8Array.from(samples);
  }

  /** A file that was saved without loss holds the result's pixels as the engine shows them, each of them. */
  async expectShown({ width, height, data }: Rgb): Promise<void> {
    // It glides there when the result comes; a key before that would be lost.
    await expect(this.divider).toHaveAttribute('aria-valuenow', '50');
    await this.page.getByRole('button', { name: /show at 100 %/ }).click();
    await this.divider.press('Home');
    await expect.poll(async () => Buffer.compare(await this.shown(width, height), data)).toBe(0);
  }

  /** The file behind "Download", decoded, with its suggested name. */
  async download(): Promise<Awaited<ReturnType<typeof decode>> & { name: string }> {
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Download', exact: true }).click();
    const download: Download = await waiting;
    return { ...(await decode(await readFile(await download.path()))), name: download.suggestedFilename() };
  }
}
