import type { Rect, Size } from '../../../contract/picture.ts';
import { coverageOf, onCoverage } from '../../state/layers.ts';
import { tile } from '../../state/run.ts';
import { DevicePixels } from './device-pixels.ts';
import * as geometry from './geometry.ts';
import { checkerboard, onLook } from './look.ts';
import { paint } from './painter.ts';
import { sourcesOf, wantedTiles, type Scene, type Side } from './scene.ts';
import { TileSource } from './tile-source.ts';

/** What the controls around the picture show; changes rarely, unlike the frames. */
export interface ViewerState {
  /** Device pixels per picture pixel; 1 is 100 %. */
  readonly zoom: number;
  readonly fitted: boolean;
  /** A part of the picture is out of sight. */
  readonly pannable: boolean;
  /** 0 (all result) to 1 (all before), as a share of the visible picture's width. */
  readonly split: number;
  readonly peeking: boolean;
  readonly side: Side;
}

/** Where the visible picture and the divider stand, in CSS pixels of the canvas. */
export interface Layout extends Rect {
  readonly splitX: number;
}

/** Margin around a fitted picture; CSS pixels. */
const MARGIN = 16;
const GLIDE_MS = 450;

/** The picture on its canvas: keeps the view, asks for tiles, paints when something has changed. Knows no React. */
export class Viewer {
  #state: ViewerState = { zoom: 1, fitted: true, pannable: false, split: 0.5, peeking: false, side: 'after' };
  #view: geometry.View = { x: 0, y: 0, zoom: 1 };
  #scene: Scene | null = null;
  #context: CanvasRenderingContext2D | null = null;
  #canvas: Size = { width: 0, height: 0 };
  #pixels: DevicePixels | null = null;
  #density = 1;
  #checker: CanvasPattern | null = null;
  #gridColour = '#8888';
  #white = false;
  #frame = 0;
  readonly #tiles = new TileSource(tile, () => this.redraw());
  readonly #listeners = new Set<() => void>();
  readonly #layoutListeners = new Set<(layout: Layout | null) => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): ViewerState => this.#state;

  /** Called with every frame; for elements that follow the picture. */
  onLayout(listener: (layout: Layout | null) => void): () => void {
    this.#layoutListeners.add(listener);
    this.redraw();
    return () => this.#layoutListeners.delete(listener);
  }

  /** Takes a canvas into use; returns the way to let go of it. */
  attach(canvas: HTMLCanvasElement): () => void {
    this.#context = canvas.getContext('2d');
    const pixels = new DevicePixels(canvas, () => this.#resize(canvas));
    this.#pixels = pixels;
    const release = onCoverage((id) => id === this.#scene?.picture && this.redraw());
    const releaseLook = onLook(() => this.#resize(canvas));
    this.#resize(canvas);
    return () => {
      pixels.stop();
      releaseLook();
      release();
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#context = null;
    };
  }

  /** Whether white stands behind transparent pixels, as where they will be lost, in place of the checkerboard. */
  setWhite(white: boolean): void {
    if (white === this.#white) return;
    this.#white = white;
    if (this.#context !== null) this.#resize(this.#context.canvas);
  }

  setScene(scene: Scene | null): void {
    const old = this.#scene;
    this.#scene = scene;
    if (scene !== null) {
      if (old?.picture !== scene.picture) this.#update({ fitted: true, side: 'after', split: 0.5 });
      else if (!sameSize(old.size, scene.size)) this.#view = geometry.rescale(this.#view, old.size, scene.size);
      if (!scene.compared) this.#update({ side: 'after' });
    }
    this.#place(this.#view);
  }

  forget(picture: string): void {
    this.#tiles.forget(picture);
  }

  /** The part of the picture that is on screen, 0..1 of each side. */
  visiblePart(): Rect | null {
    if (this.#scene === null || this.#context === null) return null;
    const { size } = this.#scene;
    const area = geometry.visible(this.#view, size, this.#canvas);
    return {
      x: area.x / size.width,
      y: area.y / size.height,
      width: area.width / size.width,
      height: area.height / size.height,
    };
  }

  showAll(): void {
    this.#update({ fitted: true });
    this.#place(this.#view);
  }

  /** Zooms by `factor` around a point of the canvas (CSS pixels), its middle when none is given. */
  zoomBy(factor: number, x?: number, y?: number): void {
    // A sideways swipe on a trackpad.
    if (factor !== 1) this.zoomTo(this.#view.zoom * factor, x, y);
  }

  zoomTo(zoom: number, x?: number, y?: number): void {
    const px = x === undefined ? this.#canvas.width / 2 : x * this.#density;
    const py = y === undefined ? this.#canvas.height / 2 : y * this.#density;
    const limited = geometry.constrain({ ...this.#view, zoom }, this.#size(), this.#canvas, this.#least()).zoom;
    this.#update({ fitted: Math.abs(limited / this.#fitting().zoom - 1) < 1e-3 });
    this.#place(geometry.zoomAt(this.#view, limited, px, py, this.#canvas));
  }

  /** 100 % at a point, or back to the whole picture when it is there already. */
  toggleFull(x: number, y: number): void {
    if (!this.#state.fitted && Math.abs(this.#view.zoom - 1) < 1e-3) this.showAll();
    else this.zoomTo(1, x, y);
  }

  /** Moves the picture by CSS pixels. */
  pan(dx: number, dy: number): void {
    if (this.#state.fitted) return;
    this.#place(geometry.panBy(this.#view, dx * this.#density, dy * this.#density));
  }

  setSplit(split: number): void {
    this.#update({ split: Math.min(1, Math.max(0, split)) });
    this.redraw();
  }

  /** Moves the divider there by itself, for people who do not mind motion. */
  glideSplit(target: number): void {
    const from = this.#state.split;
    const begin = performance.now();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let last = from;
    const step = (now: number): void => {
      // Somebody has taken hold of it.
      if (this.#state.split !== last) return;
      const t = still ? 1 : Math.min(1, Math.max(0, (now - begin) / GLIDE_MS));
      last = from + (target - from) * (1 - (1 - t) ** 3);
      this.setSplit(last);
      if (t < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  peek(peeking: boolean): void {
    if (peeking === this.#state.peeking) return;
    this.#update({ peeking });
    this.redraw();
  }

  /** Changes take the result's side of the divider: where "before" fills the picture, they get half of it. */
  show(side: Side): void {
    if (this.#scene?.compared !== true) return;
    this.#update(side === 'change' && this.#state.split === 1 ? { side, split: 0.5 } : { side });
    this.redraw();
  }

  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #size(): Size {
    return this.#scene?.size ?? { width: 1, height: 1 };
  }

  #fitting(): geometry.View {
    const scene = this.#scene;
    const margin = 2 * MARGIN * this.#density;
    const room = { width: Math.max(1, this.#canvas.width - margin), height: Math.max(1, this.#canvas.height - margin) };
    const enlargement = scene === null ? 1 : scene.size.width / scene.input.width;
    const most = scene === null ? 1 : geometry.fitEnlargement(scene.input);
    return geometry.fit(this.#size(), room, (most * this.#density) / enlargement);
  }

  #least = (): number => Math.min(1, this.#fitting().zoom);

  #place(view: geometry.View): void {
    const next = this.#state.fitted
      ? this.#fitting()
      : geometry.constrain(view, this.#size(), this.#canvas, this.#least());
    this.#view = next;
    this.#update({ zoom: next.zoom, pannable: geometry.isPannable(this.#size(), next.zoom, this.#canvas) });
    this.redraw();
  }

  #update(part: Partial<ViewerState>): void {
    const changed = Object.entries(part).some(([key, value]) => this.#state[key as keyof ViewerState] !== value);
    if (!changed) return;
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }

  #resize(canvas: HTMLCanvasElement): void {
    this.#density = devicePixelRatio;
    const { width, height } = this.#pixels?.size ?? this.#canvas;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    this.#canvas = { width, height };
    const style = getComputedStyle(canvas);
    this.#gridColour = style.getPropertyValue('--pixel-grid');
    this.#checker = checkerboard(
      this.#context,
      this.#white ? 'white' : style.getPropertyValue('--checker-a'),
      this.#white ? 'white' : style.getPropertyValue('--checker-b'),
      Math.round(8 * this.#density),
    );
    this.#place(this.#view);
    // Without this the canvas, emptied by its new size, would stay blank for one frame.
    this.#draw();
  }

  #draw(): void {
    const context = this.#context;
    const scene = this.#scene;
    if (context === null || scene === null) {
      context?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
      for (const listener of this.#layoutListeners) listener(null);
      return;
    }
    const coverage = coverageOf(scene.picture);
    const sources = sourcesOf(scene, coverage);
    const { side, split, peeking } = this.#state;
    const area = geometry.visible(this.#view, scene.size, this.#canvas);
    const shown = geometry.onCanvas(area, this.#view, this.#canvas);
    const share = peeking || !scene.compared ? 1 : split;
    const splitX = Math.round(shown.x + shown.width * share);
    paint(context, this.#tiles, {
      scene,
      sources,
      coverage,
      view: this.#view,
      canvas: this.#canvas,
      splitX,
      side,
      checker: this.#checker,
      // A small picture fitted to a dense screen may pass the limit, but nobody asked to see its pixels.
      pixelated: !this.#state.fitted && this.#view.zoom >= geometry.GRID_ZOOM,
      gridColour: this.#gridColour,
    });
    this.#tiles.want(
      wantedTiles(scene, sources, coverage, this.#view, this.#canvas, area.x + area.width * share, side),
    );
    const css = (value: number): number => value / this.#density;
    const layout = {
      x: css(shown.x),
      y: css(shown.y),
      width: css(shown.width),
      height: css(shown.height),
      splitX: css(splitX),
    };
    for (const listener of this.#layoutListeners) listener(layout);
  }
}

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;
