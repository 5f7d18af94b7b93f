import { useCallback, useEffect, useState } from 'react';
import { provideVisiblePart } from '../state/run.ts';
import { useLimpid } from '../state/store.ts';
import { Controls } from './controls/Controls.tsx';
import { ExplanationHost } from './ExplanationHost.tsx';
import { DropArea } from './frame/DropArea.tsx';
import { Header } from './frame/Header.tsx';
import { KeysDialog } from './frame/KeysDialog.tsx';
import { useShortcuts } from './frame/shortcuts.ts';
import { useTitle } from './frame/title.ts';
import { UndoNotice } from './frame/UndoNotice.tsx';
import { UpdateNotice } from './frame/UpdateNotice.tsx';
import { Empty } from './pictures/Empty.tsx';
import { Filmstrip } from './pictures/Filmstrip.tsx';
import { leaveFullWindow, useFullWindow } from './stage/full-window.ts';
import { Stage } from './stage/Stage.tsx';
import { ViewerContext } from './stage/viewer-context.ts';
import { Viewer } from './viewer/viewer.ts';

export function App() {
  const [viewer] = useState(() => new Viewer());
  const [keys, setKeys] = useState(false);
  const showKeys = useCallback(() => setKeys(true), []);
  const empty = useLimpid((state) => state.entries.length === 0);
  const alone = useFullWindow() && !empty;
  useShortcuts(viewer, showKeys);
  useEffect(() => provideVisiblePart(() => viewer.visiblePart()), [viewer]);
  useEffect(() => dropTiles(viewer), [viewer]);
  // Without a picture there is nothing to give the window to, and the next one begins with its controls.
  useEffect(() => {
    if (empty) leaveFullWindow();
  }, [empty]);
  useTitle();

  return (
    <ViewerContext value={viewer}>
      <div className={`app ${empty ? 'app-empty' : ''} ${alone ? 'app-alone' : ''}`}>
        <Header onKeys={showKeys} />
        <UpdateNotice />
        <UndoNotice />
        <main className="main">
          {empty ? (
            <Empty />
          ) : (
            <div className="light-table">
              <Stage />
              <Filmstrip />
            </div>
          )}
          <div className="rail">
            {!empty && <Controls />}
            <ExplanationHost />
          </div>
        </main>
      </div>
      <DropArea />
      <KeysDialog open={keys} onClose={() => setKeys(false)} />
    </ViewerContext>
  );
}

/** Bitmaps of pictures that were taken away are closed at once. */
const dropTiles = (viewer: Viewer): (() => void) =>
  useLimpid.subscribe((state, before) => {
    if (state.entries === before.entries) return;
    for (const { id } of before.entries) if (!state.entries.some((entry) => entry.id === id)) viewer.forget(id);
  });
