import { parseArgs, type ParseArgsConfig } from 'node:util';
import { QUALITIES } from '../contract/models.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '../contract/picture.ts';
import { BACKEND_WISHES, type BackendWish, type Recipe } from '../contract/run.ts';
import { CliError } from './failure.ts';
import { parseModel, readManifest } from './models.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that restore and evaluate share. */
const SHARED = {
  model: { type: 'string' },
  scale: { type: 'string' },
  quality: { type: 'string' },
  'deblur-first': { type: 'string' },
  backend: { type: 'string' },
  weights: { type: 'string' },
  out: { type: 'string' },
  overwrite: { type: 'boolean' },
  json: { type: 'boolean' },
  'software-webgpu': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Options;

interface SharedArguments {
  readonly recipe: Recipe;
  readonly backend: BackendWish;
  readonly weights: string | null;
  /** Results may take the place of files in the folder for results. */
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly softwareWebgpu: boolean;
}

export interface RestoreArguments extends SharedArguments {
  readonly inputs: readonly string[];
  readonly out: string;
  /** `auto`: PNG with the picture's own depth. */
  readonly format: OutputFormat | 'auto';
  readonly keepLocation: boolean;
}

export interface EvaluateArguments extends SharedArguments {
  readonly source: { readonly kind: 'hr' | 'pairs'; readonly folder: string };
  readonly out: string | null;
}

/** Arguments of `npm run restore`; null when help was asked for. Throws CliError with one sentence. */
export function parseRestore(argv: readonly string[]): RestoreArguments | null {
  const { values, positionals } = readOptions(
    argv,
    { ...SHARED, format: { type: 'string' }, 'keep-location': { type: 'boolean' } },
    true,
  );
  if (values.help === true) return null;
  if (positionals.length === 0)
    throw new CliError(
      'No picture was named; write: npm run restore -- photo.jpg --model liif-edsr --scale 2 --out DIR',
    );
  const shared = parseShared(values);
  if (values.out === undefined || values.out === '')
    throw new CliError('--out is missing: name the folder for the results.');
  return {
    ...shared,
    inputs: positionals,
    out: values.out,
    format: values.format === undefined ? 'auto' : oneOf(OUTPUT_FORMATS, values.format, '--format'),
    keepLocation: values['keep-location'] === true,
  };
}

/** Arguments of `npm run evaluate`; null when help was asked for. Throws CliError with one sentence. */
export function parseEvaluate(argv: readonly string[]): EvaluateArguments | null {
  const { values, positionals } = readOptions(
    argv,
    { ...SHARED, hr: { type: 'string' }, pairs: { type: 'string' } },
    true,
  );
  if (values.help === true) return null;
  if (positionals.length > 0)
    throw new CliError(`${positionals.join(' ')} is not an option; pictures are named by --hr DIR or --pairs DIR.`);
  const shared = parseShared(values);
  const deblurs = shared.recipe.length === 1 && shared.recipe[0].scale === 1 && isDeblur(shared.recipe[0].model);
  if (values.hr !== undefined && values.pairs !== undefined) throw new CliError('Give --hr or --pairs, not both.');
  if (deblurs && values.pairs === undefined)
    throw new CliError('A deblurring model is measured on pairs: give --pairs DIR with the folders blur and sharp.');
  if (!deblurs && values.hr === undefined)
    throw new CliError('An enlarging model is measured on sharp pictures: give --hr DIR.');
  if (!deblurs && shared.recipe.length === 2)
    throw new CliError(
      '--deblur-first cannot be evaluated: there is no pair of blurred small and sharp large pictures.',
    );
  const kind = deblurs ? 'pairs' : 'hr';
  return { ...shared, source: { kind, folder: values[kind] ?? '' }, out: values.out ?? null };
}

/** Options and, where allowed, positionals. Throws CliError with one sentence. */
export function readOptions<T extends Options>(argv: readonly string[], options: T, allowPositionals: boolean) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals, strict: true });
  } catch (error) {
    // node's own first sentence names the option; its hints about "--" would only confuse
    const sentence = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error);
    // "ambiguous" is its word for an option whose value is another option or begins with a dash
    throw new CliError(`${sentence.replace(/\.$/, '').replace('argument is ambiguous', 'needs a value')}.`);
  }
}

interface SharedValues {
  readonly model?: string | undefined;
  readonly scale?: string | undefined;
  readonly quality?: string | undefined;
  readonly 'deblur-first'?: string | undefined;
  readonly backend?: string | undefined;
  readonly weights?: string | undefined;
  readonly overwrite?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly 'software-webgpu'?: boolean | undefined;
}

function parseShared(values: SharedValues): SharedArguments {
  const softwareWebgpu = values['software-webgpu'] === true;
  const backend = oneOf(BACKEND_WISHES, values.backend ?? (softwareWebgpu ? 'webgpu' : 'auto'), '--backend');
  if (softwareWebgpu && backend === 'wasm')
    throw new CliError('--software-webgpu asks for WebGPU and --backend wasm for the CPU: give one of them.');
  const recipe = parseRecipe(values);
  // In a recipe of two steps the file may be the deblurring step's; the worker knows.
  if (values.weights !== undefined && recipe.length === 1 && recipe[0].quality === 'fast')
    throw new CliError('--quality fast cannot be used with --weights: the file may never have been trained for it.');
  return {
    recipe,
    backend,
    weights: values.weights ?? null,
    overwrite: values.overwrite === true,
    json: values.json === true,
    softwareWebgpu,
  };
}

const isDeblur = (model: Parameters<typeof readManifest>[0]): boolean => readManifest(model).task === 'deblur';

function parseRecipe(values: SharedValues): Recipe {
  if (values.model === undefined) throw new CliError('--model is missing.');
  const model = parseModel(values.model, '--model');
  const manifest = readManifest(model);
  const first = values['deblur-first'];
  if (manifest.task === 'deblur') {
    if (values.scale !== undefined)
      throw new CliError(
        `${manifest.name} keeps the size, so --scale cannot be used with it; to enlarge as well, use --model liif-edsr --deblur-first ${model}.`,
      );
    if (values.quality !== undefined)
      throw new CliError(`${manifest.name} has one way to run; --quality belongs to the LIIF models.`);
    if (first !== undefined)
      throw new CliError(`${manifest.name} deblurs already; --deblur-first belongs to the LIIF models.`);
    return [{ model, scale: 1, quality: 'best' }];
  }
  const quality = oneOf(QUALITIES, values.quality ?? 'best', '--quality');
  if (quality === 'fast' && !manifest.fast)
    throw new CliError(`The weights of ${manifest.name} were not trained for --quality fast.`);
  const step = { model, scale: parseScale(values.scale, manifest.scale ?? { min: 1, max: 8 }), quality };
  if (first === undefined) return [step];
  const deblur = parseModel(first, '--deblur-first');
  if (!isDeblur(deblur)) throw new CliError(`--deblur-first ${deblur} does not deblur.`);
  return [{ model: deblur, scale: 1, quality: 'best' }, step];
}

function parseScale(text: string | undefined, range: { readonly min: number; readonly max: number }): number {
  const limits = `a number from ${String(range.min)} to ${String(range.max)}`;
  if (text === undefined) throw new CliError(`--scale is missing: give ${limits}.`);
  const scale = text.trim() === '' ? Number.NaN : Number(text);
  if (!(scale >= range.min && scale <= range.max))
    throw new CliError(`--scale must be ${limits}, not ${text === '' ? 'empty' : text}.`);
  return scale;
}

/** @throws CliError that names the allowed words, when the value is none of them. */
export function oneOf<const T extends readonly string[]>(allowed: T, value: string, option: string): T[number] {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new CliError(`${option} must be one of ${allowed.join(', ')}, not ${value}.`);
  return found;
}

/** @throws CliError that names the limits, when the text is no whole number within them. */
export function whole(text: string, option: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new CliError(
    `${option} must be a whole number from ${String(least)} to ${String(most)}, not ${text === '' ? 'empty' : text}.`,
  );
}
