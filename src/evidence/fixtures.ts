import { NETWORK_IDS } from '../../contract/manifest.ts';
import type { Manifest, TrainingRun } from '../../contract/manifest.ts';
import type { ModelId, Quality } from '../../contract/models.ts';
import type { PictureInfo } from '../../contract/picture.ts';
import type { RunReport, StepReport, WeightsReport } from '../../contract/run.ts';
import type { ImportedWeights } from '../../contract/worker-api.ts';
import type { ComposeInput } from './compose.ts';
import { theStory } from './models.ts';

/** The larger networks of each task do more for the same scores. */
const WORK: Readonly<Record<ModelId, number>> = {
  'liif-edsr': 1,
  'liif-rdn': 18,
  'mimo-unet-realblur': 1,
  'mimo-unet-plus': 2.4,
  'mssnet-realblur-r': 2.2,
};

const TEST_RUNS: readonly TrainingRun[] = [
  {
    data: 'The network learned from crops of 272 photos. They were reduced by factors from 1 to 4.',
    minutes: 60,
    iterations: 15000,
    licences: { 'CC BY-SA 4.0': 128, 'Unsplash License': 144 },
    machine: 'one CPU core',
    date: '2026-11-20',
  },
  {
    data: 'The network learned from crops of 272 photos. They were reduced by factors from 1 to 4. Noise was added.',
    minutes: 30,
    iterations: 5000,
    licences: { 'CC BY-SA 4.0': 128, 'Unsplash License': 144 },
    machine: 'one CPU core',
    date: '2026-11-20',
    blended: 0.65,
  },
];

/** Material for tests and for the panel's own test page; none of its numbers was measured, and none is shipped. */
export function testManifest(id: ModelId): Manifest {
  const { name, task, network } = theStory(id, []);
  const file = { file: 'x', bytes: 1, sha256: '0'.repeat(64) };
  const base: Manifest = {
    schema: 1,
    id,
    name,
    seedName: name,
    task,
    pipeline: task === 'enlarge' ? 'liif' : 'image-to-image',
    summary: 'For tests.',
    network,
    accepts: NETWORK_IDS.filter((known) => known === network),
    parameters: 1,
    multiple: theStory(id, []).multiple,
    halo: 36,
    reach: 36,
    graphs: {},
    weights: { ...file, dtype: 'float16', tensors: [] },
    compute: { macPerInputPixel: WORK[id] ?? 1, macPerOutputPixel: 0, bytesPerInputPixel: 1, bytesPerOutputPixel: 1 },
    golden: { input: file, output: file, width: 16, height: 16, outputWidth: 32, outputHeight: 32, tolerance: 0.01 },
    seam: { maxDifference: 0.0002, tile: 64, measuredOn: 'a drawn test card' },
    training: {
      summary: 'Trained by this project on 272 photos and drawn pages',
      data: 'The weights learned from photos and drawn pages in 2 runs.',
      minutes: 90,
      iterations: 20000,
      machine: 'one CPU core',
      date: '2026-11-20',
      runs: TEST_RUNS,
    },
    scores:
      task === 'enlarge'
        ? [
            {
              set: 'Set5 x2',
              metric: 'luma PSNR, dB',
              against: 'truth' as const,
              value: 37.1,
              baseline: 33.7,
              baselineName: 'bicubic resizing',
              command: 'npm run evaluate -- --scale 2',
            },
            {
              set: 'Set5 x4',
              metric: 'luma PSNR, dB',
              against: 'truth' as const,
              value: 31.2,
              baseline: 28.4,
              baselineName: 'bicubic resizing',
              command: 'npm run evaluate -- --scale 4',
            },
          ]
        : [
            {
              set: 'real pairs',
              metric: 'RGB PSNR, dB',
              against: 'truth' as const,
              value: 27.5,
              baseline: 26.4,
              baselineName: 'the blurred input',
              command: 'npm run evaluate -- --pairs',
            },
            {
              set: 'sharp pictures (15)',
              metric: 'RGB PSNR (dB) of output against input',
              against: 'input' as const,
              value: 42.7,
              baseline: 33.9,
              baselineName: 'JPEG at quality 90',
              command: 'python -m limpid.score',
            },
          ],
  };
  if (task === 'deblur') return base;
  return {
    ...base,
    scale: { min: 1, max: 8, step: 0.1, trained: [1, 4] },
    fast: { costDb: 0.24, measuredOn: 'Set5 x2' },
  };
}

export const TEST_MANIFESTS: readonly Manifest[] = (
  ['liif-edsr', 'liif-rdn', 'mimo-unet-realblur', 'mimo-unet-plus', 'mssnet-realblur-r'] as const
).map(testManifest);

export const TEST_PICTURE: PictureInfo = {
  id: 'picture-1',
  name: 'diagram.png',
  kind: 'png',
  bytes: 12_345,
  width: 254,
  height: 170,
  depth: 8,
  grey: false,
  alpha: false,
  colorSpace: 'srgb',
  orientation: 1,
  frames: 1,
  hasLocation: false,
  notes: [],
};

/** A page with a picture open and nothing chosen, run or asked. */
export const TEST_INPUT: ComposeInput = {
  models: TEST_MANIFESTS,
  recipe: null,
  picture: TEST_PICTURE,
  report: null,
  weights: [],
  estimate: null,
  question: null,
  seed: null,
};

interface TestStep {
  readonly model: ModelId;
  readonly scale?: number;
  readonly quality?: Quality;
  readonly weights?: Partial<WeightsReport>;
  readonly network?: string;
}

/** A report of a run of `steps` on the test picture. */
export function testReport(steps: readonly TestStep[], change: Partial<RunReport> = {}): RunReport {
  let input = { width: TEST_PICTURE.width, height: TEST_PICTURE.height };
  const reports = steps.map(({ model, scale = 1, quality = 'best', weights = {}, network }): StepReport => {
    const { name, task, multiple, network: own } = theStory(model, []);
    const from = input;
    const output = { width: Math.round(from.width * scale), height: Math.round(from.height * scale) };
    input = output;
    return {
      model,
      modelName: name,
      network: network ?? own,
      task,
      scale,
      quality,
      input: from,
      output,
      tiles: 6,
      tileSide: 96,
      halo: 36,
      padding: {
        right: (multiple - (from.width % multiple)) % multiple,
        bottom: (multiple - (from.height % multiple)) % multiple,
      },
      backend: {
        name: 'wasm-threads',
        device: '2 threads',
        reason: 'This browser offers no WebGPU adapter.',
        proof: 0.0004,
      },
      weights: { id: 'limpid', name: 'Limpid’s weights', owner: 'limpid', sha256: 'ab12'.repeat(16), ...weights },
      seconds: 2.34,
      macs: 1e9,
    };
  });
  const enlarged = reports.some(({ task }) => task === 'enlarge');
  return {
    picture: TEST_PICTURE.id,
    input: { width: TEST_PICTURE.width, height: TEST_PICTURE.height },
    output: input,
    steps: reports,
    seconds: 3.1,
    loadSeconds: 0.8,
    measure: {
      backProjectionDb: enlarged ? 44.17 : null,
      changedShare: 0.123,
      meanChange: 0.004,
      maxChange: 0.31,
      reference: enlarged ? 'bicubic' : 'input',
    },
    events: [],
    version: '0.1.0',
    finishedAt: '2026-11-21T09:30:00.000Z',
    ...change,
  };
}

/** An imported file that a model's next run uses. */
export const testFile = (model: ModelId, change: Partial<ImportedWeights> = {}): ImportedWeights => ({
  id: 'file-1',
  name: 'mine.pth',
  owner: 'imported',
  sha256: 'cd34'.repeat(16),
  model,
  network: NETWORK_IDS.find((known) => known === theStory(model, []).network) ?? 'mimo-unet',
  importedAt: '2026-11-21T09:00:00.000Z',
  bytes: 1,
  ...change,
});
