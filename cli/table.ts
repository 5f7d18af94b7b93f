import type { RunReport } from '../contract/run.ts';
import type { EvaluateArguments } from './arguments.ts';
import type { Score } from './score.ts';
import { backendWords, toJson } from './words.ts';

/** One picture's scores beside those of doing nothing clever. */
export interface Line {
  readonly name: string;
  readonly restored: Score;
  readonly baseline: Score;
  readonly report: RunReport;
}

/** A picture without scores, and why. */
export interface Unmeasured {
  readonly name: string;
  readonly error: string;
}

export function header(wanted: EvaluateArguments): string {
  const pairs = wanted.source.kind === 'pairs';
  const what = pairs ? 'RGB' : `luma, border of ${String(Math.ceil(wanted.recipe[0].scale))} removed`;
  const names = pairs ? 'blurred input' : 'bicubic';
  return `PSNR (dB) and SSIM, ${what}\n${'picture'.padEnd(28)}${'restored'.padStart(17)}${names.padStart(17)}     gain\n`;
}

/** "Infinity" would fill its column to the last letter. */
const decibels = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : value > 0 ? 'inf' : '-inf');

const cell = ({ psnr, ssim }: Score): string =>
  `${decibels(psnr)} / ${ssim === null ? '-' : ssim.toFixed(4)}`.padStart(17);

export function row(name: string, restored: Score, baseline: Score): string {
  // Two that equal the original exactly have an infinite PSNR each.
  const gain = restored.psnr === baseline.psnr ? 0 : restored.psnr - baseline.psnr;
  return `${name.padEnd(28)}${cell(restored)}${cell(baseline)}${`${gain >= 0 ? '+' : ''}${decibels(gain)}`.padStart(9)}\n`;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function mean(scores: readonly Score[]): Score {
  const ssims = scores.flatMap(({ ssim }) => (ssim === null ? [] : [ssim]));
  return { psnr: average(scores.map(({ psnr }) => psnr)), ssim: ssims.length === 0 ? null : average(ssims) };
}

/** The mean row and what produced it, nothing where no picture was measured; or all of it as JSON, failures too. */
export function summary(wanted: EvaluateArguments, lines: readonly Line[], failures: readonly Unmeasured[]): string {
  const json = (means: { restored: Score; baseline: Score } | null): string =>
    `${toJson({ recipe: wanted.recipe, mean: means, pictures: lines, failures })}\n`;
  if (lines.length === 0) return wanted.json ? json(null) : '';
  const restored = mean(lines.map((line) => line.restored));
  const baseline = mean(lines.map((line) => line.baseline));
  if (wanted.json) return json({ restored, baseline });
  const last = lines.at(-1)?.report.steps.at(-1);
  const made = last
    ? `${last.modelName}, ${last.weights.name} (SHA-256 ${last.weights.sha256.slice(0, 16)}…), ${backendWords(last.backend)}\n`
    : '';
  return row(`mean of ${String(lines.length)}`, restored, baseline) + made;
}
