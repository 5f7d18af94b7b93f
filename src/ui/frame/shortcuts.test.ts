import { expect, it } from 'vitest';
import { nameOf } from './shortcuts.ts';

it('a letter is the same key under Caps Lock; Shift asks for another', () => {
  expect(nameOf({ key: 'F', shiftKey: false })).toBe('f');
  expect(nameOf({ key: 'f', shiftKey: false })).toBe('f');
  expect(nameOf({ key: 'F', shiftKey: true })).toBe('F');
  expect(nameOf({ key: 'ArrowLeft', shiftKey: false })).toBe('ArrowLeft');
});
