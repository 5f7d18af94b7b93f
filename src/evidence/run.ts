import type { PictureInfo, Size } from '../../contract/picture.ts';
import { BACKEND_NAMES } from '../../contract/run.ts';
import type { Recipe, RunPlan, RunReport, Step, StepReport, WeightsReport } from '../../contract/run.ts';
import type { Manifest } from '../../contract/manifest.ts';
import { outputSize } from '../../contract/size.ts';
import { MODEL_IDS } from '../../contract/models.ts';
import type { ModelId } from '../../contract/models.ts';
import { decibels, duration, estimate, factor, levels, percent, plural, proofText, size } from './format.ts';
import { nameOf, theStory } from './models.ts';
import { fileWords } from './weights.ts';
import { settings, state, thisRun } from './types.ts';
import type { Evidence, Statement, StatementParts } from './types.ts';

/** True when the report tells of exactly this recipe. */
export function reportFits(report: RunReport, recipe: Recipe): boolean {
  return (
    report.steps.length === recipe.length &&
    recipe.every((step, index) => {
      const done = report.steps[index];
      return done?.model === step.model && done.scale === step.scale && done.quality === step.quality;
    })
  );
}

interface RunWords extends Omit<StatementParts, 'kind' | 'citations'> {
  readonly place: string;
  readonly about: string;
}

/** Everything that a run says about itself, each sentence citing the run. */
export function runEvidence(report: RunReport): readonly Evidence[] {
  const models = report.steps.map((step) => step.model);
  const many = report.steps.length > 1;
  const evidence: Evidence[] = [];
  const say = ({ place, about, ...words }: RunWords, of: readonly ModelId[] = models): void => {
    evidence.push({ statement: state({ ...words, kind: 'run', citations: [thisRun(place)] }), models: of, about });
  };

  for (const [index, step] of report.steps.entries()) {
    const which = many ? `Step ${index + 1}, ${step.modelName},` : step.modelName;
    for (const words of stepWords(step, index, which)) say(words, [step.model]);
  }
  say({
    id: 'run-time',
    text: `The whole run took ${duration(report.seconds)}, of which ${duration(report.loadSeconds)} went into loading and proving the model${many ? 's' : ''}.`,
    place: 'times',
    about: 'long take seconds duration speed fast slow time minute',
  });
  for (const [index, event] of report.events.entries()) {
    say({
      id: `run-event-${index}`,
      text: event,
      place: 'events',
      about: 'error problem fault lost retry memory gpu fallback',
    });
  }
  return [...evidence, ...measureEvidence(report, models)];
}

function stepWords(step: StepReport, index: number, which: string): readonly RunWords[] {
  const words: RunWords[] = [
    {
      id: `run-size-${index}`,
      text:
        step.task === 'enlarge'
          ? `${which} turned ${size(step.input)} pixels into ${size(step.output)}, ${factor(step.scale)} each side.`
          : `${which} was given ${size(step.input)} pixels and gave back ${size(step.output)}: the size stayed.`,
      place: 'sizes',
      about: 'size pixels resolution scale enlarge output input dimension width height',
    },
    {
      id: `run-backend-${index}`,
      text: `${which} ran on ${BACKEND_NAMES[step.backend.name]} (${step.backend.device}).`,
      place: 'backend',
      about: 'backend gpu webgpu wasm cpu device adapter hardware ran run thread',
    },
    {
      id: `run-proof-${index}`,
      text: `Before the run this backend was tested: it ${proofText(step.backend, step.weights.owner)}.`,
      place: 'proof of the backend',
      about: 'proof golden check correct verify backend trust test',
    },
    {
      id: `run-tiles-${index}`,
      text:
        step.tiles === 1
          ? 'The picture was worked on in one piece.'
          : `The picture was worked on in ${plural(step.tiles, 'tile')} of ${step.tileSide} pixels a side, each with ${step.halo} pixels of context around it.`,
      place: 'tiles',
      about: 'tile tiles piece seam halo memory cut grid',
    },
    weightsWords(step.weights, index, which),
  ];
  const { reason } = step.backend;
  if (reason !== null) {
    words.push({
      id: `run-backend-why-${index}`,
      text: withStop(reason),
      place: 'backend',
      about: 'backend why reason gpu webgpu wasm cpu slow',
    });
  }
  const { right, bottom } = step.padding;
  if (right + bottom > 0) {
    words.push({
      id: `run-padding-${index}`,
      text: `${plural(right, 'column')} on the right and ${plural(bottom, 'row')} at the bottom were added by repeating the edge, and cut off again afterwards.`,
      place: 'padding',
      about: 'padding pad multiple border edge size',
    });
  }
  if (step.task === 'enlarge') {
    words.push({
      id: `run-quality-${index}`,
      text:
        step.quality === 'best'
          ? 'Each output pixel was decoded four times and blended (“Best”).'
          : 'Each output pixel was decoded once, from the nearest cell alone (“Fast”).',
      place: 'decoding',
      about: 'best fast quality decode ensemble nearest',
    });
  }
  return words;
}

const withStop = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`);

function weightsWords(weights: WeightsReport, index: number, which: string): RunWords {
  const used = weights.owner === 'limpid' ? 'weights that Limpid trained itself, not the authors’' : fileWords(weights);
  return {
    id: `run-weights-${index}`,
    text: `${which} used ${used} (SHA-256 ${weights.sha256.slice(0, 12)}…).`,
    place: `weights ${weights.name}, SHA-256 ${weights.sha256}`,
    about: 'weights sha256 checksum whose authors limpid own file trained',
  };
}

/** The result as evidence: how far it stays with the input, and how much it changed. */
function measureEvidence(report: RunReport, models: readonly ModelId[]): readonly Evidence[] {
  const { measure } = report;
  const about =
    'fake change changed differ difference invent real true trust natural accurate measure much hidden detail';
  const evidence: Evidence[] = [];
  if (measure.backProjectionDb !== null) {
    const back = state({
      id: 'run-shrunk',
      kind: 'run',
      text: Number.isFinite(measure.backProjectionDb)
        ? `Shrunk back to the input size (bicubic), the result agrees with your picture to ${decibels(measure.backProjectionDb)} PSNR; higher is closer.`
        : 'Shrunk back to the input size (bicubic), the result is your picture again, value for value.',
      citations: [thisRun('measured on the result')],
    });
    evidence.push({ statement: back, models, about });
    evidence.push({ statement: notAProof(), models, about });
    if (report.steps.length > 1) evidence.push({ statement: meantInPart(), models, about });
  }
  const against = measure.reference === 'input' ? 'your picture' : 'a plain bicubic enlargement of your picture';
  evidence.push({
    statement: state({
      id: 'run-change',
      kind: 'run',
      text: `${percent(measure.changedShare)} of the pixels differ from ${against} by more than 2 of 255; the mean difference is ${levels(measure.meanChange)}, the largest ${levels(measure.maxChange)}.`,
      citations: [thisRun('measured on the result')],
    }),
    models,
    about,
  });
  return evidence;
}

const notAProof = (): Statement =>
  state({
    id: 'run-shrunk-limit',
    kind: 'reasoned',
    text: 'Close agreement means that little contradicts your picture; it does not prove that the added detail is true.',
    citations: [thisRun('measured on the result')],
  });

const meantInPart = (): Statement =>
  state({
    id: 'run-shrunk-blur',
    kind: 'reasoned',
    text: 'Removing blur changes the picture too, so part of its difference from your picture is meant.',
    citations: [thisRun('steps of the run')],
  });

/** What the settings would do, before a run. */
export function plannedEvidence(
  steps: readonly Step[],
  picture: PictureInfo | null,
  models: readonly Manifest[],
): readonly Evidence[] {
  let input: Size | null = picture;
  return steps.map((step, index) => {
    const name = nameOf(step.model, models);
    const output: Size | null = input === null ? null : outputSize(input, step.scale);
    const text = plannedText(name, theStory(step.model, models).task, step.scale, input, output);
    input = output;
    return {
      statement: state({ id: `plan-size-${index}`, kind: 'settings', text, citations: [settings('model and scale')] }),
      models: [step.model],
      about: 'size pixels resolution scale enlarge output input dimension width height',
    };
  });
}

/** What the page reckons that the planned run will take; empty where it has no plan. */
export function estimateEvidence(plan: RunPlan | null): readonly Evidence[] {
  if (plan === null) return [];
  const { seconds: long, tiles, backend } = plan;
  const citations = [settings('estimate of the page for these settings')] as const;
  const time =
    long === null
      ? 'The page gives no time for this run yet: it has not measured this device with this model.'
      : `By the speed measured on this device, this run will take ${estimate(long)}.`;
  const where = `It would run on ${BACKEND_NAMES[backend]}, ${tiles === 1 ? 'in one piece' : `in ${plural(tiles, 'tile')}`}.`;
  return [
    {
      statement: state({ id: 'plan-time', kind: 'settings', text: time, citations }),
      models: MODEL_IDS,
      about: 'long take seconds duration time speed fast slow minute',
    },
    {
      statement: state({ id: 'plan-backend', kind: 'settings', text: where, citations }),
      models: MODEL_IDS,
      about: 'backend gpu webgpu wasm cpu device hardware tile tiles',
    },
  ];
}

/** Before a run there is nothing to measure; the question box says so. `estimated`: time, tiles and backend are told already. */
export const notRunYet = (estimated: boolean): Evidence => ({
  statement: state({
    id: 'plan-none',
    kind: 'settings',
    text: estimated
      ? 'Nothing has run with these settings yet; what is measured on the result stands here afterwards.'
      : 'Nothing has run with these settings yet; time, tiles, backend and measurements stand here after a run.',
    citations: [settings('no run of these settings')],
  }),
  models: MODEL_IDS,
  about: `measure change changed differ run${estimated ? '' : ' long take seconds time tile tiles backend gpu'}`,
});

function plannedText(
  name: string,
  task: 'enlarge' | 'deblur',
  scale: number,
  input: Size | null,
  output: Size | null,
): string {
  if (input === null || output === null) {
    return task === 'enlarge'
      ? `${name} is set to enlarge each side ${factor(scale)}.`
      : `${name} is set to lessen blur at the size that the picture has.`;
  }
  return task === 'enlarge'
    ? `With these settings ${name} would turn ${size(input)} pixels into ${size(output)}.`
    : `With these settings ${name} would lessen blur and keep ${size(input)} pixels.`;
}
