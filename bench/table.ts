import type { Comparison, Peak } from './in-worker.ts';
import type { Machine } from './machine.ts';
import type { ModelRow } from './models.ts';

export interface BenchResult extends Machine {
  readonly date: string;
  readonly peak: Peak | null;
  readonly models: readonly ModelRow[];
  readonly liif: Comparison | null;
  readonly pytorch: {
    readonly seconds: number;
    readonly side: number;
    readonly threads: number;
    readonly torch: string;
  } | null;
  /** What was left out and why. */
  readonly notes: readonly string[];
}

const fixed = (value: number, digits = 2): string => value.toFixed(digits);
export const megabytes = (bytes: number | null): string =>
  bytes === null ? 'not measured' : `${fixed(bytes / 2 ** 20, 0)} MB`;

/** The result as Markdown; the same text is printed. */
export function toMarkdown(result: BenchResult): string {
  const { peak, liif, pytorch } = result;
  const lines = [`# Benchmark, ${result.date}`, '', `${result.machine}; ${result.versions}`, ''];
  if (peak)
    lines.push(
      `Peak: ${fixed(peak.gflops, 1)} GFLOP/s on ${String(peak.threads)} thread(s), ${peak.how}, measured before and after the models in this run.`,
      '',
    );
  lines.push(
    '| model | backend | input | output | load (s) | run (s) | s per input MP | s per output MP | GFLOP/s | of peak | peak memory |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  );
  for (const row of result.models) {
    const share = peak && row.onCpu ? `${fixed((100 * row.gflops) / peak.gflops, 0)} %` : '-';
    const cells = [
      row.model,
      row.backend,
      row.input,
      row.output,
      fixed(row.loadSeconds),
      fixed(row.seconds),
      fixed(row.perInputMegapixel, 1),
      fixed(row.perOutputMegapixel, 1),
      fixed(row.gflops, 1),
      share,
      megabytes(row.peakBytes),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  lines.push(
    '',
    'Load: runtime, weights and proof in a fresh browser. Peak memory: VmHWM of the page with its workers, without what a GPU holds. GFLOP/s: of the graph that ran, two for a multiplication with its addition; the peak is that of the processor.',
  );
  if (liif) lines.push('', ...liifLines(liif));
  if (pytorch) lines.push('', ...pytorchLines(result, pytorch));
  for (const note of result.notes) lines.push('', note);
  return `${lines.join('\n')}\n`;
}

function liifLines({ encoder, decoder, largest, median }: Comparison): string[] {
  const ours = encoder.ours + decoder.ours;
  const written = encoder.written + decoder.written;
  const line = (name: string, a: number, b: number): string =>
    `| ${name} | ${fixed(a, 3)} | ${fixed(b, 3)} | ${fixed(b / a)} |`;
  return [
    'LIIF-EDSR, 128x128 to 256x256 (65,536 queries, local ensemble), onnxruntime-web WASM, same weights, timed in turn:',
    '',
    '| part | our graph (s) | exported as written (s) | times faster |',
    '| --- | ---: | ---: | ---: |',
    line('encoder (ours with the first MLP layer folded in)', encoder.ours, encoder.written),
    line('decoder', decoder.ours, decoder.written),
    line('both', ours, written),
    '',
    `Difference of the two pictures (0..1): median ${median.toExponential(1)}, largest ${largest.toExponential(1)}.`,
  ];
}

function pytorchLines(
  result: BenchResult,
  { seconds, side, threads, torch }: NonNullable<BenchResult['pytorch']>,
): string[] {
  const browser = result.models.find(
    (row) => row.model === 'LIIF-EDSR' && row.input === `${String(side)}x${String(side)}`,
  );
  const beside = browser
    ? `; in the browser on ${browser.backend}, same machine and run: ${fixed(browser.seconds)} s`
    : '';
  return [
    `LIIF-EDSR x2 of ${String(side)}x${String(side)}, the authors' formulation in PyTorch ${torch}, ${String(threads)} threads: ${fixed(seconds)} s${beside}.`,
  ];
}
