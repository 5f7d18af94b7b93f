import { afterEach, describe, expect, it, vi } from 'vitest';
import { refusal } from '../testing/expectations.ts';
import { MemoryFolder } from './files.ts';
import { openFolder, OpfsFolder } from './opfs.ts';

/** The part of an OPFS directory that the store uses; a browser test covers the real one. */
class FakeDirectory {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Bytes that still fit. */
  room = 1000;
  /** Safari before 26 has no createWritable. */
  synchronous = false;
  /** Another tab has the file open. */
  locked = false;
  /** The browser has cleared the site's data. */
  cleared = false;

  keys(): AsyncIterableIterator<string> {
    return (async function* names({ files, cleared }) {
      if (cleared) throw new DOMException('gone', 'NotFoundError');
      for (const name of files.keys()) yield await Promise.resolve(name);
    })(this);
  }

  removeEntry(name: string): Promise<void> {
    return !this.cleared && this.files.delete(name)
      ? Promise.resolve()
      : Promise.reject(new DOMException('gone', 'NotFoundError'));
  }

  getFileHandle(name: string, { create = false } = {}): Promise<unknown> {
    if (this.cleared || !this.files.has(name)) {
      if (this.cleared || !create) return Promise.reject(new DOMException('gone', 'NotFoundError'));
      this.files.set(name, new Uint8Array(0));
    }
    const getFile = () => Promise.resolve(new Blob([this.files.get(name) ?? new Uint8Array(0)]));
    return Promise.resolve(
      this.synchronous
        ? { getFile, createSyncAccessHandle: this.access(name) }
        : { getFile, createWritable: this.writable(name) },
    );
  }

  private writable(name: string): () => Promise<unknown> {
    let pending = new Uint8Array(0);
    return () => {
      if (this.locked) return Promise.reject(new DOMException('locked', 'NoModificationAllowedError'));
      return Promise.resolve({
        write: (bytes: Uint8Array<ArrayBuffer>) => {
          if (bytes.length > this.room) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
          pending = bytes.slice();
          return Promise.resolve();
        },
        abort: () => Promise.resolve(),
        close: () => Promise.resolve(void this.files.set(name, pending)),
      });
    };
  }

  private access(name: string): () => Promise<unknown> {
    return () => {
      if (this.locked) return Promise.reject(new DOMException('locked', 'NoModificationAllowedError'));
      return Promise.resolve({
        truncate: () => undefined,
        write: (bytes: Uint8Array<ArrayBuffer>) => {
          const kept = bytes.slice(0, this.room);
          this.files.set(name, kept);
          return kept.length;
        },
        flush: () => undefined,
        close: () => undefined,
      });
    };
  }
}

afterEach(() => vi.unstubAllGlobals());

describe.each([false, true])('OpfsFolder, synchronous handles only: %s', (synchronous) => {
  function open(): { directory: FakeDirectory; folder: OpfsFolder } {
    const directory = new FakeDirectory();
    directory.synchronous = synchronous;
    return { directory, folder: new OpfsFolder(directory as unknown as FileSystemDirectoryHandle) };
  }

  it('writes, replaces, lists, reads and removes', async () => {
    const { folder } = open();
    await folder.write('a', Uint8Array.of(1, 2, 3));
    await folder.write('a', Uint8Array.of(9));
    expect(await folder.names()).toEqual(['a']);
    expect(await folder.read('a')).toEqual(Uint8Array.of(9));
    await folder.remove('a');
    await folder.remove('a');
    expect(await folder.read('a')).toBeNull();
  });

  it('says how much is needed and left when the storage is full, and leaves no part behind', async () => {
    vi.stubGlobal('navigator', { storage: { estimate: () => Promise.resolve({ quota: 5000, usage: 1000 }) } });
    const { directory, folder } = open();
    directory.room = 100;
    const sentence = await refusal(() => folder.write('a', new Uint8Array(4096)), 'storage-full');
    expect(sentence).toContain('4.1 kB');
    expect(sentence).toContain('about 4.0 kB are left');
    expect(directory.files.size).toBe(0);
  });

  it('keeps the file that was there when the storage is full, unless it had to be emptied first', async () => {
    vi.stubGlobal('navigator', { storage: { estimate: () => Promise.resolve({}) } });
    const { directory, folder } = open();
    await folder.write('a', Uint8Array.of(1, 2, 3));
    directory.room = 2;
    await refusal(() => folder.write('a', Uint8Array.of(4, 5, 6)), 'storage-full');
    expect(await folder.read('a')).toEqual(synchronous ? null : Uint8Array.of(1, 2, 3));
  });

  it('is empty when its directory was cleared away, and writes into a new one', async () => {
    const { directory, folder } = open();
    await folder.write('a', Uint8Array.of(1));
    const made = new FakeDirectory();
    made.synchronous = synchronous;
    const root = { getDirectoryHandle: () => Promise.resolve(made) };
    vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.resolve(root) } });
    directory.cleared = true;
    expect(await folder.names()).toEqual([]);
    expect(await folder.read('a')).toBeNull();
    await folder.remove('a');
    await folder.write('b', Uint8Array.of(2));
    expect(await folder.names()).toEqual(['b']);
    expect(await folder.read('b')).toEqual(Uint8Array.of(2));
  });

  it('keeps the file that was there when it cannot be opened for writing', async () => {
    const { directory, folder } = open();
    await folder.write('a', Uint8Array.of(1));
    directory.locked = true;
    await expect(folder.write('a', Uint8Array.of(2))).rejects.toThrow('locked');
    expect(await folder.read('a')).toEqual(Uint8Array.of(1));
  });
});

describe('openFolder', () => {
  it('keeps imports in memory where the browser has no storage', async () => {
    vi.stubGlobal('navigator', {
      storage: { getDirectory: () => Promise.reject(new DOMException('no', 'SecurityError')) },
    });
    const folder = await openFolder();
    expect(folder).toBeInstanceOf(MemoryFolder);
    expect(folder.lasting).toBe(false);
  });

  it('keeps them on the device where it has', async () => {
    vi.stubGlobal('navigator', {
      storage: { getDirectory: () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve({}) }) },
    });
    expect((await openFolder()).lasting).toBe(true);
  });
});
