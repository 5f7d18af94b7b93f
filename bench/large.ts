import { mkdtemp, rm } from 'node:fs/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { readOptions } from '../cli/arguments.ts';
import { CliError, exitWith } from '../cli/failure.ts';
import { parseModel, readManifest } from '../cli/models.ts';
import { MODEL_IDS } from '../contract/models.ts';
import { runLarge, type LargeRow, type LargeRun } from './large-page.ts';
import { megabytes } from './table.ts';

const HELP = `A large picture through the page itself, as a person would: time, peak memory, longest block of the page.

npm run bench:large -- [--models ID,ID] [--size 4000x3000] [--scale 1] [--fast] [--minutes 60]
  --scale     for the enlarging models
  --fast      decode from the nearest cell alone
  --minutes   cancel after this long and say how far the run came
`;

interface Wanted extends Omit<LargeRun, 'manifest' | 'file'> {
  readonly models: readonly (typeof MODEL_IDS)[number][];
  readonly width: number;
  readonly height: number;
}

function parse(argv: readonly string[]): Wanted | null {
  const options = {
    models: { type: 'string' },
    size: { type: 'string', default: '4000x3000' },
    scale: { type: 'string', default: '1' },
    fast: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = readOptions(argv, options, false);
  if (values.help === true) return null;
  const [, width = '', height = ''] = /^(\d+)x(\d+)$/.exec(values.size) ?? [];
  const [scale, minutes] = [Number(values.scale), Number(values.minutes)];
  if (width === '') throw new CliError(`--size must look like 4000x3000, not ${values.size}.`);
  if (!(scale >= 1 && scale <= 8)) throw new CliError(`--scale must be a number from 1 to 8, not ${values.scale}.`);
  if (!(minutes > 0)) throw new CliError(`--minutes must be a number above 0, not ${values.minutes}.`);
  const models = values.models?.split(',').map((id) => parseModel(id, '--models')) ?? MODEL_IDS;
  return { models, width: Number(width), height: Number(height), scale, fast: values.fast, minutes };
}

/** A drawn photo's worth of shades and noise as a JPEG: arithmetic does not depend on the content, file sizes do. */
async function drawPhoto(width: number, height: number, file: string): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const small = sharp({
    create: { width: Math.ceil(width / 8), height: Math.ceil(height / 8), channels: 3, background: '#777', noise },
  });
  await sharp(await small.png().toBuffer())
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .jpeg({ quality: 90 })
    .toFile(file);
}

function toMarkdown(rows: readonly LargeRow[]): string {
  const lines = [
    '| model | input | output | parts | time | peak memory | longest block of the page | file | the page said |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.model} | ${row.input} | ${row.output} | ${row.parts} | ${Math.round(row.seconds)} s | ${megabytes(row.peakBytes)} | ${Math.round(row.longestTask)} ms | ${row.file} | ${row.said} |`,
    ),
    '',
    'Peak memory: VmHWM of the page with its workers. Longest block: longest task of the main thread from Restore to the end.',
  ];
  return `${lines.join('\n')}\n`;
}

async function measure({ models, width, height, ...run }: Wanted): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'limpid-large-'));
  const rows: LargeRow[] = [];
  try {
    const file = join(scratch, `drawn-${String(width)}x${String(height)}.jpg`);
    await drawPhoto(width, height, file);
    for (const id of models) {
      process.stderr.write(`${id}…\n`);
      rows.push(await runLarge({ ...run, manifest: readManifest(id), file }));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const name = `large-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.md`;
  writeFileSync(join(folder, name), toMarkdown(rows));
  process.stdout.write(`${toMarkdown(rows)}\nSaved as bench/results/${name}\n`);
  return 0;
}

await exitWith(async () => {
  const wanted = parse(process.argv.slice(2));
  if (wanted !== null) return measure(wanted);
  process.stdout.write(HELP);
  return 0;
});
