import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { EncodeOptions, OutputFormat } from '../contract/picture.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { BackendWish, RunProgress } from '../contract/run.ts';
import type { ImportedWeights } from '../contract/worker-api.ts';
import type { HeadlessRequest, HeadlessResult } from '../src/headless-api.ts';
import { launchChromium, SOFTWARE_WEBGPU } from './browser.ts';
import { ensureBuilt } from './build.ts';
import { CliError, firstLine } from './failure.ts';
import { inputProblem } from './files.ts';
import { serveFolders, type StaticServer } from './serve.ts';

export interface HeadlessOptions {
  readonly softwareWebgpu?: boolean;
  /** What will be asked for; `auto` unless told. Without `wasm` WebGPU is switched on, which Chromium on Linux leaves off. */
  readonly backend?: BackendWish;
  readonly onProgress?: (progress: RunProgress) => void;
}

/** The page's own engine and worker in a headless Chromium, one picture at a time. */
export class HeadlessLimpid {
  readonly #server: StaticServer;
  readonly #browser: Browser;
  /** The same for every page: imported weights live in its storage, so that a page that replaces another still has them. */
  readonly #context: BrowserContext;
  readonly #options: HeadlessOptions;
  #page: Page;

  private constructor(
    server: StaticServer,
    browser: Browser,
    context: BrowserContext,
    page: Page,
    options: HeadlessOptions,
  ) {
    this.#server = server;
    this.#browser = browser;
    this.#context = context;
    this.#page = page;
    this.#options = options;
  }

  /**
   * Builds the page when needed, serves it, opens it and does `first` with it; whatever throws on the way, server and
   * browser are closed. Throws CliError.
   */
  static async start(
    options: HeadlessOptions = {},
    first: (limpid: HeadlessLimpid) => Promise<void> = () => Promise.resolve(),
  ): Promise<HeadlessLimpid> {
    const folder = await ensureBuilt();
    const server = await serveFolders({ '/': folder });
    let browser: Browser | null = null;
    try {
      const flags =
        options.softwareWebgpu === true
          ? SOFTWARE_WEBGPU
          : options.backend === 'wasm'
            ? []
            : ['--enable-unsafe-webgpu'];
      browser = await launchChromium(flags);
      const context = await browser.newContext({ acceptDownloads: true });
      const page = await openPage(context, server.origin, options);
      const limpid = new HeadlessLimpid(server, browser, context, page, options);
      await first(limpid);
      return limpid;
    } catch (error) {
      await browser?.close();
      await server.close();
      throw error;
    }
  }

  /** False when Chromium has ended: another has to be started. */
  get alive(): boolean {
    return this.#browser.isConnected();
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
  importWeights(file: string): Promise<Result<ImportedWeights>> {
    return this.#askAbout(file, () => this.#page.evaluate(() => window.limpid.importWeights()));
  }

  /** Restores one picture file; `save` then writes the result. */
  restore(file: string, request: HeadlessRequest): Promise<Result<HeadlessResult>> {
    return this.#askAbout(file, () => this.#page.evaluate((asked) => window.limpid.restore(asked), request));
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
    } finally {
      // the browser's own copy, which it would keep in the temporary folder until it ends
      await file.delete().catch(() => undefined);
    }
    return { ok: true, value: { path, notes: saved.value.notes } };
  }

  /** Forgets the picture, so that the next one has the memory. */
  async forget(): Promise<void> {
    // a page that died meanwhile is replaced, and has forgotten all the same
    await this.#ask(async () => ok(await this.#page.evaluate(() => window.limpid.close())));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }

  /** Puts a file into the page, which the question is then about. */
  #askAbout<T>(file: string, question: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#ask(async () => {
      // it may have gone since the command began
      const problem = inputProblem(file);
      if (problem !== null) return fail('bad-request', problem);
      await this.#page.setInputFiles('#file', file);
      return question();
    });
  }

  /** A page that died (out of memory, say) becomes a failure of this picture and a fresh page for the next. */
  async #ask<T>(question: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await question();
    } catch (error) {
      if (!this.alive) throw new CliError('Chromium ended unexpectedly.', 'run');
      const detail = error instanceof Error ? error.message : String(error);
      await this.#page.close().catch(() => undefined);
      this.#page = await openPage(this.#context, this.#server.origin, this.#options);
      return fail('worker-crashed', 'The browser page ended while working on this picture.', detail);
    }
  }
}

/** Throws CliError when the page does not start. */
async function openPage(context: BrowserContext, origin: string, options: HeadlessOptions): Promise<Page> {
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(0); // a run may take hours; a page that dies rejects at once
    if (options.onProgress) await page.exposeFunction('limpidProgress', options.onProgress);
    await page.goto(`${origin}/headless.html`);
    await page.waitForFunction(() => 'limpid' in window, undefined, { timeout: 60_000 });
    return page;
  } catch (error) {
    throw new CliError(`Limpid's page did not start in Chromium: ${firstLine(error)}.`, 'run');
  }
}
