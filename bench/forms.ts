import { readOptions, whole } from '../cli/arguments.ts';
import { exitWith } from '../cli/failure.ts';
import { parseModel, readManifest } from '../cli/models.ts';
import { MODEL_IDS } from '../contract/models.ts';
import { startHarness } from '../e2e/harness/harness.ts';
import type { Forms } from './in-worker.ts';
import { busyNote, describeMachine } from './machine.ts';

const HELP = `How much faster the graphs that WASM runs are than their plain form (training/limpid/export/winograd.py).

npm run bench:forms -- [--models ID,ID] [--side 128] [--repeat 3]
  --side   of the square window, a multiple of 16
`;

async function forms(argv: readonly string[]): Promise<number> {
  const options = {
    models: { type: 'string' },
    side: { type: 'string', default: '128' },
    repeat: { type: 'string', default: '3' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = readOptions(argv, options, false);
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const ids = values.models?.split(',').map((id) => parseModel(id, '--models')) ?? MODEL_IDS;
  const side = Math.round(whole(values.side, '--side', 16, 4096) / 16) * 16;
  const repeat = whole(values.repeat, '--repeat', 1, 100);
  const { machine, versions } = describeMachine();
  process.stdout.write(`${[`${machine}; ${versions}`, busyNote() ?? []].flat().join('\n\n')}\n\n`);
  process.stdout.write("| model, first graph | plain (s) | WASM's own (s) | times faster | largest difference |\n");
  process.stdout.write('| --- | ---: | ---: | ---: | ---: |\n');
  for (const id of ids) {
    const manifest = readManifest(id);
    // A harness of its own: two sessions of a large network fill a heap.
    const harness = await startHarness();
    try {
      const { plain, own, largest } = await harness.call<Forms>(
        '/bench/in-worker.ts',
        'compareForms',
        manifest,
        side,
        repeat,
      );
      const cells = [
        manifest.name,
        plain.toFixed(2),
        own.toFixed(2),
        (plain / own).toFixed(2),
        largest.toExponential(1),
      ];
      process.stdout.write(`| ${cells.join(' | ')} |\n`);
    } finally {
      await harness.close();
    }
  }
  return 0;
}

await exitWith(async () => forms(process.argv.slice(2)));
