import { expect, it, vi } from 'vitest';
import { chunk } from './chunk.ts';

it('is loaded once, however often it is asked for', async () => {
  const load = vi.fn(() => Promise.resolve({ part: 1 }));
  const part = chunk(load);
  expect(load).not.toHaveBeenCalled();
  expect(await Promise.all([part(), part()])).toEqual([{ part: 1 }, { part: 1 }]);
  expect(await part()).toBe(await part());
  expect(load).toHaveBeenCalledTimes(1);
});

it('tells a failure and tries again with the next call', async () => {
  const load = vi.fn<() => Promise<string>>();
  load.mockRejectedValueOnce(new TypeError('Importing a module script failed.')).mockResolvedValueOnce('here');
  const part = chunk(load);
  const first = [part(), part()];
  await expect(first[0]).rejects.toThrow('Importing');
  await expect(first[1]).rejects.toThrow('Importing');
  expect(load).toHaveBeenCalledTimes(1);
  expect(await part()).toBe('here');
});
