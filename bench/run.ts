import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { oneOf, readOptions, whole } from '../cli/arguments.ts';
import { exitWith } from '../cli/failure.ts';
import { parseModel, readManifest } from '../cli/models.ts';
import { MODEL_IDS } from '../contract/models.ts';
import { BACKEND_WISHES, type BackendWish } from '../contract/run.ts';
import { startHarness } from '../e2e/harness/harness.ts';
import { ensurePython } from '../scripts/python.ts';
import { liifGrid } from '../workers/restoration/liif-grid.ts';
import type { Comparison, Peak } from './in-worker.ts';
import { busyNote, describeMachine, fileStamp, saveResult } from './machine.ts';
import { benchModel, type ModelRow } from './models.ts';
import { toMarkdown, type BenchResult } from './table.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const HELP = `Speed and memory of every model on this machine, as a table; also saved in bench/results.

npm run bench -- [--models ID,ID] [--side 256] [--repeat 3] [--backend auto] [--pytorch] [--no-liif]
  --backend   auto, webgpu or wasm: where the models run; LIIF beside the graph as written always runs on WASM
  --pytorch   also time the authors' formulation in PyTorch on the same cores
  --no-liif   leave out the comparison with the graph exported as written
`;

interface Wanted {
  readonly models: readonly (typeof MODEL_IDS)[number][];
  readonly side: number;
  readonly repeat: number;
  readonly backend: BackendWish;
  readonly pytorch: boolean;
  readonly liif: boolean;
}

function parse(argv: readonly string[]): Wanted | null {
  const options = {
    models: { type: 'string' },
    side: { type: 'string' },
    repeat: { type: 'string' },
    backend: { type: 'string', default: 'auto' },
    pytorch: { type: 'boolean' },
    'no-liif': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = readOptions(argv, options, false);
  if (values.help === true) return null;
  const models =
    values.models === undefined ? MODEL_IDS : values.models.split(',').map((id) => parseModel(id, '--models'));
  const side = whole(values.side ?? '256', '--side', 16, 4096);
  const repeat = whole(values.repeat ?? '3', '--repeat', 1, 100);
  const backend = oneOf(BACKEND_WISHES, values.backend, '--backend');
  return { models, side, repeat, backend, pytorch: values.pytorch === true, liif: values['no-liif'] !== true };
}

/** Runs a script of this folder in the training environment; its last line, or null with a note. */
function python(script: string, parts: readonly string[], notes: string[]): string | null {
  try {
    const ran = spawnSync(ensurePython(), [`${HERE}${script}`, ...parts], { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (ran.status === 0) return ran.stdout.trim().split('\n').at(-1) ?? '';
    notes.push(`Left out: ${script} failed: ${ran.stderr.trim().split('\n').at(-1) ?? ''}`);
  } catch (error) {
    notes.push(`Left out: ${script} needs Python: ${error instanceof Error ? error.message : String(error)}`);
  }
  return null;
}

interface Written {
  readonly side: number;
  readonly out: number;
  /** SHA-256 of the weights in the exported graphs. */
  readonly weights: string;
}

/** The graphs exported as written in bench/cache, made of the weights that the page has now; null with a note. */
function asWritten(weights: string, notes: string[]): Written | null {
  const read = (): Written | null => {
    try {
      const found = JSON.parse(readFileSync(`${HERE}cache/about.json`, 'utf8')) as Written;
      return found.weights === weights ? found : null;
    } catch {
      return null;
    }
  };
  return read() ?? (python('export_as_written.py', [], notes) === null ? null : read());
}

async function inBrowser(wanted: Wanted, notes: string[]): Promise<{ peak: Peak | null; liif: Comparison | null }> {
  const manifest = readManifest('liif-edsr');
  const written = asWritten(manifest.weights.sha256, notes);
  if (written === null) return { peak: null, liif: null };
  const harness = await startHarness();
  try {
    const peak = await harness.call<Peak>('/bench/in-worker.ts', 'measurePeak', Math.max(5, wanted.repeat));
    if (!wanted.liif) return { peak, liif: null };
    await harness.restart();
    const { side, out } = written;
    const [input, output] = [
      { width: side, height: side },
      { width: out, height: out },
    ];
    const grid = liifGrid(input, output, { x: 0, y: 0, ...input }, { x: 0, y: 0, ...output }, 'best');
    const liif = await harness.call<Comparison>(
      '/bench/in-worker.ts',
      'compareLiif',
      manifest,
      grid,
      side,
      Math.max(3, wanted.repeat),
    );
    return { peak, liif };
  } finally {
    await harness.close();
  }
}

async function measureAgain(wanted: Wanted): Promise<Peak> {
  const harness = await startHarness();
  try {
    return await harness.call<Peak>('/bench/in-worker.ts', 'measurePeak', Math.max(5, wanted.repeat));
  } finally {
    await harness.close();
  }
}

async function bench(wanted: Wanted): Promise<number> {
  const notes = [busyNote() ?? []].flat();
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  say('Arithmetic peak and LIIF as written…');
  const { peak, liif } = await inBrowser(wanted, notes);
  const models: ModelRow[] = [];
  for (const id of wanted.models) {
    say(`${id}…`);
    models.push(await benchModel(readManifest(id), wanted));
  }
  const again = peak === null ? null : await measureAgain(wanted);
  const reference = wanted.pytorch
    ? [
        '--side',
        String(wanted.side),
        '--threads',
        String(peak?.threads ?? cpus().length),
        '--repeat',
        String(wanted.repeat),
      ]
    : null;
  if (reference) say('PyTorch…');
  const timed = reference ? python('pytorch_reference.py', reference, notes) : null;
  const result: BenchResult = {
    date: new Date().toISOString(),
    ...describeMachine(),
    // whatever else the machine did, the faster of two visits is nearer to what it can do
    peak: again !== null && peak !== null && again.gflops > peak.gflops ? again : peak,
    models,
    liif,
    pytorch: timed === null ? null : (JSON.parse(timed) as BenchResult['pytorch']),
    notes,
  };
  const markdown = toMarkdown(result);
  const name = fileStamp(result.date);
  saveResult({ [`${name}.json`]: `${JSON.stringify(result, null, 2)}\n`, [`${name}.md`]: markdown });
  process.stdout.write(`${markdown}\nSaved as bench/results/${name}.md and .json\n`);
  return 0;
}

await exitWith(async () => {
  const wanted = parse(process.argv.slice(2));
  if (wanted !== null) return bench(wanted);
  process.stdout.write(HELP);
  return 0;
});
