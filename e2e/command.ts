import { execFile, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** How a command ended, and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run NAME -- ARGUMENTS` without npm's banner. */
export const command = (name: 'restore' | 'evaluate', ...argv: readonly string[]): Promise<Ran> =>
  commandIn({}, name, ...argv);

/** The same with environment variables of its own. */
export const commandIn = (
  environment: Record<string, string>,
  name: 'restore' | 'evaluate',
  ...argv: readonly string[]
): Promise<Ran> => begin(environment, name, ...argv).ended;

/** A command at work, which a test may interrupt. */
export function begin(
  environment: Record<string, string>,
  name: 'restore' | 'evaluate',
  ...argv: readonly string[]
): { readonly child: ChildProcess; readonly ended: Promise<Ran> } {
  let end: (ran: Ran) => void = () => undefined;
  const ended = new Promise<Ran>((resolve) => (end = resolve));
  const child = execFile(
    process.execPath,
    ['--import', 'tsx', `cli/${name}.ts`, ...argv],
    { cwd: ROOT, env: { ...process.env, ...environment } },
    (_, out, err) => end({ code: child.exitCode ?? -1, out, err }),
  );
  return { child, ended };
}
