import { useEffect, useLayoutEffect, useRef } from 'react';
import { formatOf } from '../../../contract/picture.ts';
import { selectedEntry, useLimpid } from '../../state/store.ts';
import { NoticeAt } from '../frame/NoticeAt.tsx';
import { size } from '../../evidence/format.ts';
import { RunNews } from '../controls/RunNews.tsx';
import { listenToGestures } from '../viewer/gestures.ts';
import type { Scene } from '../viewer/scene.ts';
import { Divider } from './Divider.tsx';
import { useFullWindow } from './full-window.ts';
import { StageBar } from './StageBar.tsx';
import { useScene } from './use-scene.ts';
import { useViewer, useViewerState } from './viewer-context.ts';

/** The picture on its table, with the divider over it and the view's controls below. */
export function Stage() {
  const viewer = useViewer();
  const scene = useScene();
  useLayoutEffect(() => viewer.setScene(scene), [viewer, scene]);
  useReveal();

  if (scene === null) return null;
  return (
    <section className="stage" aria-label="Picture">
      <StageNews />
      <PictureNotes />
      <Table scene={scene} />
      <StageBar scene={scene} />
    </section>
  );
}

/** What is to be told over the picture: in the full window all of it, since the places where it stands are put away. */
function StageNews() {
  const alone = useFullWindow();
  return (
    <div className="stage-news">
      <NoticeAt place="open" />
      {alone && (
        <>
          <RunNews statusClass="only-heard" />
          <NoticeAt place="save" />
          <NoticeAt place="weights" />
        </>
      )}
    </div>
  );
}

/** A component of its own, so that its effects run whenever there is a canvas anew. */
function Table({ scene }: { scene: Scene }) {
  const viewer = useViewer();
  const { pannable } = useViewerState();
  const white = useWhiteGround();
  const canvas = useRef<HTMLCanvasElement>(null);
  const table = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => (canvas.current === null ? undefined : viewer.attach(canvas.current)), [viewer]);
  useEffect(() => (table.current === null ? undefined : listenToGestures(table.current, viewer)), [viewer]);

  useLayoutEffect(() => viewer.setWhite(white), [viewer, white]);

  const what = scene.compared
    ? `${scene.name}: before and after, ${size(scene.size)} pixels`
    : `${scene.name}, ${size(scene.size)} pixels`;
  return (
    <div className="table" ref={table} data-pannable={pannable}>
      <canvas ref={canvas} role="img" aria-label={what} />
      {scene.compared && <Divider table={table} />}
    </div>
  );
}

/** A result with transparent parts that is to be saved as JPEG is shown as it will be saved. */
const useWhiteGround = (): boolean =>
  useLimpid((state) => {
    const entry = selectedEntry(state);
    if (entry === undefined || entry.result === null || !entry.info.alpha) return false;
    return formatOf(state.settings.format, entry.info) === 'jpeg';
  });

/** What the person should know of the file: an animation's frames, a changed colour space. */
function PictureNotes() {
  const notes = useLimpid((state) => selectedEntry(state)?.info.notes);
  return notes === undefined || notes.length === 0 ? null : <p className="picture-notes">{notes.join(' ')}</p>;
}

/** During a run the whole picture is seen to sharpen; when it is done, the divider comes to the middle. */
function useReveal(): void {
  const viewer = useViewer();
  const kind = useLimpid((state) => selectedEntry(state)?.job.kind);
  const last = useRef(kind);
  useEffect(() => {
    const before = last.current;
    last.current = kind;
    if (kind === 'running' && before === 'planning') viewer.setSplit(0);
    if (before !== 'running' && before !== 'cancelling') return;
    if (kind !== 'running' && kind !== 'cancelling' && viewer.snapshot().split === 0) viewer.glideSplit(0.5);
  }, [viewer, kind]);
}
