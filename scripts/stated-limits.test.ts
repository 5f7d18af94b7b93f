import { expect, it } from 'vitest';
import { LARGEST_AREA, LARGEST_FILE, LARGEST_SIDE } from '../workers/picture/limits.ts';
import { createStore } from '../workers/picture/store.ts';
import { checkMemory } from '../workers/restoration/memory.ts';
import { PAGE_FACTS } from '../src/evidence/page.ts';

const fact = (id: string): string => PAGE_FACTS.find(({ statement }) => statement.id === id)?.statement.text ?? '';

it('the limits that the panel states are those that the workers keep', () => {
  expect(fact('page-size')).toContain(`${LARGEST_AREA / 1e6} megapixels`);
  expect(fact('page-size')).toContain(`${LARGEST_SIDE.toLocaleString('en')} pixels a side`);
  expect(fact('page-size')).toContain(`${LARGEST_FILE / 1024 ** 3} GB`);
  const [, most = ''] = /up to (\d+) megapixels/u.exec(fact('page-memory')) ?? [];
  const check = (width: number) => () =>
    checkMemory(0, createStore(1000, 1000, 8, 'srgb'), { width, height: 1000 }, 8, 0, Infinity);
  expect(check(Number(most) * 1000)).not.toThrow();
  expect(check(Number(most) * 1000 + 1)).toThrow();
});
