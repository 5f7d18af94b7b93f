import type { Browser, Page } from '@playwright/test';
import type { EncodeOptions, OutputFormat } from '../contract/picture.ts';
import { fail, type Result } from '../contract/result.ts';
import type { RunProgress } from '../contract/run.ts';
import type { ImportedWeights } from '../contract/worker-api.ts';
import type { HeadlessRequest, HeadlessResult } from '../src/headless-api.ts';
import { launchChromium, SOFTWARE_WEBGPU } from './browser.ts';
import { ensureBuilt } from './build.ts';
import { CliError } from './failure.ts';
import { serveFolders, type StaticServer } from './serve.ts';

export interface HeadlessOptions {
  readonly softwareWebgpu?: boolean;
  /** WebGPU on a real GPU needs a flag in headless Chromium on Linux. */
  readonly webgpu?: boolean;
  readonly onProgress?: (progress: RunProgress) => void;
}

/** The page's own engine and worker in a headless Chromium, one picture at a time. */
export class HeadlessLimpid {
  readonly #server: StaticServer;
  readonly #browser: Browser;
  readonly #options: HeadlessOptions;
  #page: Page;

  private constructor(server: StaticServer, browser: Browser, page: Page, options: HeadlessOptions) {
    this.#server = server;
    this.#browser = browser;
    this.#page = page;
    this.#options = options;
  }

  /** Builds the page when needed, serves it and opens it. Throws CliError. */
  static async start(options: HeadlessOptions = {}): Promise<HeadlessLimpid> {
    const folder = await ensureBuilt();
    const server = await serveFolders({ '/': folder });
    try {
      const flags =
        options.softwareWebgpu === true ? SOFTWARE_WEBGPU : options.webgpu === true ? ['--enable-unsafe-webgpu'] : [];
      const browser = await launchChromium(flags);
      return new HeadlessLimpid(server, browser, await openPage(browser, server.origin, options), options);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** Process ids are found through the browser (bench). */
  get browser(): Browser {
    return this.#browser;
  }

  /** Whether this Chromium writes a format. */
  canWrite(format: OutputFormat): Promise<boolean> {
    return this.#page.evaluate((asked) => window.limpid.canWrite(asked), format);
  }

  /** Reads a checkpoint file and uses it from now on. */
  async importWeights(file: string): Promise<Result<ImportedWeights>> {
    await this.#page.setInputFiles('#file', file);
    return this.#ask(() => this.#page.evaluate(() => window.limpid.importWeights()));
  }

  /** Restores one picture file; `save` then writes the result. */
  async restore(file: string, request: HeadlessRequest): Promise<Result<HeadlessResult>> {
    await this.#page.setInputFiles('#file', file);
    return this.#ask(() => this.#page.evaluate((asked) => window.limpid.restore(asked), request));
  }

  /** Encodes the last result and writes it to the path that `place` gives for its suggested name. */
  async save(
    options: EncodeOptions,
    place: (name: string) => string,
  ): Promise<Result<{ path: string; notes: readonly string[] }>> {
    const download = this.#page.waitForEvent('download').catch(() => null);
    const saved = await this.#ask(() => this.#page.evaluate((asked) => window.limpid.save(asked), options));
    if (!saved.ok) return saved;
    const path = place(saved.value.name);
    const file = await download;
    if (file === null) return fail('encode-failed', 'The result could not be written.');
    try {
      await file.saveAs(path);
    } catch (error) {
      return fail(
        'encode-failed',
        `${path} could not be written.`,
        error instanceof Error ? error.message : String(error),
      );
    }
    return { ok: true, value: { path, notes: saved.value.notes } };
  }

  /** Forgets the picture, so that the next one has the memory. */
  async forget(): Promise<void> {
    if (!this.#page.isClosed()) await this.#page.evaluate(() => window.limpid.close());
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }

  /** A page that died (out of memory, say) becomes a failure of this picture and a fresh page for the next. */
  async #ask<T>(question: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await question();
    } catch (error) {
      if (!this.#browser.isConnected()) throw new CliError('Chromium ended unexpectedly.', 'run');
      const detail = error instanceof Error ? error.message : String(error);
      await this.#page.close().catch(() => undefined);
      this.#page = await openPage(this.#browser, this.#server.origin, this.#options);
      return fail('worker-crashed', 'The browser page ended while working on this picture.', detail);
    }
  }
}

async function openPage(browser: Browser, origin: string, options: HeadlessOptions): Promise<Page> {
  const page = await browser.newPage({ acceptDownloads: true });
  page.setDefaultTimeout(0); // a run may take hours; a page that dies rejects at once
  if (options.onProgress) await page.exposeFunction('limpidProgress', options.onProgress);
  await page.goto(`${origin}/headless.html`);
  await page.waitForFunction(() => 'limpid' in window, undefined, { timeout: 60_000 });
  return page;
}
