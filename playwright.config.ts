import { defineConfig } from '@playwright/test';
import { findChromium, SOFTWARE_WEBGPU } from './cli/browser.ts';

// A port of this run's own, so that two runs on one machine do not meet; set once, inherited by Playwright's workers.
process.env['LIMPID_E2E_PORT'] ??= String(20_000 + (process.pid % 10_000));
const port = Number(process.env['LIMPID_E2E_PORT']);
const origin = `http://127.0.0.1:${String(port)}`;
/** A folder that was built already (npm test does that); otherwise the build comes first. */
const built = process.env['LIMPID_DIST'];
const preview = `npx vite preview --host 127.0.0.1 --port ${String(port)} --strictPort`;
const executablePath = findChromium() ?? undefined;
const launch = (args: readonly string[]) => ({
  args: [...args],
  ...(executablePath === undefined ? {} : { executablePath }),
});

export default defineConfig({
  testDir: 'e2e',
  // one at a time: every test fills all cores with arithmetic by itself
  workers: 1,
  forbidOnly: true,
  reporter: 'list',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: origin,
    // without snapshots of the page: they would be taken in every test, and kept of the few that fail
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    // each test has a fresh profile, and would fill its cache anew; offline.spec.ts lets them in
    serviceWorkers: 'block',
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
  },
  webServer: {
    command:
      built === undefined
        ? `npx vite build --logLevel warn && ${preview}`
        : `${preview} --outDir ${JSON.stringify(built)}`,
    url: origin,
    timeout: 180_000,
  },
  projects: [
    { name: 'wasm', testIgnore: /webgpu\.spec/, use: { launchOptions: launch([]) } },
    { name: 'webgpu', testMatch: /webgpu\.spec/, use: { launchOptions: launch(SOFTWARE_WEBGPU) } },
  ],
});
