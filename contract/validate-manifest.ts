import { NETWORK_IDS } from './manifest.ts';
import { isModelId } from './models.ts';

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNatural = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isPositive = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value > 0;
const isAmount = (value: unknown): boolean => value === 0 || isPositive(value);

function fileProblem(file: unknown, where: string): string | null {
  if (!isObject(file)) return `${where} is missing`;
  if (typeof file['file'] !== 'string' || !/^(?:[\w-]+\/)?[\w-][\w.-]*$/.test(file['file']))
    return `${where}.file is not a file of the model's folder`;
  if (!isPositive(file['bytes']) || !isNatural(file['bytes'])) return `${where}.bytes is not a positive whole number`;
  if (typeof file['sha256'] !== 'string' || !/^[0-9a-f]{64}$/.test(file['sha256']))
    return `${where}.sha256 is not a SHA-256`;
  return null;
}

function tensorProblem(entry: unknown, index: number, bytes: number): string | null {
  const where = `weights.tensors[${index}]`;
  if (!isObject(entry) || typeof entry['name'] !== 'string') return `${where} has no name`;
  const { shape, offset, source } = entry;
  if (!Array.isArray(shape) || !shape.every(isPositive)) return `${where}.shape is not a list of sides`;
  const size = 2 * (shape as number[]).reduce((product, side) => product * side, 1);
  if (!isNatural(offset) || (offset as number) + size > bytes) return `${where} lies outside the weights file`;
  if (!isObject(source) || typeof source['tensor'] !== 'string' || !Array.isArray(source['shape']))
    return `${where}.source is incomplete`;
  return null;
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

const isPictureScore = (one: unknown): boolean =>
  isObject(one) && typeof one['picture'] === 'string' && isNumber(one['value']) && isNumber(one['baseline']);

const isScore = (score: unknown): boolean =>
  isObject(score) &&
  (score['against'] === 'truth' || score['against'] === 'input') &&
  typeof score['baselineName'] === 'string' &&
  score['baselineName'] !== '' &&
  (score['pictures'] === undefined || (Array.isArray(score['pictures']) && score['pictures'].every(isPictureScore))) &&
  (score['worst'] === undefined || isNumber(score['worst']));

const isScale = (scale: unknown): boolean =>
  isObject(scale) &&
  ['min', 'max', 'step'].every((key) => isPositive(scale[key])) &&
  Array.isArray(scale['trained']) &&
  scale['trained'].length === 2 &&
  scale['trained'].every(isPositive);

/** What is wrong with graphs or with what they cost, for a network of these graph keys; null when nothing is. */
function workProblem(graphs: unknown, keys: readonly string[], compute: unknown, where: string): string | null {
  for (const key of keys) {
    const problem = fileProblem(isObject(graphs) ? graphs[key] : undefined, `${where}graphs.${key}`);
    if (problem !== null) return problem;
  }
  if (!isObject(compute) || !isPositive(compute['macPerInputPixel']) || !isPositive(compute['bytesPerInputPixel']))
    return `${where}compute is incomplete`;
  for (const key of ['macPerOutputPixel', 'bytesPerOutputPixel']) {
    const right = keys.includes('decoder') ? isPositive(compute[key]) : isAmount(compute[key]);
    if (!right) return `${where}compute.${key} is no amount of work`;
  }
  return null;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isNetwork = (id: unknown): boolean => NETWORK_IDS.some((known) => known === id);

/** A network that the recogniser does not know accepts no checkpoint: none would ever be recognised as its own. */
const isAccepted = (accepts: unknown, network: unknown): boolean =>
  Array.isArray(accepts) && (accepts.length === 0 || accepts[0] === network) && accepts.every(isNetwork);

/** Windows are multiples of `multiple`, at multiples of it: an even one halves them all. Only this pipeline has the input. */
const isHalfSized = ({ halfSizeInput, pipeline, multiple }: Fields): boolean =>
  halfSizeInput === undefined ||
  (halfSizeInput === true && pipeline === 'image-to-image' && (multiple as number) % 2 === 0);

const isClause = (value: unknown): boolean => typeof value === 'string' && /[^\s.!?]$/u.test(value);

const isSentence = (value: unknown): boolean => typeof value === 'string' && /[^\s.!?][.!?]$/u.test(value);

/** What the panel works with of a run; the rest is only told. */
const isRun = (run: unknown): boolean =>
  isObject(run) &&
  isSentence(run['data']) &&
  isAmount(run['minutes']) &&
  isNatural(run['iterations']) &&
  (run['licences'] === undefined || (isObject(run['licences']) && Object.values(run['licences']).every(isNatural))) &&
  (run['teacher'] === undefined || (isObject(run['teacher']) && isModelId(run['teacher']['model']))) &&
  (run['blended'] === undefined || isAmount(run['blended']));

/**
 * What is wrong with a parsed manifest.json, in words for a developer; null when all is there that a run, the picker and an
 * import work with. What is only told (training, seam) is not read closely.
 */
export function manifestProblem(value: unknown): string | null {
  if (!isObject(value)) return 'the manifest is not an object';
  if (value['schema'] !== 1) return `schema ${String(value['schema'])} is not known`;
  if (!isModelId(value['id'])) return `"${String(value['id'])}" is no model of the catalogue`;
  for (const key of ['name', 'seedName', 'summary']) {
    if (!isText(value[key])) return `${key} is missing`;
  }
  if (value['task'] !== 'enlarge' && value['task'] !== 'deblur') return 'task is neither enlarge nor deblur';
  if (value['pipeline'] !== 'liif' && value['pipeline'] !== 'image-to-image') return 'pipeline is not known';
  if (!isText(value['network'])) return 'network is missing';
  const { accepts } = value;
  if (!isAccepted(accepts, value['network']))
    return 'accepts is neither empty nor a list of known networks that begins with network';
  if (value['task'] === 'enlarge' ? !isScale(value['scale']) : value['scale'] !== undefined)
    return 'scale is incomplete, or stands where nothing is enlarged';
  for (const key of ['multiple', 'parameters']) if (!isPositive(value[key])) return `${key} is not positive`;
  for (const key of ['halo', 'reach']) if (!isNatural(value[key])) return `${key} is not a whole number`;
  if (!isHalfSized(value)) return 'halfSizeInput is not true, or stands where windows cannot be halved';
  if ((value['halo'] as number) % (value['multiple'] as number) !== 0) return 'halo is no multiple of multiple';
  const keys = value['pipeline'] === 'liif' ? ['encoder', 'decoder'] : ['network'];
  const work = workProblem(value['graphs'], keys, value['compute'], '');
  if (work !== null) return work;
  const { wasm } = value;
  if (wasm !== undefined) {
    if (!isObject(wasm) || !isObject(wasm['graphs'])) return 'wasm has no graphs';
    if (!Object.keys(wasm['graphs']).every((key) => keys.includes(key)))
      return 'wasm.graphs has a key that graphs has not';
    const wrong = workProblem({ ...(value['graphs'] as Fields), ...wasm['graphs'] }, keys, wasm['compute'], 'wasm.');
    if (wrong !== null) return wrong;
  }
  const weights = value['weights'];
  const problem = fileProblem(weights, 'weights');
  if (problem !== null || !isObject(weights)) return problem;
  if (!Array.isArray(weights['tensors']) || weights['tensors'].length === 0) return 'weights.tensors is empty';
  for (const [index, entry] of weights['tensors'].entries()) {
    const wrong = tensorProblem(entry, index, weights['bytes'] as number);
    if (wrong !== null) return wrong;
  }
  const { golden, seam, training, scores } = value;
  if (!isObject(golden) || !isPositive(golden['tolerance'])) return 'golden is incomplete';
  for (const side of ['width', 'height', 'outputWidth', 'outputHeight'])
    if (!isPositive(golden[side]) || !isNatural(golden[side])) return `golden.${side} is no side of a picture`;
  for (const key of ['input', 'output']) {
    const wrong = fileProblem(golden[key], `golden.${key}`);
    if (wrong !== null) return wrong;
  }
  if (!isObject(seam) || !isObject(training) || !Array.isArray(scores)) return 'seam, training or scores is missing';
  if (training['sameAs'] !== undefined && !isModelId(training['sameAs'])) return 'training.sameAs is no model';
  if (training['remark'] !== undefined && !isClause(training['remark'])) return 'training.remark is no clause';
  const { runs } = training;
  if (runs !== undefined && !(Array.isArray(runs) && runs.length > 0 && runs.every(isRun)))
    return 'training.runs is no list of runs with data, minutes and iterations';
  if (!scores.every(isScore)) return 'a score does not say what it is compared with, or its pictures are incomplete';
  return null;
}
