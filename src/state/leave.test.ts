import { expect, it, vi } from 'vitest';
import { newEntry } from './entries.ts';
import { reload, startGuard } from './leave.ts';
import { set } from './store.ts';
import { infoOf } from './testing.ts';

it('a reload that was agreed to asks nothing, whatever a run tells until it comes', () => {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const reloaded = vi.fn();
  vi.stubGlobal('location', { reload: reloaded });
  const asks = (): boolean => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const running = (fraction: number) =>
    set({
      entries: [
        { ...newEntry(infoOf('a')), job: { kind: 'running', recipe: [], id: 'job', progress: { fraction } } },
      ] as never,
    });
  startGuard();
  running(0.1);
  expect(asks()).toBe(true);
  reload();
  running(0.2);
  expect(asks()).toBe(false);
  expect(reloaded).toHaveBeenCalledOnce();
});
