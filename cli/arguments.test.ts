import { describe, expect, it } from 'vitest';
import { parseEvaluate, parseRestore, whole } from './arguments.ts';
import { CliError } from './failure.ts';

const enlarge = ['photo.jpg', '--model', 'liif-edsr', '--scale', '2.5', '--out', 'results'];
const without = (option: string): string[] => {
  const at = enlarge.indexOf(option);
  return enlarge.filter((_, i) => i !== at && i !== at + 1);
};

describe('npm run restore', () => {
  it('reads a plain command', () => {
    expect(parseRestore(enlarge)).toEqual({
      inputs: ['photo.jpg'],
      out: 'results',
      format: 'auto',
      keepLocation: false,
      recipe: [{ model: 'liif-edsr', scale: 2.5, quality: 'best' }],
      backend: 'auto',
      weights: null,
      overwrite: false,
      json: false,
      softwareWebgpu: false,
    });
  });

  it('reads a recipe of two steps and every option', () => {
    const all = [
      '--deblur-first',
      'mimo-unet-plus',
      '--backend',
      'wasm',
      '--weights',
      'w.pth',
      '--json',
      '--format',
      'webp',
      '--overwrite',
    ];
    expect(parseRestore(['b.png', ...enlarge, ...all, '--keep-location'])).toMatchObject({
      inputs: ['b.png', 'photo.jpg'],
      recipe: [
        { model: 'mimo-unet-plus', scale: 1, quality: 'best' },
        { model: 'liif-edsr', scale: 2.5, quality: 'best' },
      ],
      backend: 'wasm',
      weights: 'w.pth',
      json: true,
      format: 'webp',
      overwrite: true,
      keepLocation: true,
    });
    expect(parseRestore([...enlarge, '--software-webgpu'])).toMatchObject({ backend: 'webgpu', softwareWebgpu: true });
  });

  it('decodes fast after a step that may be the one whose weights are given', () => {
    const both = ['--quality', 'fast', '--deblur-first', 'mimo-unet-plus', '--weights', 'w.pkl'];
    expect(parseRestore([...enlarge, ...both])?.recipe[1]).toMatchObject({ quality: 'fast' });
  });

  it('gives a deblurring model scale 1', () => {
    const wanted = parseRestore(['a.png', '--model', 'mssnet-realblur-r', '--out', 'o']);
    expect(wanted?.recipe).toEqual([{ model: 'mssnet-realblur-r', scale: 1, quality: 'best' }]);
  });

  it('answers --help', () => {
    expect(parseRestore(['--help'])).toBeNull();
    expect(parseEvaluate(['-h'])).toBeNull();
  });

  it.each([
    ['no picture', enlarge.slice(1), /No picture was named/],
    ['no model', without('--model'), /--model is missing/],
    ['no scale', without('--scale'), /--scale is missing/],
    ['no folder', without('--out'), /--out is missing/],
    ['an unknown model', [...without('--model'), '--model', 'esrgan'], /esrgan is not a model; there are liif-edsr/],
    ['a folder name as model', [...without('--model'), '--model', '../x'], /is not a model/],
    ['scale 0', [...without('--scale'), '--scale', '0'], /--scale must be a number from 1 to 8, not 0/],
    ['scale 9', [...without('--scale'), '--scale', '9'], /not 9/],
    ['a negative scale', [...without('--scale'), '--scale=-2'], /not -2/],
    ['scale NaN', [...without('--scale'), '--scale', 'NaN'], /not NaN/],
    ['a word as scale', [...without('--scale'), '--scale', 'two'], /not two/],
    ['a scale with a unit', [...without('--scale'), '--scale', '2x'], /not 2x/],
    ['an empty scale', [...without('--scale'), '--scale='], /not empty/],
    ['an infinite scale', [...without('--scale'), '--scale', 'Infinity'], /not Infinity/],
    ['an unknown option', [...enlarge, '--sharpen'], /Unknown option '--sharpen'/],
    ['an option without its value', [...enlarge, '--format'], /--format/],
    ['a negative scale of its own', [...without('--scale'), '--scale', '-2'], /^Option '--scale' needs a value\.$/],
    ['a model that is another option', ['a.png', '--model', '--scale', '2'], /^Option '--model' needs a value\.$/],
    ['an unknown format', [...enlarge, '--format', 'xcf'], /--format must be one of png/],
    ['the default as a format', [...enlarge, '--format', 'auto'], /not auto/],
    ['an unknown backend', [...enlarge, '--backend', 'cuda'], /--backend must be one of auto, webgpu, wasm/],
    ['two backends', [...enlarge, '--backend', 'wasm', '--software-webgpu'], /give one of them/],
    ['an unknown quality', [...enlarge, '--quality', 'ultra'], /--quality must be one of best, fast/],
    ['fast with a file', [...enlarge, '--quality', 'fast', '--weights', 'w.pth'], /fast cannot be used with --weights/],
    ['an enlarging first step', [...enlarge, '--deblur-first', 'liif-rdn'], /does not deblur/],
    ['an unknown first step', [...enlarge, '--deblur-first', 'nafnet'], /is not a model/],
    [
      'a scale for a deblurring model',
      ['a.png', '--model', 'mimo-unet-plus', '--scale', '2', '--out', 'o'],
      /keeps the size/,
    ],
    [
      'two deblurring steps',
      ['a.png', '--model', 'mimo-unet-plus', '--deblur-first', 'mimo-unet-plus', '--out', 'o'],
      /deblurs already/,
    ],
    [
      'quality for a deblurring model',
      ['a.png', '--model', 'mimo-unet-plus', '--quality', 'fast', '--out', 'o'],
      /belongs to the LIIF/,
    ],
  ])('refuses %s with one sentence', (_, argv, sentence) => {
    expect(() => parseRestore(argv)).toThrow(CliError);
    expect(() => parseRestore(argv)).toThrow(sentence);
    try {
      parseRestore(argv);
    } catch (error) {
      expect((error as CliError).kind).toBe('usage');
      expect((error as CliError).message).not.toContain('\n');
    }
  });
});

describe('npm run evaluate', () => {
  it('reads both forms', () => {
    expect(parseEvaluate(['--model', 'liif-rdn', '--scale', '3', '--hr', 'set5'])).toMatchObject({
      source: { kind: 'hr', folder: 'set5' },
      out: null,
    });
    expect(parseEvaluate(['--model', 'mimo-unet-plus', '--pairs', 'deblur'])).toMatchObject({
      source: { kind: 'pairs', folder: 'deblur' },
    });
  });

  it.each([
    ['pairs for an enlarging model', ['--model', 'liif-edsr', '--scale', '2', '--pairs', 'd'], /give --hr DIR/],
    ['sharp pictures for a deblurring model', ['--model', 'mimo-unet-plus', '--hr', 'd'], /give --pairs DIR/],
    ['both', ['--model', 'mimo-unet-plus', '--hr', 'd', '--pairs', 'd'], /not both/],
    ['neither', ['--model', 'liif-edsr', '--scale', '2'], /give --hr DIR/],
    ['a stray word', ['x', '--model', 'liif-edsr', '--scale', '2', '--hr', 'd'], /x is not an option/],
    [
      'two steps',
      ['--model', 'liif-edsr', '--scale', '2', '--deblur-first', 'mimo-unet-plus', '--hr', 'd'],
      /cannot be evaluated/,
    ],
  ])('refuses %s', (_, argv, sentence) => {
    expect(() => parseEvaluate(argv)).toThrow(sentence);
  });
});

describe('a whole number', () => {
  it('is read within its limits', () => {
    expect(whole('3', '--repeat', 1, 100)).toBe(3);
  });

  it.each(['x', '', ' ', '0', '101', '2.5', 'NaN', '-3'])('is not %j', (text) => {
    expect(() => whole(text, '--repeat', 1, 100)).toThrow(/^--repeat must be a whole number from 1 to 100, not /);
  });
});
