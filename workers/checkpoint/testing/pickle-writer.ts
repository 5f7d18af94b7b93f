/**
 * Writes pickles of protocol 2 as CPython does, for tests: the values that torch.save produces, and hostile ones. It
 * shares no code with the reader.
 */
export type Py =
  null | boolean | number | string | readonly Py[] | PyDict | PyTuple | PyGlobal | PyCall | PyBuild | PyId | PyLong;

export class PyDict {
  constructor(readonly entries: readonly (readonly [Py, Py])[]) {}
}
export class PyTuple {
  readonly items: readonly Py[];
  constructor(...items: readonly Py[]) {
    this.items = items;
  }
}
export class PyGlobal {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}
}
/** callee(*args) */
export class PyCall {
  readonly args: readonly Py[];
  constructor(
    readonly callee: PyGlobal,
    ...args: readonly Py[]
  ) {
    this.args = args;
  }
}
/** object.__setstate__(state) */
export class PyBuild {
  constructor(
    readonly object: Py,
    readonly state: Py,
  ) {}
}
/** A persistent id. */
export class PyId {
  constructor(readonly id: Py) {}
}
export class PyLong {
  constructor(readonly value: bigint) {}
}

export const dict = (entries: Readonly<Record<string, Py>>): PyDict => new PyDict(Object.entries(entries));

export const orderedDict = (entries: readonly (readonly [Py, Py])[]): Py =>
  new Filled(new PyCall(new PyGlobal('collections', 'OrderedDict')), entries);

/** A dict-like object that gets its entries by SETITEMS. */
class Filled extends PyDict {
  constructor(
    readonly base: Py,
    entries: readonly (readonly [Py, Py])[],
  ) {
    super(entries);
  }
}

export function writePickle(value: Py): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  writer.bytes.push(0x80, 2);
  writer.value(value);
  writer.bytes.push(0x2e);
  return Uint8Array.from(writer.bytes);
}

class Writer {
  readonly bytes: number[] = [];

  value(value: Py): void {
    if (value === null) this.op('N');
    else if (typeof value === 'boolean') this.bytes.push(value ? 0x88 : 0x89);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'string') this.text(value);
    else if (value instanceof PyLong) this.long(value.value);
    else if (value instanceof PyDict) this.entries(value);
    else if (value instanceof PyTuple) this.tuple(value.items);
    else if (value instanceof PyGlobal) this.global(value);
    else if (value instanceof PyCall) this.callee(value);
    else if (value instanceof PyBuild) this.build(value);
    else if (value instanceof PyId) this.id(value);
    else this.list(value);
  }

  private op(letter: string): void {
    this.bytes.push(letter.charCodeAt(0));
  }

  private uint32(value: number): void {
    this.bytes.push(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255);
  }

  private number(value: number): void {
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) {
      this.op('J');
      this.uint32(value);
    } else if (Number.isInteger(value)) {
      this.long(BigInt(value));
    } else {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, value, false);
      this.op('G');
      this.bytes.push(...new Uint8Array(view.buffer));
    }
  }

  private long(value: bigint): void {
    const bytes: number[] = [];
    for (let rest = value; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 255n));
    if ((bytes.at(-1) ?? 0) > 127) bytes.push(0);
    this.bytes.push(0x8a, bytes.length, ...bytes);
  }

  private text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.op('X');
    this.uint32(bytes.length);
    for (const byte of bytes) this.bytes.push(byte);
  }

  private entries(value: PyDict): void {
    if (value instanceof Filled) this.value(value.base);
    else this.op('}');
    this.op('(');
    for (const [key, item] of value.entries) {
      this.value(key);
      this.value(item);
    }
    this.op('u');
  }

  private tuple(items: readonly Py[]): void {
    this.op('(');
    for (const item of items) this.value(item);
    this.op('t');
  }

  private list(items: readonly Py[]): void {
    this.op(']');
    this.op('(');
    for (const item of items) this.value(item);
    this.op('e');
  }

  private global({ module, name }: PyGlobal): void {
    this.op('c');
    this.bytes.push(...new TextEncoder().encode(`${module}\n${name}\n`));
  }

  private callee({ callee, args }: PyCall): void {
    this.global(callee);
    this.tuple(args);
    this.op('R');
  }

  private build({ object, state }: PyBuild): void {
    this.value(object);
    this.value(state);
    this.op('b');
  }

  private id({ id }: PyId): void {
    this.value(id);
    this.op('Q');
  }
}
