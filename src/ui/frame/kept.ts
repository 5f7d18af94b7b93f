import { useSyncExternalStore } from 'react';

/** A choice of this browser that outlives the page. */
export interface Kept<T extends string> {
  readonly get: () => T;
  readonly choose: (value: T) => void;
  readonly use: () => T;
}

/** Reads the choice kept under `key`: one of `values`, the first unless another was chosen. `apply` is told each value. */
export function kept<T extends string>(
  key: string,
  values: readonly [T, ...T[]],
  apply: (value: T) => void = () => undefined,
): Kept<T> {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  let current = stored(key, values);
  const get = (): T => current;
  apply(current);
  return {
    get,
    choose: (value) => {
      current = value;
      apply(value);
      for (const listener of listeners) listener();
      try {
        localStorage.setItem(key, value);
      } catch {
        // Nothing is lost but the memory of it.
      }
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}

/** Storage is refused in some private windows; the choice then lasts as long as the page. */
function stored<T extends string>(key: string, values: readonly [T, ...T[]]): T {
  try {
    const value = localStorage.getItem(key);
    return values.find((candidate) => candidate === value) ?? values[0];
  } catch {
    return values[0];
  }
}
