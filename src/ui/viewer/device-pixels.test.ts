import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DevicePixels } from './device-pixels.ts';

/** Tells its listener what the test says; a browser that counts no device pixels knows no box of that name. */
class Observer {
  static last: Observer | undefined;
  box: string | undefined;
  constructor(readonly listener: (entries: readonly unknown[]) => void) {
    Observer.last = this;
  }
  observe(_: unknown, { box }: { box: string }): void {
    this.box = box;
  }
  tell(inlineSize: number, blockSize: number): void {
    this.listener([{ devicePixelContentBoxSize: [{ inlineSize, blockSize }] }]);
  }
}

const canvas = { clientWidth: 400, clientHeight: 300 } as HTMLCanvasElement;
const observe = (counts: boolean): DevicePixels => {
  vi.stubGlobal('ResizeObserverEntry', { prototype: counts ? { devicePixelContentBoxSize: null } : {} });
  return new DevicePixels(canvas, () => undefined);
};

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Observer);
  vi.stubGlobal('devicePixelRatio', 1.5);
});
afterEach(() => vi.unstubAllGlobals());

it('takes the browser’s count: a side of 400.4 CSS pixels covers 601 at a density of 1.5, not 600', () => {
  const pixels = observe(true);
  expect(Observer.last?.box).toBe('device-pixel-content-box');
  expect(pixels.size).toEqual({ width: 600, height: 450 });
  Observer.last?.tell(601, 450);
  expect(pixels.size).toEqual({ width: 601, height: 450 });
});

it('a count from before the density changed holds no more', () => {
  const pixels = observe(true);
  Observer.last?.tell(601, 450);
  vi.stubGlobal('devicePixelRatio', 2);
  expect(pixels.size).toEqual({ width: 800, height: 600 });
});

it('multiplies where the browser does not count', () => {
  const pixels = observe(false);
  expect(Observer.last?.box).toBe('content-box');
  Observer.last?.tell(601, 450);
  expect(pixels.size).toEqual({ width: 600, height: 450 });
});
