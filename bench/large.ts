import sharp from 'sharp';
import { oneOf, readOptions } from '../cli/arguments.ts';
import { CliError, exitWith } from '../cli/failure.ts';
import { parseModel, readManifest } from '../cli/models.ts';
import { MODEL_IDS, QUALITIES } from '../contract/models.ts';
import { runLarge, type LargeRow, type LargeRun } from './large-page.ts';
import { busyNote, describeMachine, fileStamp, saveResult } from './machine.ts';
import { megabytes } from './table.ts';

const HELP = `A large picture through the page itself, as a person would: time, peak memory, longest block of the page.

npm run bench:large -- [--models ID,ID] [--size 4000x3000] [--scale 1] [--quality best] [--minutes 60]
  --scale     for the enlarging models
  --quality   for them too: "best", or "fast", which decodes from the nearest cell alone
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
    quality: { type: 'string', default: 'best' },
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
  const quality = oneOf(QUALITIES, values.quality, '--quality');
  const models = values.models?.split(',').map((id) => parseModel(id, '--models')) ?? MODEL_IDS;
  return { models, width: Number(width), height: Number(height), scale, quality, minutes };
}

/** A drawn photo's worth of shades and noise as a JPEG: arithmetic does not depend on the content, file sizes do. */
async function drawPhoto(width: number, height: number): Promise<LargeRun['file']> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const small = sharp({
    create: { width: Math.ceil(width / 8), height: Math.ceil(height / 8), channels: 3, background: '#777', noise },
  });
  const buffer = await sharp(await small.png().toBuffer())
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .jpeg({ quality: 90 })
    .toBuffer();
  return { name: `drawn-${String(width)}x${String(height)}.jpg`, mimeType: 'image/jpeg', buffer };
}

function toMarkdown(rows: readonly LargeRow[], note: string | null): string {
  const { machine, versions } = describeMachine();
  const lines = [
    `${machine}; ${versions}`,
    '',
    '| model | input | output | parts | time | peak memory | longest block of the page | file | the page said |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.model} | ${row.input} | ${row.output} | ${row.parts} | ${Math.round(row.seconds)} s | ${megabytes(row.peakBytes)} | ${Math.round(row.longestTask)} ms | ${row.file} | ${row.said} |`,
    ),
    '',
    'Peak memory: VmHWM of the page with its workers. Longest block: longest task of the main thread from Restore to the end.',
  ];
  if (note !== null) lines.push('', note);
  return `${lines.join('\n')}\n`;
}

async function measure({ models, width, height, ...run }: Wanted): Promise<number> {
  const note = busyNote();
  const file = await drawPhoto(width, height);
  const rows: LargeRow[] = [];
  for (const id of models) {
    process.stderr.write(`${id}…\n`);
    rows.push(await runLarge({ ...run, manifest: readManifest(id), file }));
  }
  const markdown = toMarkdown(rows, note);
  const name = `large-${fileStamp(new Date().toISOString())}.md`;
  saveResult({ [name]: markdown });
  process.stdout.write(`${markdown}\nSaved as bench/results/${name}\n`);
  return 0;
}

await exitWith(async () => {
  const wanted = parse(process.argv.slice(2));
  if (wanted !== null) return measure(wanted);
  process.stdout.write(HELP);
  return 0;
});
