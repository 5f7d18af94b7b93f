import { expect, it } from 'vitest';
import type { Arrival, Coverage } from '../../state/layers.ts';
import { fit, type TileAddress } from './geometry.ts';
import { paint, type Frame } from './painter.ts';
import { sourcesOf, type Scene } from './scene.ts';
import type { LayerSource, TileSource } from './tile-source.ts';

const size = { width: 1024, height: 512 };
const scene: Scene = { picture: 'p', name: 'p.png', input: size, size, alpha: false, compared: true };
const left = { x: 0, y: 0, width: 512, height: 512 };
const right = { x: 512, y: 0, width: 512, height: 512 };
const whole = { x: 0, y: 0, ...size };
const parts: readonly Arrival[] = [
  { rect: left, sequence: 1 },
  { rect: right, sequence: 2 },
];
const growing: Coverage = { run: 7, size, sequence: 2, arrivals: parts, parts: [] };
const ended: Coverage = { run: 7, size, sequence: 3, arrivals: [{ rect: whole, sequence: 3 }], parts };

/** Tiles on hand, `layer run/column: stamp`, all of level 0. The enlarged input is always there. */
type Held = Readonly<Record<string, number>>;

/** What one frame draws, in order: the result alone, at 100 %, all of it in view. */
function drawn(coverage: Coverage, held: Held, side: Frame['side'] = 'after'): readonly string[] {
  const tiles = {
    get: ({ layer, run }: LayerSource, { level, column }: TileAddress) => {
      const name = `${layer} ${String(run)}/${String(column)}`;
      const stamp = layer === 'before' && level === 0 ? 0 : held[name];
      return stamp === undefined || level > 0 ? undefined : { value: { ...left, name }, stamp };
    },
  } as unknown as TileSource;
  const calls: string[] = [];
  const context = new Proxy(
    { drawImage: ({ name }: { name: string }) => calls.push(name) },
    { get: (target, key) => (key === 'drawImage' ? target.drawImage : () => undefined), set: () => true },
  ) as unknown as CanvasRenderingContext2D;
  const frame: Frame = {
    scene,
    sources: sourcesOf(scene, coverage),
    coverage,
    view: fit(size, size, 8),
    canvas: size,
    splitX: 0,
    side,
    checker: null,
    pixelated: false,
    gridColour: '#888',
  };
  paint(context, tiles, frame);
  return calls;
}

const BEFORE = ['before 0/0', 'before 0/1'];

it('the end of a run, which puts all tiles out of date, leaves on screen what the run has shown', () => {
  const held = { 'after 7/0': 1, 'after 7/1': 2, 'change 7/0': 1, 'change 7/1': 2 };
  expect(drawn(growing, held)).toEqual([...BEFORE, 'after 7/0', 'after 7/1']);
  expect(drawn(ended, held)).toEqual([...BEFORE, 'after 7/0', 'after 7/1']);
  const changes = ['after 7/0', 'change 7/0', 'after 7/1', 'change 7/1'];
  expect(drawn(ended, held, 'change')).toEqual([...BEFORE, ...changes]);
});

it('the enlarged input is drawn no more when every tile is there for good', () => {
  expect(drawn(ended, { 'after 7/0': 3, 'after 7/1': 2 })).toEqual([...BEFORE, 'after 7/0', 'after 7/1']);
  expect(drawn(ended, { 'after 7/0': 3, 'after 7/1': 3 })).toEqual(['after 7/0', 'after 7/1']);
});

it('neither a tile that lacks parts nor one of an older run is ever shown as the result', () => {
  expect(drawn(growing, { 'after 7/1': 1 })).toEqual(BEFORE);
  expect(drawn(ended, { 'after 7/1': 1 })).toEqual(BEFORE);
  expect(drawn(ended, { 'after 6/0': 9, 'after 6/1': 9 })).toEqual(BEFORE);
});
