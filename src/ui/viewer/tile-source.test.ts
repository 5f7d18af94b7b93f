import { describe, expect, it, vi } from 'vitest';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { ViewTileRequest } from '../../../contract/worker-api.ts';
import { TileSource, type LayerSource, type Wanted } from './tile-source.ts';

const source: LayerSource = { picture: 'p', layer: 'after', size: { width: 9000, height: 512 }, run: 1 };
const want = (column: number, stamp = 0): Wanted => ({ source, tile: { level: 0, column, row: 0 }, stamp });
const bitmap = (close = vi.fn()) => ({ close }) as unknown as ImageBitmap;

/** A worker that answers when the test says so. */
function setUp() {
  const requests: { request: ViewTileRequest; answer: (result: Result<ImageBitmap>) => void }[] = [];
  const arrived = vi.fn();
  const tiles = new TileSource((request) => new Promise((answer) => requests.push({ request, answer })), arrived);
  const answer = async (index: number, result: Result<ImageBitmap> = ok(bitmap())) => {
    requests[index]?.answer(result);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { requests, arrived, tiles, answer, columns: () => requests.map(({ request }) => request.column) };
}

describe('TileSource', () => {
  it('asks for few tiles at once, the first ones first', () => {
    const { tiles, columns } = setUp();
    expect(tiles.want([0, 1, 2, 3, 4, 5, 6].map((column) => want(column)))).toBe(false);
    expect(columns()).toEqual([0, 1, 2, 3]);
  });

  it('never asks for what left the screen before its turn', async () => {
    const { tiles, columns, answer, arrived } = setUp();
    tiles.want([0, 1, 2, 3, 4, 5].map((column) => want(column)));
    tiles.want([9, 10].map((column) => want(column)));
    await answer(0);
    expect(arrived).toHaveBeenCalled();
    tiles.want([9, 10].map((column) => want(column)));
    expect(columns()).toEqual([0, 1, 2, 3, 9]);
  });

  it('asks once, until the tile is out of date', async () => {
    const { tiles, columns, answer } = setUp();
    tiles.want([want(0, 1)]);
    tiles.want([want(0, 1)]);
    await answer(0);
    expect(tiles.want([want(0, 1)])).toBe(true);
    expect(columns()).toEqual([0]);
    expect(tiles.want([want(0, 2)])).toBe(false);
    expect(columns()).toEqual([0, 0]);
    expect(tiles.get(source, want(0).tile)?.stamp).toBe(1);
  });

  it('waits before it asks for a failed tile again', async () => {
    const { tiles, columns, answer } = setUp();
    tiles.want([want(0)]);
    await answer(0, fail('bad-request', 'gone'));
    tiles.want([want(0)]);
    expect(columns()).toEqual([0]);
  });

  it('keeps runs of the same size apart and lets go of a picture as a whole', async () => {
    const { tiles, answer } = setUp();
    tiles.want([want(0)]);
    const close = vi.fn();
    const tile = bitmap(close);
    await answer(0, ok(tile));
    expect(tiles.get({ ...source, run: 2 }, want(0).tile)).toBeUndefined();
    expect(tiles.get(source, want(0).tile)?.value).toBe(tile);
    tiles.forget('p');
    expect(tiles.get(source, want(0).tile)).toBeUndefined();
    expect(close).toHaveBeenCalledOnce();
  });
});
