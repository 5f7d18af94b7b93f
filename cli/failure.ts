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

/** Runs a command and turns whatever it throws into one sentence on stderr and an exit code. */
export async function exitWith(command: () => Promise<number>): Promise<void> {
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
