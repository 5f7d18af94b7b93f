import { spawn } from 'node:child_process';
import type { Counts } from './counts.ts';

export interface Step {
  readonly name: string;
  /** Program and arguments; asked for when its turn comes. May throw one clear sentence. */
  readonly command: () => readonly string[];
  readonly environment?: () => Record<string, string>;
  /** Tests that it ran; without, a failed step counts as one failure. */
  readonly counts?: () => Counts;
}

export interface LaneResult extends Counts {
  /** What a quiet lane printed. */
  readonly text: string;
}

const sentence = (error: unknown): string => `${error instanceof Error ? error.message : String(error)}\n`;

/**
 * Runs steps one after the other until one fails, which fires `stop` and so ends every other lane with the same
 * controller. A quiet lane prints nothing itself: two commands that write at once cannot be read.
 */
export async function runLane(
  steps: readonly Step[],
  { cwd, stop, quiet = false }: { readonly cwd: string; readonly stop: AbortController; readonly quiet?: boolean },
): Promise<LaneResult> {
  const kept: Buffer[] = [];
  const say = (text: string | Buffer): void => {
    if (quiet) kept.push(Buffer.from(text));
    else process.stdout.write(text);
  };
  let [passed, failed, skipped] = [0, 0, 0];
  for (const step of steps) {
    if (stop.signal.aborted) break;
    say(`\n== ${step.name}\n`);
    const started = performance.now();
    const good = await runStep(step, cwd, stop.signal, quiet ? say : null);
    const took = `${((performance.now() - started) / 1000).toFixed(0)} s`;
    if (!good && stop.signal.aborted) {
      say(`== ${step.name}: stopped after ${took}, since another step failed\n`);
      break;
    }
    const counts = step.counts?.() ?? { passed: 0, failed: good ? 0 : 1, skipped: 0 };
    passed += counts.passed;
    skipped += counts.skipped;
    failed += good ? counts.failed : Math.max(1, counts.failed);
    say(`== ${step.name}: ${good ? 'passed' : 'FAILED'} in ${took}\n`);
    if (!good) stop.abort();
  }
  return { passed, failed, skipped, text: Buffer.concat(kept).toString('utf8') };
}

/** Whether the command ended well. Its output goes to the terminal, or to `say` where that is given. */
function runStep(
  step: Step,
  cwd: string,
  signal: AbortSignal,
  say: ((text: string | Buffer) => void) | null,
): Promise<boolean> {
  return new Promise((resolve) => {
    const refuse = (error: unknown): void => {
      if (!signal.aborted) (say ?? ((text) => process.stderr.write(text)))(sentence(error));
      resolve(false);
    };
    try {
      const [program = '', ...parts] = step.command();
      const output = say === null ? 'inherit' : 'pipe';
      const child = spawn(program, parts, {
        cwd,
        signal,
        env: { ...process.env, ...step.environment?.() },
        stdio: [say === null ? 'inherit' : 'ignore', output, output],
      });
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => say?.(chunk));
      child.once('error', refuse);
      child.once('close', (code) => resolve(code === 0));
    } catch (error) {
      refuse(error);
    }
  });
}
