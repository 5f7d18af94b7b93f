import { expose } from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EngineClient } from './client.ts';

/** Workers that start, open pictures (when a test lets them), close them and answer nothing else. */
class SilentWorker extends EventTarget {
  static all: SilentWorker[] = [];
  static opened: Promise<void> = Promise.resolve();
  /** What was asked, in the order in which it ended. */
  static ended: string[] = [];
  readonly #channel = new MessageChannel();

  constructor() {
    super();
    const never = () => new Promise(() => undefined);
    expose(
      {
        start: () => undefined,
        open: async (id: string) => {
          await SilentWorker.opened;
          SilentWorker.ended.push(`open ${id}`);
          return { ok: true, value: {} };
        },
        close: (id: string) => void SilentWorker.ended.push(`close ${id}`),
        importWeights: never,
        run: never,
        encode: never,
      },
      this.#channel.port2,
    );
    this.#channel.port1.addEventListener('message', ({ data }) => {
      this.dispatchEvent(new MessageEvent('message', { data: data as unknown }));
    });
    this.#channel.port1.start();
    SilentWorker.all.push(this);
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.#channel.port1.close();
  }
}

vi.mock('./spawn.ts', () => ({ spawnRestorationWorker: () => new SilentWorker() }));

beforeEach(() => {
  SilentWorker.all = [];
  SilentWorker.opened = Promise.resolve();
  SilentWorker.ended = [];
  vi.stubGlobal('document', { baseURI: 'http://localhost/' });
  vi.stubGlobal('ErrorEvent', Event);
});
afterEach(() => vi.unstubAllGlobals());

const crash = () => SilentWorker.all.at(-1)?.dispatchEvent(new Event('error'));

it('reports a crash before the pending calls end, each with what it means for that call', async () => {
  const client = new EngineClient();
  const order: string[] = [];
  client.onCrash(() => order.push('crash'));
  await client.open('a', new Blob(['x']), 'a.png');
  const recipe = [{ model: 'liif-edsr', scale: 2, quality: 'best' }] as const;
  const pending = [
    client.run(
      'job',
      { picture: 'a', recipe, backend: 'auto' },
      { onProgress: () => undefined, onTile: () => undefined },
    ),
    client.importWeights(new Blob(['x']), 'mine.pth'),
    client.encode('a', { format: 'png', keepLocation: false }),
  ].map(async (call) => {
    const result = await call;
    order.push(result.ok ? 'answer' : `${result.error.code}: ${result.error.message}`);
  });
  // All of them are under way.
  await new Promise((resolve) => setTimeout(resolve));
  crash();
  await Promise.all(pending);
  expect(order[0]).toBe('crash');
  const begin = 'worker-crashed: The background worker crashed';
  expect(order.slice(1).toSorted()).toEqual([
    `${begin} before the result was saved. Press Restore to make the result again.`,
    `${begin} while it read “mine.pth”. Hand the file over again.`,
    `${begin}. Your pictures are still here; press Restore to try again.`,
  ]);
});

it('closes a picture that is being opened again only when it is open, so that nothing of it stays', async () => {
  const client = new EngineClient();
  await client.open('a', new Blob(['x']), 'a.png');
  crash();
  SilentWorker.ended = [];
  let opened = (): void => undefined;
  SilentWorker.opened = new Promise((resolve) => (opened = resolve));
  void client.encode('a', { format: 'png', keepLocation: false });
  const closed = client.close('a');
  await new Promise((resolve) => setTimeout(resolve, 20));
  opened();
  await closed;
  expect(SilentWorker.ended).toEqual(['open a', 'close a']);
});

it('closes a picture whose reopening a second crash ends', async () => {
  const client = new EngineClient();
  await client.open('a', new Blob(['x']), 'a.png');
  crash();
  SilentWorker.opened = new Promise(() => undefined);
  void client.encode('a', { format: 'png', keepLocation: false });
  const closed = client.close('a');
  await new Promise((resolve) => setTimeout(resolve));
  crash();
  await expect(closed).resolves.toBeUndefined();
});
