import { CHANGE_COLOURS, CHANGE_SCALE, CHANGE_THRESHOLD } from '../../../contract/change-map.ts';
import { size, zoomText } from '../../evidence/format.ts';
import { Fit, FullWindow, Minus, Plus } from '../icons.tsx';
import type { Scene } from '../viewer/scene.ts';
import { toggleFullWindow, useFullWindow } from './full-window.ts';
import { useViewer, useViewerState } from './viewer-context.ts';

const STEP = 1.5;

export function StageBar({ scene }: { scene: Scene }) {
  const viewer = useViewer();
  const { zoom, fitted, split, side, peeking } = useViewerState();
  const alone = useFullWindow();
  const enlarged = scene.compared && scene.size.width !== scene.input.width;
  return (
    <div className="stage-bar" data-compared={scene.compared}>
      {scene.compared && side === 'change' && <Legend />}
      {scene.compared && (
        <div className="stage-before">
          <button
            type="button"
            className="button chip"
            aria-pressed={split === 1 || peeking}
            onClick={() => viewer.setSplit(split === 1 ? 0.5 : 1)}
          >
            Before
          </button>
          {enlarged && <span className="quiet stage-note">plain bicubic, {size(scene.size)}</span>}
        </div>
      )}
      <div className="zoom" role="group" aria-label="Zoom">
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => viewer.zoomBy(1 / STEP)}
        >
          <Minus />
        </button>
        <button
          type="button"
          className="button zoom-value"
          aria-label={`Zoom ${zoomText(zoom)}, show at 100 %`}
          title="Show at 100 % (1)"
          onClick={() => viewer.zoomTo(1)}
        >
          {zoomText(zoom)}
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => viewer.zoomBy(STEP)}
        >
          <Plus />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Fit to window"
          title="Fit to window (0)"
          aria-pressed={fitted}
          onClick={() => viewer.showAll()}
        >
          <Fit />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Full window"
          title={alone ? 'Leave the full window (F or Esc)' : 'Full window (F)'}
          aria-pressed={alone}
          onClick={toggleFullWindow}
        >
          <FullWindow />
        </button>
      </div>
      {scene.compared && (
        <div className="stage-after">
          <button
            type="button"
            className="button chip"
            aria-pressed={side === 'change'}
            onClick={() => viewer.show(side === 'change' ? 'after' : 'change')}
          >
            Changes
          </button>
          <button
            type="button"
            className="button chip"
            aria-pressed={split === 0 && !peeking}
            onClick={() => viewer.setSplit(split === 0 ? 0.5 : 0)}
          >
            After
          </button>
        </div>
      )}
    </div>
  );
}

/** The heat map's scale: difference in any channel, in 8-bit levels. */
function Legend() {
  const low = Math.round(CHANGE_THRESHOLD * 255);
  const high = Math.round(CHANGE_SCALE * 255);
  const label = `Change map: nothing up to ${low} of 255 levels, brightest from ${high} levels on`;
  const draw = (canvas: HTMLCanvasElement | null): void => {
    const context = canvas?.getContext('2d');
    if (canvas === null || context === null || context === undefined) return;
    CHANGE_COLOURS.forEach(([red, green, blue], index) => {
      context.fillStyle = `rgb(${red} ${green} ${blue})`;
      context.fillRect(index, 0, 1, 1);
    });
  };
  return (
    <span className="legend">
      <span aria-hidden="true">{low}</span>
      <canvas ref={draw} width={CHANGE_COLOURS.length} height={1} role="img" aria-label={label} title={label} />
      <span aria-hidden="true">{high}+ levels</span>
    </span>
  );
}
