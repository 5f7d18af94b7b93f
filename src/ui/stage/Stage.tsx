import { useEffect, useLayoutEffect, useRef } from 'react';
import { NoticeAt } from '../frame/NoticeAt.tsx';
import { pixels } from '../format.ts';
import { listenToGestures } from '../viewer/gestures.ts';
import { Divider } from './Divider.tsx';
import { StageBar } from './StageBar.tsx';
import { useScene } from './use-scene.ts';
import { useViewer, useViewerState } from './viewer-context.ts';

/** The picture on its table, with the divider over it and the view's controls below. */
export function Stage() {
  const viewer = useViewer();
  const scene = useScene();
  const { fitted } = useViewerState();
  const canvas = useRef<HTMLCanvasElement>(null);
  const table = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => (canvas.current === null ? undefined : viewer.attach(canvas.current)), [viewer]);
  useLayoutEffect(() => viewer.setScene(scene), [viewer, scene]);
  useEffect(() => (table.current === null ? undefined : listenToGestures(table.current, viewer)), [viewer]);

  if (scene === null) return null;
  const what = scene.compared
    ? `${scene.name}: before and after, ${pixels(scene.size)} pixels`
    : `${scene.name}, ${pixels(scene.size)} pixels`;
  return (
    <section className="stage" aria-label="Picture">
      <NoticeAt place="open" />
      <div className="table" ref={table} data-fitted={fitted}>
        <canvas ref={canvas} role="img" aria-label={what} />
        {scene.compared && <Divider table={table} />}
      </div>
      <StageBar scene={scene} />
    </section>
  );
}
