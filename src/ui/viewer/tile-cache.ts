/** What the cache needs of an ImageBitmap; bitmaps hold memory outside the heap until they are closed. */
interface Closable {
  close(): void;
}

interface Slot<T> {
  readonly value: T;
  readonly stamp: number;
}

/**
 * The least recently used tiles leave first, and are closed. `stamp`: the number of the latest arrival that was under the
 * tile when it was asked for; it holds the pixels of all arrivals up to there. One that is out of date is kept until its
 * successor comes.
 */
export class TileCache<T extends Closable> {
  readonly #slots = new Map<string, Slot<T>>();
  #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Grows when one screen needs more tiles than fit; it never shrinks again. */
  reserve(capacity: number): void {
    this.#capacity = Math.max(this.#capacity, capacity);
  }

  get(key: string): Slot<T> | undefined {
    const slot = this.#slots.get(key);
    if (slot !== undefined) {
      this.#slots.delete(key);
      this.#slots.set(key, slot);
    }
    return slot;
  }

  /** Puts a tile in; an older one under the same key is closed. A tile older than the one in place is closed itself. */
  put(key: string, value: T, stamp: number): void {
    const present = this.#slots.get(key);
    if (present !== undefined && present.stamp > stamp) {
      value.close();
      return;
    }
    present?.value.close();
    this.#slots.delete(key);
    this.#slots.set(key, { value, stamp });
    for (const [oldest, slot] of this.#slots) {
      if (this.#slots.size <= this.#capacity) break;
      slot.value.close();
      this.#slots.delete(oldest);
    }
  }

  /** Drops and closes every tile whose key answers to `test`. */
  drop(test: (key: string) => boolean): void {
    for (const [key, slot] of this.#slots) {
      if (!test(key)) continue;
      slot.value.close();
      this.#slots.delete(key);
    }
  }
}
