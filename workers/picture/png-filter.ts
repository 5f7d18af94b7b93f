import { damaged } from './containers/header.ts';

/** PNG 3rd edition, 9.4: the neighbour (left, above, above left) nearest to left + above - above left. */
export function paeth(a: number, b: number, c: number): number {
  const pa = Math.abs(b - c);
  const pb = Math.abs(a - c);
  const pc = Math.abs(a + b - c - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** PNG 3rd edition, 9.2, in place. Both rows begin with their filter byte; `bpp` is the distance to the pixel before. */
export function unfilter(row: Uint8Array, above: Uint8Array, bpp: number): void {
  const n = row.length;
  switch (row[0]) {
    case 0:
      return;
    case 1:
      for (let i = 1 + bpp; i < n; i += 1) row[i] = (row[i] as number) + (row[i - bpp] as number);
      return;
    case 2:
      for (let i = 1; i < n; i += 1) row[i] = (row[i] as number) + (above[i] as number);
      return;
    case 3:
      for (let i = 1; i < n; i += 1) {
        const left = i > bpp ? (row[i - bpp] as number) : 0;
        row[i] = (row[i] as number) + ((left + (above[i] as number)) >> 1);
      }
      return;
    case 4:
      for (let i = 1; i <= bpp && i < n; i += 1) row[i] = (row[i] as number) + (above[i] as number);
      for (let i = 1 + bpp; i < n; i += 1) {
        const nearest = paeth(row[i - bpp] as number, above[i] as number, above[i - bpp] as number);
        row[i] = (row[i] as number) + nearest;
      }
      return;
    default:
      throw damaged('is a damaged PNG: its picture data names a row filter that does not exist.');
  }
}
