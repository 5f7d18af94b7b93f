import { parseRestore, type RestoreArguments } from './arguments.ts';
import { exitWith, CliError, firstLine } from './failure.ts';
import { checkWeights, inputProblem, placer, prepareOutput } from './files.ts';
import type { HeadlessLimpid } from './headless.ts';
import { RESTORE_HELP } from './help.ts';
import { clearLine, failureWords, progressLine, reasonWords, runWords, toJson } from './words.ts';
import { formatOf } from '../contract/picture.ts';
import type { Failure } from '../contract/result.ts';
import type { RunReport } from '../contract/run.ts';

type Outcome =
  | {
      readonly input: string;
      readonly ok: true;
      readonly output: string;
      readonly notes: readonly string[];
      readonly report: RunReport;
    }
  | { readonly input: string; readonly ok: false; readonly error: Failure };

/**
 * Restores one picture after the other; one that fails does not stop the rest, not even where Chromium ends with it: the
 * next gets a new one. Exit code 1 when any failed.
 */
async function restoreAll(wanted: RestoreArguments): Promise<number> {
  if (wanted.weights !== null) checkWeights(wanted.weights);
  prepareOutput(wanted.out);
  const outcomes: Outcome[] = [];
  const place = placer(wanted.out, wanted.inputs, wanted.overwrite);
  let current = '';
  let limpid: HeadlessLimpid | null = null;
  try {
    for (const input of wanted.inputs) {
      current = input;
      const problem = inputProblem(input);
      if (problem !== null) {
        note(outcomes, { input, ok: false, error: { code: 'bad-request', message: problem } }, wanted.json);
        continue;
      }
      limpid ??= await start(wanted, () => current);
      const outcome = await restoreOne(limpid, input, wanted, place).catch((error: unknown): Outcome => {
        return { input, ok: false, error: { code: 'worker-crashed', message: firstLine(error) } };
      });
      note(outcomes, outcome, wanted.json);
      if (limpid.alive) continue;
      await limpid.close();
      limpid = null;
    }
  } finally {
    await limpid?.close();
    // What was done before the end is told, whatever ended it.
    if (wanted.json) process.stdout.write(`${toJson({ pictures: outcomes })}\n`);
  }
  return outcomes.every((outcome) => outcome.ok) ? 0 : 1;
}

async function start(wanted: RestoreArguments, label: () => string): Promise<HeadlessLimpid> {
  // loaded late: a wrong command is answered at once
  const headless = await import('./headless.ts');
  const options = {
    softwareWebgpu: wanted.softwareWebgpu,
    backend: wanted.backend,
    onProgress: progressLine(label),
  };
  return headless.HeadlessLimpid.start(options, async (limpid) => {
    if (wanted.format !== 'auto' && !(await limpid.canWrite(wanted.format)))
      throw new CliError(`This Chromium cannot write ${wanted.format.toUpperCase()}; choose another --format.`, 'run');
    if (wanted.weights === null) return;
    const imported = await limpid.importWeights(wanted.weights);
    if (!imported.ok) throw new CliError(`${wanted.weights}: ${failureWords(imported.error)}`, 'run');
    const { model } = imported.value;
    if (wanted.recipe.some((step) => step.model === model)) return;
    throw new CliError(`${wanted.weights} holds weights for ${model}, not for ${String(wanted.recipe.at(-1)?.model)}.`);
  });
}

async function restoreOne(
  limpid: HeadlessLimpid,
  input: string,
  wanted: RestoreArguments,
  place: (name: string) => string,
): Promise<Outcome> {
  const restored = await limpid.restore(input, { recipe: wanted.recipe, backend: wanted.backend });
  if (!restored.ok) return { input, ok: false, error: restored.error };
  const { info, report } = restored.value;
  const saved = await limpid.save({ format: formatOf(wanted.format, info), keepLocation: wanted.keepLocation }, place);
  await limpid.forget();
  if (!saved.ok) return { input, ok: false, error: saved.error };
  // who asks for the CPU need not be told why
  const reasons = wanted.backend === 'wasm' ? [] : reasonWords(report);
  const notes = [...info.notes, ...report.events, ...reasons, ...saved.value.notes];
  return { input, ok: true, output: saved.value.path, notes, report };
}

function note(outcomes: Outcome[], outcome: Outcome, quiet: boolean): void {
  outcomes.push(outcome);
  clearLine();
  if (!outcome.ok) {
    const words = failureWords(outcome.error);
    process.stderr.write(words.startsWith(outcome.input) ? `${words}\n` : `${outcome.input}: ${words}\n`);
    return;
  }
  if (quiet) return;
  process.stdout.write(`${outcome.input}: ${runWords(outcome.report)}\n  → ${outcome.output}\n`);
  for (const line of outcome.notes) process.stdout.write(`  ${line}\n`);
}

await exitWith(async () => {
  const wanted = parseRestore(process.argv.slice(2));
  if (wanted !== null) return restoreAll(wanted);
  process.stdout.write(RESTORE_HELP);
  return 0;
});
