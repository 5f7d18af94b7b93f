import type { Viewer } from './viewer.ts';

/** One notch of a mouse wheel is about 100 units; 1.2 per notch feels even. */
const WHEEL_RATE = 0.0018;
/** Trackpad pinches arrive as small wheel steps with `ctrlKey` set. */
const PINCH_RATE = 0.012;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Safari's own event for a pinch on a trackpad, which it sends in place of wheel steps. */
interface TrackpadPinch extends MouseEvent {
  /** Since the fingers came down. */
  readonly scale: number;
}

/** The divider lies on the stage, but moving it does not move the picture. */
const isOnDivider = ({ target }: Event): boolean => target instanceof Element && target.closest('.divider') !== null;

/** Wheel and pinch zoom, drag pans, double click shows 100 %. Returns the way to stop listening. */
export function listenToGestures(stage: HTMLElement, viewer: Viewer): () => void {
  const pointers = new Map<number, Point>();
  const at = (event: MouseEvent): Point => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const { x, y } = at(event);
    viewer.zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? PINCH_RATE : WHEEL_RATE)), x, y);
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || isOnDivider(event)) return;
    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
  };
  const move = (event: PointerEvent): void => {
    const old = pointers.get(event.pointerId);
    if (old === undefined) return;
    const now = at(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other === undefined) {
      viewer.pan(now.x - old.x, now.y - old.y);
      return;
    }
    const spread = (point: Point): number => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    viewer.zoomBy(spread(now) / spread(old), (now.x + other.x) / 2, (now.y + other.y) / 2);
    viewer.pan((now.x - old.x) / 2, (now.y - old.y) / 2);
  };
  const up = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  const twice = (event: MouseEvent): void => {
    if (isOnDivider(event)) return;
    const { x, y } = at(event);
    viewer.toggleFull(x, y);
  };
  let scale = 1;
  const pinch = (event: Event): void => {
    // Safari tells of fingers on a screen in this way too; for those there are pointers.
    if (pointers.size > 0) return;
    // Or the page would be zoomed as well.
    event.preventDefault();
    const now = event as TrackpadPinch;
    const last = event.type === 'gesturestart' ? 1 : scale;
    scale = now.scale;
    const { x, y } = at(now);
    viewer.zoomBy(scale / last, x, y);
  };

  const controller = new AbortController();
  const { signal } = controller;
  stage.addEventListener('wheel', wheel, { passive: false, signal });
  stage.addEventListener('pointerdown', down, { signal });
  stage.addEventListener('pointermove', move, { signal });
  stage.addEventListener('pointerup', up, { signal });
  stage.addEventListener('pointercancel', up, { signal });
  stage.addEventListener('dblclick', twice, { signal });
  stage.addEventListener('gesturestart', pinch, { signal });
  stage.addEventListener('gesturechange', pinch, { signal });
  return () => controller.abort();
}
