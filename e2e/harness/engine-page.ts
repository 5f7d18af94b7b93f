import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { EnginePage } from './engine.ts';
import { startHarness } from './harness.ts';

type Asked<K extends keyof EnginePage> = Awaited<ReturnType<EnginePage[K]>>;

/** One tab with the engine in it (engine.ts): real restoration and inference workers, faults on order. */
export interface EngineTab {
  readonly page: Page;
  readonly context: BrowserContext;
  ask<K extends keyof EnginePage>(name: K, ...args: Parameters<EnginePage[K]>): Promise<Asked<K>>;
  /** Uncaught errors of the page. */
  readonly errors: readonly string[];
}

export interface Engines {
  readonly browser: Browser;
  readonly url: string;
  /** A tab of a fresh profile (empty caches), or of a given one. */
  tab(context?: BrowserContext): Promise<EngineTab>;
  close(): Promise<void>;
}

export async function startEngines(flags: readonly string[] = []): Promise<Engines> {
  const harness = await startHarness(flags);
  const { browser, url } = harness;
  return {
    browser,
    url,
    tab: async (given) => {
      const context = given ?? (await browser.newContext());
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`${url}/e2e/harness/engine.html`);
      await page.waitForFunction(() => 'limpid' in globalThis);
      return {
        page,
        context,
        errors,
        ask: <K extends keyof EnginePage>(name: K, ...args: Parameters<EnginePage[K]>) =>
          page.evaluate(
            ([what, values]) => {
              const { limpid } = globalThis as unknown as { limpid: Record<string, (...v: unknown[]) => unknown> };
              return limpid[what]?.(...values);
            },
            [name, args] as [string, unknown[]],
          ) as Promise<Asked<K>>,
      };
    },
    close: () => harness.close(),
  };
}

/** Dedicated workers that live in a browser now, by the names they were given, sorted. */
export async function liveWorkers(browser: Browser): Promise<string[]> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
  await session.detach();
  return targetInfos
    .filter(({ type }) => type === 'worker')
    .map(({ title, url }) => title || url)
    .sort();
}
