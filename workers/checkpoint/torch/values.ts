import { PyForeign } from '../pickle/values.ts';
import type { TensorLayout, TensorStorage } from '../tensor.ts';

/**
 * A storage as a pickle names it: key and size are known at once, its place in the file only when the container has
 * been read (`located`).
 */
export class StorageRef extends PyForeign {
  override readonly kind = 'storage';
  /** Set by the container. */
  located: TensorStorage | null = null;

  constructor(
    readonly key: string,
    /** Element type of the typed storage, null for UntypedStorage. */
    readonly dtype: TensorLayout['dtype'] | null,
    /** Whole storage in bytes, as declared. */
    readonly bytes: number,
    /** Bytes of one of the elements that the non-zip form counts in. */
    readonly elementBytes: number,
  ) {
    super();
  }
}

/** A window into another storage: files of PyTorch before 0.4 share storages like this. */
export class StorageView extends PyForeign {
  override readonly kind = 'storage view';
  constructor(
    readonly base: StorageRef,
    /** In elements. */
    readonly offset: number,
  ) {
    super();
  }
}

export class TensorRef extends PyForeign {
  override readonly kind = 'tensor';
  constructor(
    readonly layout: TensorLayout,
    readonly storage: StorageRef,
  ) {
    super();
  }
}
