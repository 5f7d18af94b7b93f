import { describe, expect, it } from 'vitest';
import { TileCache } from './tile-cache.ts';

function bitmap() {
  return {
    closed: 0,
    close() {
      this.closed += 1;
    },
  };
}

describe('TileCache', () => {
  it('closes the least recently used tile when it is full', () => {
    const cache = new TileCache<ReturnType<typeof bitmap>>(2);
    const [a, b, c] = [bitmap(), bitmap(), bitmap()];
    cache.put('a', a, 0);
    cache.put('b', b, 0);
    cache.get('a');
    cache.put('c', c, 0);
    expect([a.closed, b.closed, c.closed]).toEqual([0, 1, 0]);
    expect(cache.get('b')).toBeUndefined();
  });

  it('closes the tile that a newer one replaces', () => {
    const cache = new TileCache<ReturnType<typeof bitmap>>(2);
    const [old, fresh] = [bitmap(), bitmap()];
    cache.put('a', old, 1);
    cache.put('a', fresh, 2);
    expect([old.closed, fresh.closed]).toEqual([1, 0]);
    expect(cache.get('a')).toEqual({ value: fresh, stamp: 2 });
  });

  it('keeps the newer tile when an older one comes late', () => {
    const cache = new TileCache<ReturnType<typeof bitmap>>(2);
    const [late, fresh] = [bitmap(), bitmap()];
    cache.put('a', fresh, 2);
    cache.put('a', late, 1);
    expect([late.closed, fresh.closed]).toEqual([1, 0]);
  });

  it('drops by key and grows when asked to', () => {
    const cache = new TileCache<ReturnType<typeof bitmap>>(1);
    cache.reserve(3);
    const tiles = ['x/1', 'x/2', 'y/1'].map((key) => {
      const tile = bitmap();
      cache.put(key, tile, 0);
      return tile;
    });
    expect(cache.size).toBe(3);
    cache.drop((key) => key.startsWith('x/'));
    expect(tiles.map((tile) => tile.closed)).toEqual([1, 1, 0]);
  });
});
