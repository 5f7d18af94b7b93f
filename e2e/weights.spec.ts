import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Result } from '../contract/result.ts';
import type { ImportedWeights } from '../contract/worker-api.ts';
import { ensurePython } from '../scripts/python.ts';
import { startHarness, type Harness } from './harness/harness.ts';
import type { Comparison } from './harness/weights.ts';

/** Checkpoints that PyTorch saves here and now, in the authors' structure; served to the browser from the repository's root. */
const FOLDER = '.cache/checkpoints';
const path = fileURLToPath(new URL(`../${FOLDER}`, import.meta.url));

interface Made {
  readonly network: string;
  readonly file: string;
  readonly form: string;
  readonly answer: string;
  readonly scale: number;
}

/** Both forms of one network, and for the others that of the authors' files: MIMO-UNet and MSSNet used PyTorch 1.4. */
const FORMS = [
  ['liif-edsr', 'zip'],
  ['liif-edsr', 'legacy'],
  ['liif-rdn', 'zip'],
  ['mimo-unet', 'legacy'],
  ['mimo-unet-plus', 'legacy'],
  ['mssnet', 'legacy'],
] as const;
/** With the optimiser's state, as the authors save it: a small file and a large one. */
const TRAINED = ['liif-edsr', 'mimo-unet-plus'];

test.describe('checkpoints saved by PyTorch', () => {
  test.setTimeout(300_000);
  let harness: Harness;
  let made: readonly Made[] = [];

  test.beforeAll(async () => {
    test.setTimeout(400_000);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    const script = fileURLToPath(new URL('checkpoints/make_checkpoints.py', import.meta.url));
    const files = [...FORMS, ['mimo-unet-plus', 'half']].map((parts) => parts.join(':'));
    const argv = [script, path, '--make', ...files, '--trained', ...TRAINED];
    const { status, stderr } = spawnSync(ensurePython(), argv, { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    made = JSON.parse(readFileSync(`${path}/checkpoints.json`, 'utf8')) as readonly Made[];
    harness = await startHarness();
  });
  test.afterAll(async () => {
    await harness.close();
    rmSync(path, { recursive: true, force: true });
  });

  const at = (file: string): string => `${harness.url}/${FOLDER}/${file}`;
  const importFile = (file: string, name = file): Promise<Result<ImportedWeights>> =>
    harness.call('/e2e/harness/weights.ts', 'importFile', `${harness.url}/`, at(file), name);
  const compare = (model: string, { scale, answer }: Made): Promise<Comparison> =>
    harness.call(
      '/e2e/harness/weights.ts',
      'compareWithAnswer',
      `${harness.url}/`,
      model,
      scale,
      at('input.png'),
      at(answer),
    );

  for (const [network, form] of FORMS) {
    test(`${network}, ${form} form, gives PyTorch's picture`, async () => {
      const checkpoint = made.find((one) => one.network === network && one.form === form);
      if (!checkpoint) throw new Error(`no ${form} checkpoint of ${network} was made`);
      const imported = await importFile(checkpoint.file);
      if (!imported.ok) throw new Error(imported.error.message);
      expect(imported.value).toMatchObject({ network, owner: 'imported' });
      const { largest, spread, weights } = await compare(imported.value.model, checkpoint);
      expect(weights).toBe(imported.value.id);
      expect(spread).toBeGreaterThan(0.05);
      expect(largest).toBeLessThanOrEqual(2e-3);
      expect(await harness.strays()).toEqual([]);
    });
  }

  test('a RealBlur file of the "+" network runs as MIMO-UNet RealBlur on the "+" graph', async () => {
    const checkpoint = made.find(({ network, form }) => network === 'mimo-unet-plus' && form === 'half');
    if (!checkpoint) throw new Error('no half checkpoint was made');
    const imported = await importFile(checkpoint.file, 'MIMO-UNetPlus_RealBlur.pkl');
    if (!imported.ok) throw new Error(imported.error.message);
    expect(imported.value).toMatchObject({ model: 'mimo-unet-realblur', network: 'mimo-unet-plus' });
    const { largest, network } = await compare('mimo-unet-realblur', checkpoint);
    expect(largest).toBeLessThanOrEqual(2e-3);
    expect(network).toBe('mimo-unet-plus');
  });

  test('a bad file leaves the chosen weights as they were', async () => {
    const good = made.find(({ network, form }) => network === 'liif-edsr' && form === 'zip');
    if (!good) throw new Error('no zip checkpoint was made');
    expect((await importFile(good.file)).ok).toBe(true);
    const bytes = readFileSync(`${path}/${good.file}`);
    writeFileSync(`${path}/cut.pth`, bytes.subarray(0, bytes.length / 2));
    const bad = await importFile('cut.pth');
    if (bad.ok) throw new Error('half a file was taken for a checkpoint');
    expect(bad.error.message).toMatch(/^[“"A-Z].*\.$/);
    expect((await compare('liif-edsr', good)).largest).toBeLessThanOrEqual(2e-3);
  });
});
