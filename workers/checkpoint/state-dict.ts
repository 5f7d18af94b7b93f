import type { PyDict, PickleValue } from './pickle/values.ts';
import { LIMITS } from './limits.ts';
import { StoredTensor } from './tensor.ts';
import { TensorRef } from './torch/values.ts';

/** A dictionary with tensors in it, and where it was found. */
export interface StateDict {
  /** Keys on the way to it, e.g. ["model", "sd"]; empty when the file is the state dict itself. */
  readonly path: readonly string[];
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** Keys under which training code puts the weights, the likeliest first: LIIF, MIMO-UNet, MSSNet, and other habits. */
const USUAL_KEYS = ['sd', 'model', 'model_state_dict', 'state_dict', 'params', 'params_ema', 'net', 'network'];

/** Added by DataParallel, torch.compile, Lightning and wrappers of one's own. */
const WRAPPERS = ['module.', '_orig_mod.', 'model.', 'net.'];

/**
 * All dictionaries of a checkpoint that hold tensors, outermost and likeliest first. Optimiser state is among them: it
 * is the recogniser that tells what is a network. Dictionaries that contain each other are visited once.
 */
export function findStateDicts(root: PickleValue): readonly StateDict[] {
  const found: StateDict[] = [];
  const seen = new Set<PyDict>();
  let level: { path: readonly string[]; dict: PyDict }[] = root instanceof Map ? [{ path: [], dict: root }] : [];
  for (let depth = 0; depth <= LIMITS.dictionaryDepth && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { path, dict } of level) {
      if (seen.has(dict) || seen.size >= LIMITS.dictionaries) continue;
      seen.add(dict);
      const tensors = tensorsOf(dict);
      if (tensors.size > 0) found.push({ path, tensors });
      for (const [key, value] of dict) {
        if (typeof key === 'string' && value instanceof Map) next.push({ path: [...path, key], dict: value });
      }
    }
    level = next.sort((a, b) => rank(a.path) - rank(b.path));
  }
  return found;
}

function rank(path: readonly string[]): number {
  const index = USUAL_KEYS.indexOf(path.at(-1) ?? '');
  return index < 0 ? USUAL_KEYS.length : index;
}

function tensorsOf(dict: PyDict): ReadonlyMap<string, StoredTensor> {
  const refs: [string, TensorRef][] = [];
  for (const [key, value] of dict) {
    if (typeof key === 'string' && value instanceof TensorRef) refs.push([key, value]);
  }
  const prefix = commonWrapper(refs.map(([key]) => key));
  const tensors = new Map<string, StoredTensor>();
  for (const [key, { layout, storage }] of refs) {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    if (storage.located !== null) tensors.set(name, new StoredTensor(name, layout, storage.located));
  }
  return tensors;
}

/** What wrappers put before the names, e.g. "module."; a counter that stands beside the weights may lack it. */
function commonWrapper(names: readonly string[]): string {
  const isCommon = (prefix: string): boolean =>
    names.filter((name) => name.startsWith(prefix)).length > names.length / 2;
  let prefix = '';
  for (let depth = 0; depth < WRAPPERS.length; depth++) {
    const wrapper = WRAPPERS.find((candidate) => isCommon(prefix + candidate));
    if (wrapper === undefined) break;
    prefix += wrapper;
  }
  return prefix;
}
