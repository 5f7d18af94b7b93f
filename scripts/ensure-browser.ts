import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { findChromium, NO_BROWSER } from '../cli/browser.ts';

/** What to try on a machine without Chromium, in this order. */
const ATTEMPTS: readonly { readonly when: () => boolean; readonly commands: readonly (readonly string[])[] }[] = [
  { when: () => true, commands: [['npx', 'playwright', 'install', 'chromium']] },
  {
    when: () => process.platform === 'linux' && process.getuid?.() === 0 && has('apt-get'),
    commands: [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-q', '-y', '--no-install-recommends', 'chromium'],
    ],
  },
];

const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

/** Path of a Chromium, installed now when there is none. Throws one clear sentence when that fails. */
export function ensureChromium(): string {
  const there = findChromium();
  if (there !== null) return there;
  for (const { when, commands } of ATTEMPTS) {
    if (!when()) continue;
    for (const [program = '', ...parts] of commands) {
      process.stdout.write(`No Chromium yet; trying: ${program} ${parts.join(' ')}\n`);
      // output on one channel; half a day's slow line is still given ten minutes, a closed network ends at once
      spawnSync(program, parts, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 600_000 });
    }
    const found = findChromium();
    if (found !== null) return found;
  }
  throw new Error(NO_BROWSER);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.stdout.write(`${ensureChromium()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
