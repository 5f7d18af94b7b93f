import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { RunReport } from '../contract/run.ts';
import { parseEvaluate } from './arguments.ts';
import { findChromium } from './browser.ts';
import { newestTime } from './build.ts';
import { checkWeights, inputProblem, placer, prepareOutput } from './files.ts';
import { listPairs, listPictures, readRgb } from './pictures.ts';
import { serveFolders, type StaticServer } from './serve.ts';
import { row, summary } from './table.ts';
import { reasonWords, runWords, toJson } from './words.ts';

let folder = '';
let server: StaticServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'limpid-cli-'));
  for (const name of ['served', 'served/inner', 'blur', 'sharp', 'empty']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'served/index.html'), '<p>index</p>');
  writeFileSync(join(folder, 'served/inner/a.wasm'), 'wasm');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'nothing.png'), '');
  writeFileSync(join(folder, 'text.png'), 'not a picture');
  const grey = sharp({ create: { width: 3, height: 2, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 1 } } });
  await grey.png().toFile(join(folder, 'blur/one.png'));
  await grey.jpeg().toFile(join(folder, 'sharp/one.jpg'));
  server = await serveFolders({ '/': join(folder, 'served'), '/more/': join(folder, 'blur') });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('inputs and outputs', () => {
  it('says in one sentence why a file cannot be read', () => {
    expect(inputProblem(join(folder, 'blur/one.png'))).toBeNull();
    expect(inputProblem(join(folder, 'gone.png'))).toMatch(/does not exist\.$/);
    expect(inputProblem(folder)).toMatch(/is a folder/);
    expect(inputProblem(join(folder, 'nothing.png'))).toMatch(/is empty\.$/);
    expect(() => checkWeights(join(folder, 'gone.pth'))).toThrow(/--weights: .*does not exist/);
  });

  it('says it too of what cannot even be looked at, and names results beside it', () => {
    const loop = join(folder, 'loop.png');
    symlinkSync(loop, loop);
    const long = join(folder, `${'a'.repeat(300)}.png`);
    expect(inputProblem(loop)).toBe(`${loop} is a link that leads back to itself.`);
    expect(inputProblem(long)).toBe(`${long} is no file: its name is too long.`);
    expect(placer(folder, [loop, long], true)('a.png')).toBe(join(folder, 'a.png'));
  });

  it('makes the folder for results, unless a file is in its place', () => {
    prepareOutput(join(folder, 'made/deep'));
    expect(inputProblem(join(folder, 'made/deep'))).toMatch(/is a folder/);
    expect(() => prepareOutput(join(folder, 'secret.txt'))).toThrow(/it is a file/);
    expect(() => prepareOutput(join(folder, 'secret.txt/inner'))).toThrow(/cannot be made/);
  });

  it.runIf(process.platform === 'linux')('notices at once that nothing can be written', () => {
    expect(() => prepareOutput('/proc')).toThrow(/--out \/proc .*nothing can be written into it\.$/);
  });

  it('never gives two results one name', () => {
    const place = placer('out', [], false);
    expect([place('a-2x.png'), place('A-2x.png'), place('a-2x.png')]).toEqual([
      join('out', 'a-2x.png'),
      join('out', 'A-2x-2.png'),
      join('out', 'a-2x-3.png'),
    ]);
  });

  it('never gives a result the name of an input, however the input is reached', () => {
    const out = join(folder, 'inputs');
    mkdirSync(out);
    for (const name of ['a.png', 'a-2x.png', 'linked.png', 'mine.png']) writeFileSync(join(out, name), 'x');
    symlinkSync(out, join(folder, 'same'));
    symlinkSync(join(out, 'linked.png'), join(folder, 'link.png'));
    linkSync(join(out, 'mine.png'), join(folder, 'hard.png'));
    const inputs = ['same/a.png', 'inputs/./a-2x.png', 'link.png', 'hard.png', 'gone.png'].map((name) =>
      join(folder, name),
    );
    const place = placer(out, inputs, true);
    const names = ['a.png', 'a-2x.png', 'linked.png', 'mine.png', 'gone.png', 'new.png'].map(place);
    expect(names).toEqual(
      ['a-2.png', 'a-2x-2.png', 'linked-2.png', 'mine-2.png', 'gone.png', 'new.png'].map((name) => join(out, name)),
    );
    // not even where the inputs are spared because all files are
    expect(['a.png', 'linked.png'].map(placer(out, inputs, false))).toEqual(
      ['a-2.png', 'linked-2.png'].map((name) => join(out, name)),
    );
  });

  it('replaces no file that is there already, unless told to', () => {
    const out = join(folder, 'earlier');
    mkdirSync(join(out, 'new-2.png'), { recursive: true });
    writeFileSync(join(out, 'new.png'), 'mine');
    symlinkSync(join(out, 'nowhere'), join(out, 'link.png'));
    const place = placer(out, [], false);
    expect(['new.png', 'new.png', 'link.png', 'other.png'].map(place)).toEqual(
      ['new-3.png', 'new-4.png', 'link-2.png', 'other.png'].map((name) => join(out, name)),
    );
    const replace = placer(out, [], true);
    expect(['new.png', 'new.png'].map(replace)).toEqual(['new.png', 'new-2.png'].map((name) => join(out, name)));
  });

  it.each([
    ['its work is done', '', 0],
    ['it fails', "throw new Error('no')", 1],
    ['Ctrl+C is pressed', "setInterval(() => undefined, 1000); process.kill(process.pid, 'SIGINT')", 130],
    [
      'it is asked to end while Playwright, which then closes browsers only, listens too',
      "setInterval(() => undefined, 1000); process.on('SIGTERM', () => undefined); process.kill(process.pid, 'SIGTERM')",
      143,
    ],
    ['it is asked to end', "setInterval(() => undefined, 1000); process.kill(process.pid, 'SIGTERM')", 143],
  ])('leaves no scratch folder behind when %s', (_, then, code) => {
    const script = `
      import { writeFileSync } from 'node:fs';
      import { endOnSignals } from ${JSON.stringify(new URL('failure.ts', import.meta.url).href)};
      import { scratchFolder } from ${JSON.stringify(new URL('files.ts', import.meta.url).href)};
      endOnSignals();
      const made = scratchFolder('limpid-test-');
      writeFileSync(made + '/input.png', 'x');
      console.log(made);
      ${then};`;
    const ran = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(ran.status).toBe(code);
    const made = ran.stdout.trim();
    expect(made).toContain('limpid-test-');
    expect(existsSync(made)).toBe(false);
  });

  it('lists pictures and pairs, and says what is missing', async () => {
    expect(listPairs(folder)).toEqual([
      { name: 'one.png', blur: join(folder, 'blur/one.png'), sharp: join(folder, 'sharp/one.jpg') },
    ]);
    expect(() => listPictures(join(folder, 'gone'))).toThrow(/does not exist/);
    expect(() => listPictures(join(folder, 'secret.txt'))).toThrow(/is not a folder/);
    expect(() => listPictures(join(folder, 'empty'))).toThrow(/holds no pictures/);
    expect(() => listPairs(join(folder, 'served'))).toThrow(/does not exist/);
    writeFileSync(join(folder, 'blur/two.png'), 'x');
    expect(() => listPairs(folder)).toThrow(/two\.png has no counterpart/);
    expect(await readRgb(join(folder, 'blur/one.png'))).toMatchObject({
      width: 3,
      height: 2,
      data: Buffer.alloc(18, 9),
    });
    const turned = sharp({ create: { width: 3, height: 2, channels: 3, background: '#fff' } });
    await turned.jpeg().withMetadata({ orientation: 6 }).toFile(join(folder, 'turned.jpg'));
    expect(await readRgb(join(folder, 'turned.jpg'))).toMatchObject({ width: 2, height: 3 });
    await expect(readRgb(join(folder, 'text.png'))).rejects.toThrow(/cannot be read/);
  });

  it('lists what could not be measured as JSON, even when that is all', () => {
    const wanted = parseEvaluate(['--model', 'liif-edsr', '--scale', '2', '--hr', 'x', '--json']);
    if (wanted === null) throw new Error('help was not asked for');
    const failures = [{ name: 'a.png', error: 'It cannot be read.' }];
    expect(JSON.parse(summary(wanted, [], failures))).toMatchObject({ mean: null, pictures: [], failures });
    expect(summary({ ...wanted, json: false }, [], failures)).toBe('');
  });

  it('gives no gain where both equal the original', () => {
    const same = { psnr: Infinity, ssim: 1 };
    expect(row('a.png', same, same)).toMatch(/ inf \/ 1\.0000 +inf \/ 1\.0000 +\+0\.00\n$/);
    expect(row('a.png', { psnr: 30, ssim: 1 }, { psnr: 31.5, ssim: null })).toMatch(/ -1\.50\n$/);
  });

  it('says once why a run was not on the best backend', () => {
    const on = (reason: string | null) => ({ backend: { name: 'wasm', device: '1 thread', reason, proof: 0 } });
    const why = 'This browser offers no WebGPU adapter, so the CPU is used.';
    expect(reasonWords({ steps: [on(why), on(why)] } as unknown as RunReport)).toEqual([why]);
    expect(reasonWords({ steps: [on(null)] } as unknown as RunReport)).toEqual([]);
  });

  it('says of a run which models made the result, and with whose weights', () => {
    const step = (modelName: string, owner: string, name: string) => ({
      modelName,
      weights: { owner, name },
      backend: { name: 'wasm', device: '1 thread' },
    });
    const report = {
      input: { width: 33, height: 21 },
      output: { width: 66, height: 42 },
      seconds: 1.25,
      steps: [step('MIMO-UNet+', 'imported', 'mine.pkl'), step('LIIF-EDSR', 'limpid', 'Limpid’s weights')],
      measure: { backProjectionDb: 41.5, changedShare: 0.5, reference: 'bicubic' },
    } as unknown as RunReport;
    expect(runWords(report)).toBe(
      "33 × 21 → 66 × 42 in 1.3 s by MIMO-UNet+ (mine.pkl), then LIIF-EDSR (Limpid's weights) on WASM (1 thread); " +
        'shrunk back, 41.50 dB from the input; 50.0 % of pixels changed against the bicubic',
    );
  });

  it('keeps an infinite PSNR in JSON', () => {
    expect(toJson({ db: Infinity, none: null })).toBe('{\n  "db": "Infinity",\n  "none": null\n}');
  });
});

describe('the local server', () => {
  const get = async (path: string): Promise<Response> => fetch(`${server.origin}${path}`);

  it('serves files with their type and cross-origin isolation', async () => {
    const index = await get('/');
    expect(await index.text()).toBe('<p>index</p>');
    expect(index.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(index.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await get('/inner/a.wasm')).headers.get('content-type')).toBe('application/wasm');
    expect((await get('/more/one.png')).status).toBe(200);
  });

  it('serves nothing outside its folders', async () => {
    for (const path of [
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/inner',
      '/gone',
      '/more/..%2f..%2fsecret.txt',
      '/inner/',
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect((await get('/%E0%A4%A')).status).toBe(400);
    expect((await fetch(server.origin, { method: 'POST' })).status).toBe(405);
  });
});

describe('finding the browser', () => {
  it('trusts LIMPID_CHROMIUM, and says when it is wrong', () => {
    expect(findChromium({ LIMPID_CHROMIUM: join(folder, 'secret.txt') })).toBe(join(folder, 'secret.txt'));
    expect(() => findChromium({ LIMPID_CHROMIUM: '/no/chromium' })).toThrow(/LIMPID_CHROMIUM names \/no\/chromium/);
  });
});

describe('the build', () => {
  it('is dated by its newest source', () => {
    expect(newestTime(join(folder, 'gone'))).toBe(0);
    expect(newestTime(folder)).toBeGreaterThanOrEqual(newestTime(join(folder, 'served/index.html')));
  });
});
