import type { FigureStage, FigureStep, WorkflowFigure } from '../../evidence/figure.ts';

/** Width of the drawing in its own units; at the panel's narrowest one unit is about one CSS pixel. */
export const WIDTH = 336;
export const THUMB = 64;

const TITLE = 18;
const LINE = 16;
const INSET = 12;
const GAP = 18;
const HEAD = 44;

export interface Box {
  readonly kind: 'picture' | 'stage' | 'frame';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** Where the text begins, to the right of a thumbnail or at the inset. */
  readonly textX: number;
}

export interface Layout {
  readonly height: number;
  readonly boxes: readonly Box[];
  /** Arrows from y to y, down the middle. */
  readonly arrows: readonly { readonly from: number; readonly to: number }[];
  /** Tops of the two thumbnails. */
  readonly before: number;
  readonly after: number;
}

/** Places boxes and arrows of a workflow one under the other. Pure, so that no measuring of text is needed. */
export function layout(figure: WorkflowFigure): Layout {
  const boxes: Box[] = [];
  const arrows: { from: number; to: number }[] = [];
  let y = 1;
  const arrow = (): void => {
    arrows.push({ from: y, to: y + GAP });
    y += GAP;
  };
  const before = y + INSET;
  boxes.push(pictureBox(figure.input, y));
  y += THUMB + INSET * 2;
  for (const step of figure.steps) {
    arrow();
    y = placeStep(step, y, boxes, arrows);
  }
  arrow();
  const after = y + INSET;
  boxes.push(pictureBox(figure.output, y));
  y += THUMB + INSET * 2;
  return { height: y + 1, boxes, arrows, before, after };
}

const pictureBox = ({ title, lines }: FigureStage, y: number): Box => ({
  kind: 'picture',
  x: 1,
  y,
  width: WIDTH - 2,
  height: THUMB + INSET * 2,
  title,
  lines,
  textX: 1 + INSET + THUMB + 14,
});

/** A frame with the model's name and this run's numbers, its stages inside. */
function placeStep(step: FigureStep, top: number, boxes: Box[], arrows: { from: number; to: number }[]): number {
  const frame = boxes.length;
  let y = top + (step.badge === null ? HEAD - LINE : HEAD) + 4;
  for (const [index, stage] of step.stages.entries()) {
    if (index > 0) {
      arrows.push({ from: y, to: y + 12 });
      y += 12;
    }
    const height = TITLE + LINE * stage.lines.length + INSET + 2;
    const { title, lines } = stage;
    boxes.push({ kind: 'stage', x: INSET, y, width: WIDTH - INSET * 2, height, title, lines, textX: INSET * 2 });
    y += height;
  }
  const height = y + INSET - top;
  const lines = step.badge === null ? [] : [step.badge];
  boxes.splice(frame, 0, {
    kind: 'frame',
    x: 1,
    y: top,
    width: WIDTH - 2,
    height,
    title: step.name,
    lines,
    textX: INSET,
  });
  return top + height;
}

/** Baseline of a box's title, and of each line after it. */
export const titleY = (box: Box): number => (box.kind === 'picture' ? box.y + box.height / 2 - 2 : box.y + 20);
export const lineY = (box: Box, index: number): number => titleY(box) + LINE * (index + 1) + 1;
