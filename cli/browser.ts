import { existsSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';
import { CliError, firstLine } from './failure.ts';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files\\Chromium\\Application\\chrome.exe',
];

/**
 * The Chromium to drive: LIMPID_CHROMIUM, else an installed Chromium or Chrome, else Playwright's own; null when there is
 * none. Throws CliError when LIMPID_CHROMIUM names a file that is not there.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  const wanted = environment['LIMPID_CHROMIUM'];
  if (wanted !== undefined && wanted !== '') {
    if (existsSync(wanted)) return wanted;
    throw new CliError(`LIMPID_CHROMIUM names ${wanted}, which does not exist.`, 'run');
  }
  return [...SYSTEM, chromium.executablePath()].find((place) => existsSync(place)) ?? null;
}

export const NO_BROWSER =
  'Limpid needs Chromium: install it (Debian: apt-get install chromium), run "npx playwright install chromium", or set LIMPID_CHROMIUM to its path.';

/** Chromium's software adapter: right numbers, very slow; for tests and for machines without a GPU. */
export const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** A headless Chromium. Throws CliError when none is installed or it does not start. */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new CliError(NO_BROWSER, 'run');
  try {
    return await chromium.launch({ executablePath, args: [...flags] });
  } catch (error) {
    throw new CliError(`Chromium at ${executablePath} did not start: ${firstLine(error)}`, 'run');
  }
}
