import type { Failure } from '../contract/result.ts';
import {
  BACKEND_NAMES,
  type BackendReport,
  type RunProgress,
  type RunReport,
  type StepReport,
} from '../contract/run.ts';

/** "WebGPU (NVIDIA …)" or "WASM (2 threads)". */
export const backendWords = ({ name, device }: BackendReport): string => `${BACKEND_NAMES[name]} (${device})`;

/** Decibels with two digits; "equal" for no difference at all. */
const decibels = (value: number): string => (value === Infinity ? 'equal' : `${value.toFixed(2)} dB`);

/** "LIIF-EDSR (Limpid's weights)", or the name of the file that it ran with. */
const stepWords = ({ modelName, weights }: StepReport): string =>
  `${modelName} (${weights.owner === 'limpid' ? "Limpid's weights" : weights.name})`;

/** One line on a finished run. */
export function runWords(report: RunReport): string {
  const { input, output, measure } = report;
  const last = report.steps.at(-1);
  const sizes = `${String(input.width)} × ${String(input.height)} → ${String(output.width)} × ${String(output.height)}`;
  const by = report.steps.map(stepWords).join(', then ');
  const where = last ? ` on ${backendWords(last.backend)}` : '';
  const back =
    measure.backProjectionDb === null ? '' : `; shrunk back, ${decibels(measure.backProjectionDb)} from the input`;
  const changed = `${(measure.changedShare * 100).toFixed(1)} % of pixels changed against the ${measure.reference}`;
  return `${sizes} in ${report.seconds.toFixed(1)} s by ${by}${where}${back}; ${changed}`;
}

/** Why a run was not on the best backend, a sentence each. */
export const reasonWords = ({ steps }: RunReport): readonly string[] => [
  ...new Set(steps.flatMap(({ backend }) => backend.reason ?? [])),
];

/** The sentence for the person; its technical detail only where it adds something. */
export const failureWords = ({ message, detail }: Failure): string =>
  process.env['LIMPID_DEBUG'] === undefined || detail === undefined ? message : `${message} (${detail})`;

/** JSON that keeps an infinite PSNR readable, which plain JSON would turn into null. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (inner === Infinity ? 'Infinity' : inner), 2);

/** A progress line on a terminal, rewritten in place; nothing when stderr is a file. */
export function progressLine(label: () => string): (progress: RunProgress) => void {
  return ({ phase, fraction, secondsLeft }) => {
    if (!process.stderr.isTTY) return;
    const left = secondsLeft === null ? '' : `, ${secondsLeft.toFixed(0)} s left`;
    process.stderr.write(`\r\u001B[K${label()}: ${phase} ${(fraction * 100).toFixed(0)} %${left}`);
  };
}

export function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}
