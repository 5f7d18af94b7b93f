import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadlessLimpid } from '../cli/headless.ts';
import { writePng } from '../cli/pictures.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { BackendWish, RunReport } from '../contract/run.ts';
import { rendererPeak } from './memory.ts';

export interface ModelRow {
  readonly model: string;
  /** Where it ran, with the device's name. */
  readonly backend: string;
  /** Whether it ran on the processor, whose arithmetic peak is measured in the same run. */
  readonly onCpu: boolean;
  readonly input: string;
  readonly output: string;
  /** Seconds to load the runtime and the model and to prove it, in a fresh browser. */
  readonly loadSeconds: number;
  /** Median seconds of the run itself. */
  readonly seconds: number;
  readonly perInputMegapixel: number;
  readonly perOutputMegapixel: number;
  readonly gflops: number;
  /** Of the page with its workers: what a GPU holds is not in it. */
  readonly peakBytes: number | null;
}

/** Times one model on a drawn picture of `side` x `side`, in a browser of its own so that its peak memory is its own. */
export async function benchModel(
  manifest: Manifest,
  { side, repeat, backend }: { side: number; repeat: number; backend: BackendWish },
): Promise<ModelRow> {
  const scratch = await mkdtemp(join(tmpdir(), 'limpid-bench-'));
  const limpid = await HeadlessLimpid.start();
  try {
    const file = join(scratch, 'picture.png');
    await writePng(drawn(side), file);
    const scale = manifest.task === 'enlarge' ? 2 : 1;
    const reports: RunReport[] = [];
    for (let round = 0; round < repeat; round += 1) {
      const restored = await limpid.restore(file, {
        recipe: [{ model: manifest.id, scale, quality: 'best' }],
        backend,
      });
      if (!restored.ok) throw new Error(`${manifest.name}: ${restored.error.message} ${restored.error.detail ?? ''}`);
      reports.push(restored.value.report);
      await limpid.forget();
    }
    return summarise(manifest, reports);
  } finally {
    await limpid.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

function summarise(manifest: Manifest, reports: readonly RunReport[]): ModelRow {
  const [first] = reports;
  const step = first?.steps[0];
  if (!first || !step) throw new Error(`${manifest.name} gave no report.`);
  const times = reports.map((report) => report.seconds - report.loadSeconds).toSorted((a, b) => a - b);
  const seconds = times[times.length >> 1] ?? Number.NaN;
  const megapixels = ({ width, height }: { width: number; height: number }): number => (width * height) / 1e6;
  return {
    model: manifest.name,
    backend: `${step.backend.name} (${step.backend.device})`,
    onCpu: step.backend.name !== 'webgpu',
    input: `${String(first.input.width)}x${String(first.input.height)}`,
    output: `${String(first.output.width)}x${String(first.output.height)}`,
    loadSeconds: first.loadSeconds,
    seconds,
    perInputMegapixel: seconds / megapixels(first.input),
    perOutputMegapixel: seconds / megapixels(first.output),
    gflops: (2 * step.macs) / seconds / 1e9,
    peakBytes: rendererPeak(),
  };
}

/** Smooth shades, edges and fine lines; arithmetic does not depend on the content, compression of the file does. */
function drawn(side: number): { data: Uint8Array; width: number; height: number } {
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i += 1) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const line = (x + 2 * y) % 23 === 0 ? 90 : 0;
    data[i * 3] = (x * 255) / side - line;
    data[i * 3 + 1] = (y * 255) / side - line;
    data[i * 3 + 2] = ((x ^ y) & 32) * 4 + 60 - line / 2;
  }
  return { data, width: side, height: side };
}
