import { describe, expect, it } from 'vitest';
import { countPages } from './tiff-pages.ts';

interface Page {
  readonly at: number;
  readonly next: number;
}

/** Directories of one entry each, and nothing else. */
function chain(pages: readonly Page[], { little = true, big = false, length = 400 } = {}): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.fill(little ? 0x49 : 0x4d, 0, 2);
  view.setUint16(2, big ? 43 : 42, little);
  if (big) {
    view.setUint16(4, 8, little);
    view.setBigUint64(8, BigInt(pages[0]?.at ?? 0), little);
  } else view.setUint32(4, pages[0]?.at ?? 0, little);
  for (const { at, next } of pages) {
    if (big) {
      view.setBigUint64(at, 1n, little);
      view.setBigUint64(at + 8 + 20, BigInt(next), little);
    } else {
      view.setUint16(at, 1, little);
      view.setUint32(at + 2 + 12, next, little);
    }
  }
  return bytes;
}

const THREE = [
  { at: 200, next: 16 },
  { at: 16, next: 100 },
  { at: 100, next: 0 },
];

describe.each([
  [true, false],
  [false, false],
  [true, true],
  [false, true],
])('pages of a TIFF (little-endian %s, BigTIFF %s)', (little, big) => {
  const count = (pages: readonly Page[]): number => countPages(chain(pages, { little, big }));

  it('counts a chain to its end', () => {
    expect(count(THREE)).toBe(3);
    expect(count(THREE.slice(0, 1).map((page) => ({ ...page, next: 0 })))).toBe(1);
  });

  it('comes to an end in a chain that leads back', () => {
    expect(count([{ at: 16, next: 16 }])).toBe(1);
    expect(count(THREE.map((page) => (page.next === 0 ? { ...page, next: 16 } : page)))).toBe(3);
  });

  it('stops where a directory reaches past the end', () => {
    expect(count([{ at: 16, next: 396 }])).toBe(1);
    expect(count([{ at: 16, next: 0xffffff00 }])).toBe(1);
  });
});

it('counts no further than a number that nobody needs', () => {
  // Directories without entries, and a link to the one right behind.
  const bytes = chain([], { length: 2_000_000 });
  const view = new DataView(bytes.buffer);
  view.setUint32(4, 8, true);
  for (let at = 8; at + 12 <= bytes.length; at += 6) view.setUint32(at + 2, at + 6, true);
  expect(countPages(bytes)).toBe(100_000);
});

it.each([0, 1, 3, 7, 11])('takes a file of %d bytes', (length) => {
  expect(countPages(new Uint8Array(length).fill(0x49))).toBe(1);
});
