import { useId, useMemo } from 'react';
import type { WorkflowFigure } from '../../evidence/figure.ts';
import { Citations } from './Citations.tsx';
import { layout, lineY, THUMB, titleY, WIDTH } from './drawing.ts';
import type { Box } from './drawing.ts';
import { Thumbnail } from './Thumbnail.tsx';

interface WorkflowDrawingProps {
  readonly figure: WorkflowFigure;
  readonly before: ImageBitmap | null;
  /** The result on screen; it stands in the last box only when the drawing tells how it was made. */
  readonly after: ImageBitmap | null;
}

/** The workflow as a drawing with a caption; its words stand in the text alternative. */
export function WorkflowDrawing({ figure, before, after }: WorkflowDrawingProps) {
  const id = useId();
  const { height, boxes, arrows, ...tops } = useMemo(() => layout(figure), [figure]);
  return (
    <figure className="ex-figure">
      <div className="ex-drawing">
        <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby={id}>
          <title id={id}>{figure.description}</title>
          {boxes.map((box) => (
            <BoxDrawing key={`${box.y}-${box.title}`} box={box} />
          ))}
          {arrows.map(({ from, to }) => (
            <path key={from} className="ex-arrow" d={`M${WIDTH / 2} ${from + 2}V${to - 2}m-4 -4l4 4l4 -4`} />
          ))}
        </svg>
        <Thumbnail bitmap={before} top={tops.before / height} width={THUMB / WIDTH} height={THUMB / height} />
        <Thumbnail
          bitmap={figure.ran ? after : null}
          top={tops.after / height}
          width={THUMB / WIDTH}
          height={THUMB / height}
        />
      </div>
      <figcaption>
        {figure.caption.text}
        <Citations statement={figure.caption} />
      </figcaption>
    </figure>
  );
}

function BoxDrawing({ box }: { readonly box: Box }) {
  const { kind, x, y, width, height, title, lines, textX } = box;
  return (
    <g className={`ex-box ex-box-${kind}`}>
      <rect x={x} y={y} width={width} height={height} rx={kind === 'stage' ? 4 : 6} />
      {kind === 'picture' && <rect className="ex-thumb-frame" x={13} y={y + 12} width={THUMB} height={THUMB} rx={3} />}
      <text className="ex-box-title" x={textX} y={titleY(box)}>
        {title}
      </text>
      {lines.map((line, index) => (
        <text className="ex-box-line" key={line} x={textX} y={lineY(box, index)}>
          {line}
        </text>
      ))}
    </g>
  );
}
