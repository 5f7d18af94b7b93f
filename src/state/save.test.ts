import { expect, it, vi } from 'vitest';
import { uniqueName } from './save.ts';

vi.mock('../engine/index.ts', () => ({ engine: {} }));

it('gives every file of the zip a name of its own', () => {
  const taken = new Set(['photo-2x.png', 'photo-2x (2).png', 'noext']);
  expect(uniqueName('other.png', taken)).toBe('other.png');
  expect(uniqueName('photo-2x.png', taken)).toBe('photo-2x (3).png');
  expect(uniqueName('Photo-2X.PNG', taken)).toBe('Photo-2X (3).PNG');
  expect(uniqueName('noext', taken)).toBe('noext (2)');
  expect(uniqueName('.png', new Set(['.png']))).toBe('.png (2)');
});
