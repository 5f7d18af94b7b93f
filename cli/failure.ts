/** Something the person must be told in one sentence. `usage`: the command itself was wrong (exit 2), else exit 1. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly kind: 'usage' | 'run' = 'usage',
  ) {
    super(message);
    this.name = 'CliError';
  }
}

/** The first line of an error's text: a tool's further lines are logs, not sentences. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** What a shell reports of a command that a signal ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * A signal ends the process by `exit`, on which scratch folders go and Playwright kills its browsers. Left to Playwright,
 * SIGTERM closes the browser only: the command would take that for a crash and go on.
 */
export function endOnSignals(): void {
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code));
}

/** Runs a command and turns whatever it throws into one sentence on stderr and an exit code. */
export async function exitWith(command: () => Promise<number>): Promise<void> {
  endOnSignals();
  try {
    process.exitCode = await command();
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${sentence}\n`);
    if (process.env['LIMPID_DEBUG'] !== undefined && error instanceof Error)
      process.stderr.write(`${String(error.stack)}\n`);
    process.exitCode = error instanceof CliError && error.kind === 'usage' ? 2 : 1;
  }
}
