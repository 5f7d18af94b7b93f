import { basename, join, parse } from 'node:path';
import { outputSize } from '../contract/size.ts';
import { parseEvaluate, type EvaluateArguments } from './arguments.ts';
import { CliError, exitWith } from './failure.ts';
import { checkWeights, placer, prepareOutput, scratchFolder } from './files.ts';
import { HeadlessLimpid } from './headless.ts';
import { EVALUATE_HELP } from './help.ts';
import { listPairs, listPictures, readRgb, writePng, type Pair } from './pictures.ts';
import { score } from './score.ts';
import { resizeLikePillow, type Rgb } from './pillow.ts';
import { header, row, summary, type Line, type Unmeasured } from './table.ts';
import { clearLine, failureWords, progressLine } from './words.ts';

/** What a model is asked (`input`, a file), and the truth that its answer and the baseline are compared with. */
interface Case {
  readonly name: string;
  readonly input: string;
  readonly truth: Rgb;
  readonly baseline: Rgb;
  readonly border: number;
}

async function evaluate(wanted: EvaluateArguments): Promise<number> {
  if (wanted.weights !== null) checkWeights(wanted.weights);
  const { kind, folder } = wanted.source;
  const pairs =
    kind === 'pairs'
      ? listPairs(folder)
      : listPictures(folder).map((sharp) => ({ name: basename(sharp), blur: sharp, sharp }));
  const scratch = scratchFolder('limpid-evaluate-');
  const lines: Line[] = [];
  const failed: Unmeasured[] = [];
  let current = '';
  let limpid: HeadlessLimpid | null = null;
  try {
    const out = wanted.out ?? join(scratch, 'out');
    prepareOutput(out);
    const place = placer(
      out,
      pairs.flatMap(({ blur, sharp }) => [blur, sharp]),
      wanted.overwrite,
    );
    limpid = await start(wanted, () => current);
    if (!wanted.json) process.stdout.write(header(wanted));
    for (const pair of pairs) {
      current = pair.name;
      limpid ??= await start(wanted, () => current);
      const line = await attempt(limpid, pair, wanted, scratch, place);
      clearLine();
      if (typeof line === 'string') {
        failed.push({ name: pair.name, error: line });
        process.stderr.write(`${pair.name}: ${line}\n`);
      } else {
        lines.push(line);
        if (!wanted.json) process.stdout.write(row(line.name, line.restored, line.baseline));
      }
      if (limpid.alive) continue;
      // Chromium ended with this picture; the next gets a new one.
      await limpid.close();
      limpid = null;
    }
  } finally {
    await limpid?.close();
  }
  process.stdout.write(summary(wanted, lines, failed));
  return failed.length === 0 ? 0 : 1;
}

const start = (wanted: EvaluateArguments, label: () => string): Promise<HeadlessLimpid> =>
  HeadlessLimpid.start(
    { softwareWebgpu: wanted.softwareWebgpu, backend: wanted.backend, onProgress: progressLine(label) },
    (limpid) => useWeights(limpid, wanted),
  );

async function useWeights(limpid: HeadlessLimpid, wanted: EvaluateArguments): Promise<void> {
  if (wanted.weights === null) return;
  const imported = await limpid.importWeights(wanted.weights);
  const { model } = wanted.recipe[0];
  if (!imported.ok) throw new CliError(`${wanted.weights}: ${failureWords(imported.error)}`, 'run');
  if (imported.value.model !== model)
    throw new CliError(`${wanted.weights} holds weights for ${imported.value.model}, not for ${model}.`);
}

async function prepare(pair: Pair, wanted: EvaluateArguments, scratch: string): Promise<Case> {
  const sharp = await readRgb(pair.sharp);
  if (wanted.source.kind === 'pairs') {
    const baseline = await readRgb(pair.blur);
    return { name: pair.name, input: pair.blur, truth: sharp, baseline, border: 0 };
  }
  const { scale } = wanted.recipe[0];
  // floor with a little slack, so that 300 / 1.2 = 249.99… counts as 250; then the largest size that the model returns
  const small = { width: Math.floor(sharp.width / scale + 1e-9), height: Math.floor(sharp.height / scale + 1e-9) };
  if (small.width < 1 || small.height < 1)
    throw new CliError(`${pair.name} is too small to be shrunk by ${String(scale)}.`, 'run');
  const { width, height } = outputSize(small, scale);
  const truth = crop(sharp, width, height);
  const shrunk = resizeLikePillow(truth, small.width, small.height);
  const input = join(scratch, 'input.png');
  await writePng(shrunk, input);
  const baseline = resizeLikePillow(shrunk, truth.width, truth.height);
  return { name: pair.name, input, truth, baseline, border: Math.ceil(scale) };
}

function crop({ data, width }: Rgb, toWidth: number, toHeight: number): Rgb {
  const output = new Uint8Array(toWidth * toHeight * 3);
  for (let y = 0; y < toHeight; y += 1)
    output.set(data.subarray(y * width * 3, (y * width + toWidth) * 3), y * toWidth * 3);
  return { data: output, width: toWidth, height: toHeight };
}

/** A picture that cannot be read or restored does not stop the rest. */
async function attempt(
  limpid: HeadlessLimpid,
  pair: Pair,
  wanted: EvaluateArguments,
  scratch: string,
  place: (name: string) => string,
): Promise<Line | string> {
  try {
    return await measure(limpid, await prepare(pair, wanted, scratch), wanted, place);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The scores of one picture, or a sentence on why there are none. */
async function measure(
  limpid: HeadlessLimpid,
  { name, input, truth, baseline, border }: Case,
  wanted: EvaluateArguments,
  place: (name: string) => string,
): Promise<Line | string> {
  const restored = await limpid.restore(input, { recipe: wanted.recipe, backend: wanted.backend });
  if (!restored.ok) return failureWords(restored.error);
  const saved = await limpid.save({ format: 'png' }, () => place(`${parse(name).name}.png`));
  await limpid.forget();
  if (!saved.ok) return failureWords(saved.error);
  const answer = await readRgb(saved.value.path);
  if (answer.width !== truth.width || answer.height !== truth.height)
    return 'The result has another size than the original.';
  const kind = wanted.source.kind === 'pairs' ? 'rgb' : 'luma';
  return {
    name,
    restored: score(answer, truth, kind, border),
    baseline: score(baseline, truth, kind, border),
    report: restored.value.report,
  };
}

await exitWith(async () => {
  const wanted = parseEvaluate(process.argv.slice(2));
  if (wanted !== null) return evaluate(wanted);
  process.stdout.write(EVALUATE_HELP);
  return 0;
});
