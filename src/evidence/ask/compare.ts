import type { Manifest } from '../../../contract/manifest.ts';
import type { ModelId, Task } from '../../../contract/models.ts';
import { manifestOn } from '../../../contract/run-manifest.ts';
import { modelsOf, nameOf, theStory } from '../models.ts';
import { copyOf } from '../passages.ts';
import { fewPictures, scoreOf } from '../project.ts';
import type { Subject } from '../subject.ts';
import { project, state } from '../types.ts';
import type { NonEmpty, ProjectCitation, Statement } from '../types.ts';
import { ownManifest, weightsOf } from '../weights.ts';
import { closeWords, gainScore } from './best.ts';
import { wantsDeblurring, wantsEnlarging } from './premises.ts';
import type { Words } from './words.ts';

const QUALITY = /\b(?:better|best|worse|differ\w*|compare\w*|versus|vs|instead)\b/u;
const SPEED = /\b(?:fast(?:er|est)|quick(?:er|est)|slow(?:er|est))\b/u;
/** The two ways of decoding, or devices, are compared in the same words. */
const OF_THE_RUN = /\bfast\b.*\bbest\b|\bbest\b.*\bfast\b|\bgpu|\bcpu|wasm|webgpu|\bphone|\bcomputer/u;

/** "How many multiplications does it take?" */
const WORK = /\bmultiplications?\b|\bmultiply\b|\bflops?\b|\bmacs\b|\barithmetic\b/u;

const MILLION = 1e6;
const TASKS: readonly Task[] = ['enlarge', 'deblur'];

/** "Is MIMO-UNet faster than MSSNet?", "Which model is the fastest?", "How many multiplications does it take?" */
export const asksForSpeed = ({ text }: Words, named: readonly ModelId[]): boolean =>
  WORK.test(text) ||
  (SPEED.test(text) && !OF_THE_RUN.test(text) && (named.length > 0 || /\b(?:model|network)s?\b/u.test(text)));

/** Limpid's own scores of models that are named side by side, then which of the models spoken of gives a copy's picture. */
export function comparison(words: Words, named: readonly ModelId[], subject: Subject): readonly Statement[] {
  const speed = asksForSpeed(words, named);
  if (!speed && !QUALITY.test(words.text) && !/\bslow/u.test(words.text)) return [];
  return [
    ...(speed ? work(words, named, subject) : []),
    ...(QUALITY.test(words.text) ? sideBySide(named, subject) : []),
    ...subject.steps.flatMap(({ model }) => copyOf(subject, model)),
  ];
}

function sideBySide(named: readonly ModelId[], subject: Subject): readonly Statement[] {
  const models = subject.models.filter(({ id }) => subject.steps.some(({ model }) => model === id));
  const scored = models
    .flatMap(({ id }) => ownManifest(subject, id))
    .flatMap((manifest) => {
      const score = gainScore(manifest);
      return score === null ? [] : [{ manifest, said: scoreOf(manifest, score, manifest.scores.indexOf(score)) }];
    });
  const [first] = scored;
  const sameTask = new Set(models.map(({ task }) => task)).size === 1;
  if (first === undefined || named.length === 0 || scored.length < 2 || !sameTask) return [];
  return [
    ...scored.map(({ said }) => said),
    ...closeWords(scored.map(({ manifest }) => manifest)),
    fewPictures(first.manifest),
  ];
}

/** The arithmetic of the models compared, task by task: those named, or all of the task that is spoken of. */
function work(words: Words, named: readonly ModelId[], subject: Subject): readonly Statement[] {
  const tasks = tasksOf(words, [...named, ...subject.steps.map(({ model }) => model)], subject);
  return TASKS.flatMap((task) =>
    workOf(
      task,
      modelsOf(task, subject.models).filter((id) => (named.length > 1 ? named.includes(id) : tasks.includes(task))),
      subject,
    ),
  );
}

function workOf(task: Task, spoken: readonly ModelId[], subject: Subject): readonly Statement[] {
  const onWasm = runsOnWasm(subject);
  const counted = spoken
    .flatMap((id) => {
      // An imported file may bring the network of another model, and with it that model's arithmetic.
      const { network } = weightsOf(subject, id);
      const runs = subject.models.find((manifest) => manifest.network === network);
      const name = nameOf(id, subject.models);
      return runs === undefined ? [] : [{ name, runs: onWasm ? manifestOn('wasm', runs) : runs }];
    })
    .toSorted((a, b) => a.runs.compute.macPerInputPixel - b.runs.compute.macPerInputPixel);
  const [first, ...rest] = counted;
  if (first === undefined) return [];
  const citations: NonEmpty<ProjectCitation> = [computeOf(first.runs), ...rest.map(({ runs }) => computeOf(runs))];
  const list = counted.map(({ name, runs }) => `${name} ${millions(runs.compute.macPerInputPixel)}`).join(', ');
  const decoder = counted.find(({ runs }) => runs.compute.macPerOutputPixel > 0)?.runs;
  const graphs = counted.some(({ runs }) => runs.wasm !== undefined)
    ? ` (${onWasm ? 'in WASM’s own graphs' : 'in the graphs that a GPU runs; WASM’s own take fewer'})`
    : '';
  return [
    state({
      id: `own-work-${task}`,
      kind: 'project',
      text: `Millions of multiplications for each pixel of your picture${rest.length > 0 ? ', least first' : ''}${graphs}: ${list}.`,
      citations,
    }),
    ...(decoder === undefined ? [] : [decoderWork(decoder)]),
    ...rest.slice(-1).map(({ name }) =>
      state({
        id: `own-work-speed-${task}`,
        kind: 'reasoned',
        text: `Less arithmetic is as a rule the faster run: of these ${first.name} should be the fastest and ${name} the slowest; no time on your device stands behind this.`,
        citations,
      }),
    ),
  ];
}

/** Whether the run was on WASM, or the one that is planned would be. */
function runsOnWasm({ report, estimate }: Subject): boolean {
  const backend = report?.steps.at(-1)?.backend.name ?? estimate?.backend;
  return backend !== undefined && backend !== 'webgpu';
}

const decoderWork = (manifest: Manifest): Statement =>
  state({
    id: 'own-work-decoder',
    kind: 'project',
    text: `To that, LIIF adds ${millions(manifest.compute.macPerOutputPixel)} million for each pixel of the result, with either encoder (“Best”; a quarter of it with “Fast”).`,
    citations: [computeOf(manifest)],
  });

function tasksOf(words: Words, chosen: readonly ModelId[], { models }: Subject): readonly Task[] {
  if (wantsDeblurring(words)) return ['deblur'];
  if (wantsEnlarging(words)) return ['enlarge'];
  return chosen.length === 0 ? TASKS : chosen.map((model) => theStory(model, models).task);
}

const computeOf = ({ name }: Manifest): ProjectCitation => project(`manifest of ${name}, compute`);
const millions = (count: number): string => (count / MILLION).toFixed(2);
