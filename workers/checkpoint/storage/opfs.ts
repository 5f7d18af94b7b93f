import { LimpidError } from '../../../contract/result.ts';
import { bytesText } from '../errors.ts';
import { MemoryFolder, type FileFolder } from './files.ts';

const FOLDER = 'imported-weights';
const LOCK = 'limpid-imported-weights';

const openDirectory = async (): Promise<FileSystemDirectoryHandle> => {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
};

const openOpfs = async (): Promise<OpfsFolder> => new OpfsFolder(await openDirectory());

/** The origin's private file system, or memory where the browser has none (some private windows). */
export async function openFolder(): Promise<FileFolder> {
  try {
    return await openOpfs();
  } catch (error) {
    return isNamed(error, 'QuotaExceededError') ? new FullFolder() : new MemoryFolder();
  }
}

/**
 * Stands in where storage is so full that not even the directory can be made: nothing is in it, and a write tries again and
 * says what is wrong. Memory would take an import and lose it with the page.
 */
class FullFolder implements FileFolder {
  readonly lasting = true;
  #opened: FileFolder | null = null;

  names = async (): Promise<readonly string[]> => this.#opened?.names() ?? [];
  read = async (name: string): Promise<Uint8Array<ArrayBuffer> | null> => this.#opened?.read(name) ?? null;
  remove = async (name: string): Promise<void> => this.#opened?.remove(name);
  exclusively = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request(LOCK, work);

  async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#opened ??= await openOpfs().catch(async (error: unknown) => {
      throw isNamed(error, 'QuotaExceededError') ? await storageFull(bytes.length) : error;
    });
    return this.#opened.write(name, bytes);
  }
}

/**
 * Files of one OPFS directory. Runs in a worker: synchronous access handles exist nowhere else. The directory may go while
 * the page lives, as browsers clear a site's data when asked to or when the disk is full: then it is empty, and made again by
 * the next write.
 */
export class OpfsFolder implements FileFolder {
  readonly lasting = true;

  constructor(private directory: FileSystemDirectoryHandle) {}

  async names(): Promise<readonly string[]> {
    const names: string[] = [];
    try {
      for await (const name of this.directory.keys()) names.push(name);
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return [];
      throw error;
    }
    return names;
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const handle = await this.directory.getFileHandle(name);
      return new Uint8Array(await (await handle.getFile()).arrayBuffer());
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return null;
      throw error;
    }
  }

  async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    let whole = await this.has(name);
    try {
      const handle = await this.make(name);
      if ('createWritable' in handle) await writeAtOnce(handle, bytes);
      else if (hasSyncAccess(handle)) await writeInPlace(handle, bytes, () => (whole = false));
      else throw new DOMException('this browser cannot write files', 'NotSupportedError');
    } catch (error) {
      // A file half written would be found damaged later; better none. One that still is as it was stays.
      if (!whole) await this.remove(name).catch(() => undefined);
      throw isNamed(error, 'QuotaExceededError') ? await storageFull(bytes.length) : error;
    }
  }

  private async make(name: string): Promise<FileSystemFileHandle> {
    try {
      return await this.directory.getFileHandle(name, { create: true });
    } catch (error) {
      if (!isNamed(error, 'NotFoundError')) throw error;
      this.directory = await openDirectory();
      return this.directory.getFileHandle(name, { create: true });
    }
  }

  private async has(name: string): Promise<boolean> {
    try {
      await this.directory.getFileHandle(name);
      return true;
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return false;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await this.directory.removeEntry(name);
    } catch (error) {
      if (!isNamed(error, 'NotFoundError')) throw error;
    }
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return navigator.locks.request(LOCK, work);
  }
}

/** Written beside and put in place when closed, so that another tab never sees half a file. */
async function writeAtOnce(handle: FileSystemFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const stream = await handle.createWritable();
  try {
    await stream.write(bytes);
  } catch (error) {
    await stream.abort().catch(() => undefined);
    throw error;
  }
  await stream.close();
}

/** The synchronous file access of workers, which the page's own types do not know. */
interface SyncHandle {
  createSyncAccessHandle(): Promise<{
    truncate(size: number): void;
    write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
    flush(): void;
    close(): void;
  }>;
}

const hasSyncAccess = (handle: object): handle is SyncHandle => 'createSyncAccessHandle' in handle;

/** Safari before 26 has synchronous handles only. `onEmptied`: from here on the file's earlier content is lost. */
async function writeInPlace(handle: SyncHandle, bytes: Uint8Array<ArrayBuffer>, onEmptied: () => void): Promise<void> {
  const access = await handle.createSyncAccessHandle();
  try {
    onEmptied();
    access.truncate(0);
    const written = access.write(bytes, { at: 0 });
    if (written !== bytes.length) throw new DOMException('short write', 'QuotaExceededError');
    access.flush();
  } finally {
    access.close();
  }
}

async function storageFull(needed: number): Promise<LimpidError> {
  const estimate = await navigator.storage.estimate().catch(() => null);
  const left = (estimate?.quota ?? 0) - (estimate?.usage ?? 0);
  // The disk can be full where the browser's own limit is not reached: then its estimate says nothing.
  const room = left > 0 && left < needed ? `, and about ${bytesText(left)} are left` : '';
  return new LimpidError(
    'storage-full',
    `The browser's storage is full: these weights need ${bytesText(needed)}${room}; remove imported weights or free disk space.`,
  );
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
