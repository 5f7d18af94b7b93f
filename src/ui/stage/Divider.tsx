import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { useViewer, useViewerState } from './viewer-context.ts';
import type { Layout } from '../viewer/viewer.ts';

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.02,
  ArrowDown: -0.02,
  ArrowRight: 0.02,
  ArrowUp: 0.02,
  PageDown: -0.1,
  PageUp: 0.1,
};

/** Width of the handle with its shadow, in CSS pixels. */
const HANDLE = 42;
/** A picture lower than this would be covered by it: the handle hangs below, where there is room. CSS pixels. */
const LOW = 150;

/** The line between before and after: can be taken hold of anywhere along it, and moves with the arrow keys. */
export function Divider({ table }: { table: RefObject<HTMLDivElement | null> }) {
  const viewer = useViewer();
  const { split, peeking } = useViewerState();
  const line = useRef<HTMLDivElement>(null);
  const layout = useRef<Layout | null>(null);

  useEffect(
    () =>
      viewer.onLayout((next) => {
        layout.current = next;
        if (next === null || line.current === null) return;
        // Moved by the frame itself, so that line and picture never part, not even for one frame.
        line.current.style.transform = `translate(${next.splitX}px, ${next.y}px)`;
        line.current.style.height = `${next.height}px`;
        // At the table's edge the handle stays whole while the line goes all the way.
        const room = table.current?.clientWidth ?? next.x + next.width;
        const handle = Math.min(room - HANDLE / 2, Math.max(HANDLE / 2, next.splitX));
        line.current.style.setProperty('--handle-shift', `${handle - next.splitX}px`);
        const below = (table.current?.clientHeight ?? 0) - HANDLE / 2 - (next.y + next.height / 2);
        const drop = next.height < LOW ? Math.max(0, Math.min(below, (next.height + HANDLE) / 2 + 4)) : 0;
        line.current.style.setProperty('--handle-drop', `${drop}px`);
      }),
    [viewer, table],
  );

  const follow = (event: PointerEvent): void => {
    const box = table.current?.getBoundingClientRect();
    const shown = layout.current;
    if (box === undefined || shown === null || shown.width <= 0) return;
    viewer.setSplit((event.clientX - box.left - shown.x) / shown.width);
  };
  const down = (event: PointerEvent): void => {
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
  };
  const key = (event: KeyboardEvent): void => {
    const target = event.key === 'Home' ? 0 : event.key === 'End' ? 1 : split + (STEPS[event.key] ?? Number.NaN);
    if (Number.isNaN(target) || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    viewer.setSplit(target);
  };
  const value = Math.round(split * 100);
  return (
    <div
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label="Before and after"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
      aria-valuetext={`${value} % before, ${100 - value} % after`}
      className="divider"
      data-peeking={peeking}
      onPointerDown={down}
      onPointerMove={move}
      onKeyDown={key}
    >
      <span className="divider-handle" aria-hidden="true">
        <svg viewBox="0 0 24 24" width="24" height="24">
          <path d="m9 7-5 5 5 5M15 7l5 5-5 5" />
        </svg>
      </span>
    </div>
  );
}
