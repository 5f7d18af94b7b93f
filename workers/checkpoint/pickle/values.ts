/**
 * What a pickle can become here. Nothing in this list has behaviour: an unpickled file is a tree of plain data, and
 * what Python would have made by running code is either one of the known inert kinds below or refused.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PyTuple
  | PyDict
  | PyGlobal
  | PyOpaque
  | PyForeign;

/** dict, OrderedDict and Counter. Keys that are not primitive compare by identity. */
export type PyDict = Map<PickleValue, PickleValue>;

/** Base of the host's own values (tensors, storages), so that the interpreter need not know them. */
export abstract class PyForeign {
  abstract readonly kind: string;
}

export class PyTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** A name of the closed list. It is only ever compared, never looked up in anything executable. */
export class PyGlobal {
  constructor(readonly name: string) {}
}

/** A value that a training loop stored and Limpid ignores (numpy scalar, set, device): kept only as "something". */
export class PyOpaque {
  constructor(readonly type: string) {}
}
