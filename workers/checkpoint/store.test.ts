import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import { LimpidError } from '../../contract/result.ts';
import type { ImportedWeights } from '../../contract/worker-api.ts';
import { MemoryFolder } from './storage/files.ts';
import { SHIPPED, WeightsStore } from './store.ts';
import { refusal } from './testing/expectations.ts';

const graph = { network: 'liif-edsr', weights: { bytes: 4, tensors: [] } } as unknown as Manifest;

const imported = (
  id: string,
  model: ModelId = 'liif-edsr',
  importedAt = '2026-01-01T00:00:00.000Z',
): ImportedWeights => ({
  id,
  name: `${id}.pth`,
  owner: 'imported',
  sha256: 'ab'.repeat(32),
  model,
  network: 'liif-edsr',
  importedAt,
  bytes: 99,
});

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const unreadable = JSON.stringify({ schema: 1, weights: imported('x'), converted: {} });

function open(folder = new MemoryFolder()): { folder: MemoryFolder; store: WeightsStore } {
  return { folder, store: new WeightsStore(folder) };
}

describe('WeightsStore', () => {
  it('gives back what was put, newest first', async () => {
    const { store } = open();
    await store.put(imported('a'), bytes(1, 2), graph);
    await store.put(imported('b', 'liif-rdn', '2026-02-01T00:00:00.000Z'), bytes(3), graph);
    expect((await store.list()).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await store.get('a', graph)).toEqual({ weights: imported('a'), bytes: bytes(1, 2) });
    expect(await store.get('none', graph)).toBeNull();
  });

  it('replaces an import of the same file', async () => {
    const { store } = open();
    await store.put(imported('a'), bytes(1), graph);
    await store.put(imported('a', 'liif-edsr', '2026-03-01T00:00:00.000Z'), bytes(2), graph);
    const weights = await store.list();
    expect(weights).toHaveLength(1);
    expect((await store.get('a', graph))?.bytes).toEqual(bytes(2));
  });

  it('remembers the choice per model, for every tab, until the import is gone', async () => {
    const { folder, store } = open();
    await store.put(imported('a'), bytes(1), graph);
    expect(await store.chosen('liif-edsr')).toBe(SHIPPED);
    await store.choose('liif-edsr', 'a');
    const otherTab = new WeightsStore(folder);
    expect(await otherTab.chosen('liif-edsr')).toBe('a');
    expect(await otherTab.chosen('liif-rdn')).toBe(SHIPPED);
    await otherTab.remove('a');
    expect(await store.chosen('liif-edsr')).toBe(SHIPPED);
    expect(await folder.names()).toEqual([]);
    expect(await store.get('a', graph)).toBeNull();
  });

  it('goes back to the shipped weights when asked', async () => {
    const { store } = open();
    await store.put(imported('a'), bytes(1), graph);
    await store.choose('liif-edsr', 'a');
    await store.choose('liif-edsr', SHIPPED);
    expect(await store.chosen('liif-edsr')).toBe(SHIPPED);
    expect(await store.list()).toHaveLength(1);
  });

  it("refuses to choose what is not here or is another model's", async () => {
    const { store } = open();
    await store.put(imported('a'), bytes(1), graph);
    expect(await refusal(() => store.choose('liif-rdn', 'a'), 'bad-request')).toContain('"a.pth"');
    await refusal(() => store.choose('liif-rdn', 'gone'), 'bad-request');
    expect(await store.chosen('liif-rdn')).toBe(SHIPPED);
  });

  it('passes over damaged records', async () => {
    const { folder, store } = open();
    await store.put(imported('good'), bytes(1), graph);
    await store.put(imported('lost'), bytes(1), graph);
    await folder.remove('lost.bin');
    for (const broken of ['{', '[]', 'null', '{"schema":0}', '{"schema":2}', unreadable]) {
      await folder.write('x.json', text(broken));
      expect((await store.list()).map(({ id }) => id)).toEqual(['good']);
      expect(await store.get('x', graph)).toBeNull();
    }
    // A record under another's name would hand out the wrong weights.
    await folder.write('x.json', (await folder.read('good.json')) ?? bytes());
    expect((await store.list()).map(({ id }) => id)).toEqual(['good']);
  });

  it('sweeps out what is of no use and says what will be missed', async () => {
    const { folder, store } = open();
    await store.put(imported('good'), bytes(1), graph);
    await store.put(imported('lost'), bytes(1), graph);
    await store.choose('liif-edsr', 'lost');
    await folder.remove('lost.bin');
    await folder.write('broken.json', text(unreadable));
    await folder.write('broken.bin', bytes(1));
    await folder.write('half-way.bin', bytes(1));
    await folder.write('newer.json', text('{"schema":2}'));
    await folder.write('newer.bin', bytes(1));
    expect((await store.sweep()).sort()).toEqual([
      'The stored copy of "lost.pth" was damaged and has been removed: import the file again.',
      'Weights that you imported were damaged and have been removed: import the file again.',
    ]);
    const left = (await folder.names()).filter((name) => !name.startsWith('chosen-'));
    expect(left.sort()).toEqual(['good.bin', 'good.json', 'newer.bin', 'newer.json']);
    expect(await store.chosen('liif-edsr')).toBe(SHIPPED);
    expect(await store.sweep()).toEqual([]);
  });

  it('notices changed weights and a changed graph', async () => {
    const { folder, store } = open();
    await store.put(imported('a'), bytes(1, 2), graph);
    const newer = { ...graph, weights: { ...graph.weights, bytes: 6 } };
    expect(await refusal(() => store.get('a', newer), 'checksum-mismatch')).toContain('graph has changed');
    await folder.write('a.bin', bytes(1, 3));
    expect(await refusal(() => store.get('a', graph), 'checksum-mismatch')).toContain('"a.pth"');
    await folder.write('a.bin', bytes(1));
    await refusal(() => store.get('a', graph), 'checksum-mismatch');
  });

  /** No room for files whose names end so. */
  class Full extends MemoryFolder {
    ending: string | null = null;
    override write(name: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
      if (this.ending !== null && name.endsWith(this.ending))
        return Promise.reject(new LimpidError('storage-full', 'The storage is full, so nothing was kept.'));
      return super.write(name, content);
    }
  }

  it('leaves nothing behind when the storage is full', async () => {
    const { folder, store } = open(Object.assign(new Full(), { ending: '.json' }));
    await refusal(() => store.put(imported('a'), bytes(1), graph), 'storage-full');
    expect(await folder.names()).toEqual([]);
  });

  it.each(['.bin', '.json'])('keeps an import that worked when the storage is full for its %s', async (ending) => {
    const full = new Full();
    const { store } = open(full);
    await store.put(imported('a'), bytes(1, 2), graph);
    await store.choose('liif-edsr', 'a');
    full.ending = ending;
    await refusal(() => store.put(imported('a'), bytes(1, 2), graph), 'storage-full');
    expect((await store.get('a', graph))?.bytes).toEqual(bytes(1, 2));
    expect(await store.chosen('liif-edsr')).toBe('a');
  });

  it('does not choose an import whose weights are gone', async () => {
    const { folder, store } = open();
    await store.put(imported('a'), bytes(1), graph);
    await store.choose('liif-edsr', 'a');
    await folder.remove('a.bin');
    expect(await store.chosen('liif-edsr')).toBe(SHIPPED);
    await refusal(() => store.choose('liif-edsr', 'a'), 'bad-request');
  });

  it.each(['../a', 'a/b', 'limpid', '', 'A', 'a.b', 'chosen-x'])(
    'takes no id that is no plain name: "%s"',
    async (id) => {
      const { folder, store } = open();
      await expect(store.put(imported(id), bytes(1), graph)).rejects.toThrow(LimpidError);
      await store.remove(id);
      expect(await store.get(id, graph)).toBeNull();
      expect(await folder.names()).toEqual([]);
    },
  );

  it('keeps changes from two tabs apart', async () => {
    const { folder, store } = open();
    const other = new WeightsStore(folder);
    await Promise.all([
      store.put(imported('a'), bytes(1, 1), graph),
      other.put(imported('a'), bytes(2), graph),
      store.put(imported('b'), bytes(3), graph),
    ]);
    await Promise.all([other.remove('b'), store.choose('liif-edsr', 'a')]);
    // Whichever came last won whole: `get` compares the bytes with their record.
    expect(await store.get('a', graph)).not.toBeNull();
    expect((await store.list()).map(({ id }) => id)).toEqual(['a']);
    expect(await other.chosen('liif-edsr')).toBe('a');
  });
});
