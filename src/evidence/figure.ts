import type { ModelId } from '../../contract/models.ts';
import type { Size } from '../../contract/picture.ts';
import { BACKEND_NAMES } from '../../contract/run.ts';
import type { Step, StepReport } from '../../contract/run.ts';
import { outputSize } from '../../contract/size.ts';
import { duration, factor, plural, size } from './format.ts';
import type { ModelStory } from './models.ts';
import type { SourceId } from './sources.ts';
import { inSource, project, state, thisRun } from './types.ts';
import type { NonEmpty, Citation, Statement } from './types.ts';

/** One box: a title and a few short lines (at most `LINE` characters each, so that it fits a narrow panel). */
export interface FigureStage {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface FigureStep {
  readonly model: ModelId;
  readonly name: string;
  /** This run's tiles, backend and time; null before a run. */
  readonly badge: string | null;
  readonly stages: readonly FigureStage[];
}

/** The workflow to be drawn: input, the stages of each model, output. */
export interface WorkflowFigure {
  readonly input: FigureStage;
  readonly steps: readonly FigureStep[];
  readonly output: FigureStage;
  /** True when a run filled it: only then is there a result to show in the last box. */
  readonly ran: boolean;
  readonly caption: Statement;
  /** The same in words, for those who do not see the drawing. */
  readonly description: string;
}

export const LINE = 42;

export interface FigureParts {
  readonly steps: readonly Step[];
  readonly name: (id: ModelId) => string;
  /** The network that a model runs, which an imported file may change. */
  readonly network: (id: ModelId) => string;
  readonly story: (id: ModelId) => ModelStory;
  readonly input: Size | null;
  /** Reports of the same steps, or null before a run. */
  readonly reports: readonly StepReport[] | null;
  /** Sources that may be cited, when an answer is restricted to those supplied; else null. */
  readonly allowed: readonly SourceId[] | null;
}

/** Draws nothing; says what is to be drawn. */
export function workflowFigure(parts: FigureParts): WorkflowFigure {
  const { steps, name, network, story, input, reports } = parts;
  let current = input;
  const drawn = steps.map((step, index): FigureStep => {
    const report = reports?.[index] ?? null;
    const from = report?.input ?? current;
    const to = report?.output ?? (from === null ? null : outputSize(from, step.scale));
    current = to;
    return {
      model: step.model,
      name: name(step.model),
      badge: report === null ? null : badgeOf(report),
      stages: stagesOf(step, story(step.model), network(step.model), from, to, report, index === steps.length - 1),
    };
  });
  const inputStage = { title: 'Your picture', lines: input === null ? ['any size'] : [`${size(input)} pixels`] };
  const outputStage = {
    title: reports === null ? 'The result would be' : 'The result',
    lines: outputLines(steps, current),
  };
  return {
    input: inputStage,
    steps: drawn,
    output: outputStage,
    ran: reports !== null,
    caption: captionOf(parts, reports !== null),
    description: describe(inputStage, drawn, outputStage),
  };
}

function outputLines(steps: readonly Step[], output: Size | null): readonly string[] {
  if (output !== null) return [`${size(output)} pixels`];
  const scale = steps.reduce((product, step) => product * step.scale, 1);
  return [scale === 1 ? 'as many pixels as before' : `each side ${factor(scale)} as long`];
}

const badgeOf = (report: StepReport): string =>
  [
    report.tiles === 1 ? 'one piece' : `${plural(report.tiles, 'tile')} of ${report.tileSide} px`,
    BACKEND_NAMES[report.backend.name],
    duration(report.seconds),
  ].join(' · ');

function stagesOf(
  step: Step,
  { unread, multiple }: ModelStory,
  network: string,
  from: Size | null,
  to: Size | null,
  report: StepReport | null,
  last: boolean,
): readonly FigureStage[] {
  // Even where another model's network has the same name: what is drawn is cited from that model's code.
  switch (unread === undefined ? network : null) {
    case 'liif-edsr':
    case 'liif-rdn':
      return liifStages(step, from, to);
    case 'mimo-unet':
    case 'mimo-unet-plus':
      return [
        padStage(4, from, report),
        {
          title: 'Encoder',
          lines: [
            'full, half and quarter size at once',
            `${network === 'mimo-unet-plus' ? 20 : 8} correction blocks a station`,
          ],
        },
        { title: 'Fusion', lines: ['mixes the features of all three sizes'] },
        { title: 'Decoder', lines: ['three pictures; the full-size one is kept'] },
        { title: 'Add the correction', lines: [`to the input; cut padding${last ? '; clamp to 0–1' : ''}`] },
      ];
    case 'mssnet':
      return [
        padStage(16, from, report),
        { title: 'Quarter-size grid', lines: ['half-size copy rearranged; 1 network'] },
        { title: 'Half-size grid', lines: ['every pixel, as channels; 2 networks'] },
        { title: 'Full size', lines: ['3 networks'] },
        { title: 'Add the correction', lines: [`to the input; cut padding${last ? '; clamp to 0–1' : ''}`] },
      ];
    default:
      return [
        ...(multiple > 1 ? [padStage(multiple, from, report)] : []),
        { title: 'Network', lines: ['no paper of it was read for this page'] },
      ];
  }
}

const liifStages = (step: Step, from: Size | null, to: Size | null): readonly FigureStage[] => [
  { title: 'Prepare', lines: ['RGB from 0–1 to −1–1'] },
  {
    title: `Encoder (${step.model === 'liif-rdn' ? 'RDN, 16 dense blocks' : 'EDSR, 16 blocks'})`,
    lines: [
      '64 numbers for each pixel',
      from === null ? 'on the grid of the input' : `on the input’s grid, ${size(from)}`,
    ],
  },
  {
    title: 'Decoder (5 layers)',
    lines: [
      to === null ? 'asked once for each output pixel' : `asked for ${size(to)} pixels`,
      step.quality === 'best' ? 'four answers each, blended by area' : 'one answer each, from the nearest cell',
    ],
  },
  { title: 'Finish', lines: ['back to 0–1; clamp'] },
];

function padStage(multiple: number, from: Size | null, report: StepReport | null): FigureStage {
  const lines = [`RGB 0–1; sides to multiples of ${multiple}`];
  const padding = report?.padding ?? (from === null ? null : plannedPadding(from, multiple));
  if (padding !== null) {
    lines.push(
      padding.right + padding.bottom === 0
        ? 'no padding needed'
        : `+ ${padding.right} columns, + ${padding.bottom} rows`,
    );
  }
  return { title: 'Pad', lines };
}

const plannedPadding = (from: Size, multiple: number): StepReport['padding'] => ({
  right: (multiple - (from.width % multiple)) % multiple,
  bottom: (multiple - (from.height % multiple)) % multiple,
});

function captionOf({ steps, name, story, allowed }: FigureParts, ran: boolean): Statement {
  const names = steps.map((step) => name(step.model)).join(', then ');
  const stories = steps.map(({ model }) => story(model));
  const codes = [...new Set(stories.flatMap(({ code }) => code ?? []))];
  const records = stories.filter(({ unread }) => unread !== undefined).map((one) => project(`manifest of ${one.name}`));
  // Stages of a network whose code was not supplied rest on the run alone: no other network's code says them.
  const supplied = codes.every((code) => allowed?.includes(code) ?? true);
  const read = (supplied ? codes : []).map((code) => inSource(code, 'stages of the network'));
  const [first, ...rest] = [...read, ...records];
  const run = thisRun('sizes, padding, tiles, backend, times');
  const citations: NonEmpty<Citation> = first === undefined ? [run] : ran ? [run, first, ...rest] : [first, ...rest];
  return state({
    id: 'figure',
    kind: ran ? 'run' : codes.length === 0 ? 'project' : 'code',
    text: ran
      ? `The way of your picture through ${names}, with the numbers of this run.`
      : `The way that a picture takes through ${names}.`,
    citations,
  });
}

function describe(input: FigureStage, steps: readonly FigureStep[], output: FigureStage): string {
  const words = (stage: FigureStage): string => `${stage.title}: ${stage.lines.join(', ')}.`;
  const middle = steps.map((step) => {
    const badge = step.badge === null ? '' : ` (${step.badge})`;
    return `Then ${step.name}${badge}: ${step.stages.map(words).join(' ')}`;
  });
  return [words(input), ...middle, words(output)].join(' ');
}
