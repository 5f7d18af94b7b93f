/** A small flat folder of files: OPFS in the browser, a Map in tests and private windows. */
export interface FileFolder {
  /** Its files outlive the page. */
  readonly lasting: boolean;
  names(): Promise<readonly string[]>;
  /** Null when there is no such file. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Replaces the file whole, or leaves it as it was; where it can only be written in place, a failure removes it.
   * @throws LimpidError `storage-full`
   */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** No error when there is no such file. */
  remove(name: string): Promise<void>;
  /** Runs one change at a time, across tabs where the browser can. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** For browsers without storage (private windows of some): imports last as long as the worker. */
export class MemoryFolder implements FileFolder {
  readonly lasting = false;
  private readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  private last: Promise<unknown> = Promise.resolve();

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return Promise.resolve(this.files.get(name)?.slice() ?? null);
  }

  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.files.set(name, bytes.slice());
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const run = this.last.then(work, work);
    this.last = run.catch(() => undefined);
    return run;
  }
}
