import { badCheckpoint, unsafeCheckpoint } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { Cursor } from './cursor.ts';
import { OP, opName } from './opcodes.ts';
import { readScalar } from './scalars.ts';
import { PyGlobal, PyOpaque, PyTuple, type PickleValue } from './values.ts';

/** What the interpreter may do beyond plain containers: the file format decides, from a closed list. */
export interface PickleHost {
  /** The inert stand-in for `module.name`. @throws LimpidError `unsafe-checkpoint` when it is not on the list. */
  global(module: string, name: string): PyGlobal;
  /** The value that calling `callee` would give. `spend` charges elements that are copied. */
  call(callee: PyGlobal, args: readonly PickleValue[], spend: (elements: number) => void): PickleValue;
  /** The value of a persistent id: a storage. */
  persistent(id: PickleValue): PickleValue;
}

/**
 * Reads one pickle of protocol 0 to 5 without running anything (format: CPython Lib/pickletools.py). It is a stack
 * machine without recursion: nesting costs no call stack, and the count of operations is bounded.
 * @returns the value and the position after the pickle's last byte.
 * @throws LimpidError `unsafe-checkpoint` or `bad-checkpoint`; PickleEnd when the bytes end first.
 */
export function unpickle(bytes: Uint8Array, host: PickleHost, start = 0): { value: PickleValue; end: number } {
  const machine = new Machine(new Cursor(bytes, start), host);
  const value = machine.run();
  return { value, end: machine.cursor.position };
}

class Machine {
  private readonly stack: PickleValue[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private budget: number = LIMITS.pickleOperations;

  constructor(
    readonly cursor: Cursor,
    private readonly host: PickleHost,
  ) {}

  run(): PickleValue {
    for (;;) {
      this.spend(1);
      const op = this.cursor.uint8();
      if (op === OP.STOP) return this.pop();
      const scalar = readScalar(op, this.cursor);
      if (scalar !== undefined) this.push(scalar);
      else if (!this.container(op) && !this.memory(op) && !this.object(op)) {
        throw damaged(`the operation ${opName(op)} at byte ${this.cursor.position - 1}`);
      }
    }
  }

  private readonly spend = (elements: number): void => {
    this.budget -= elements;
    if (this.budget < 0) {
      throw badCheckpoint(
        'This checkpoint has far more entries than any of the five networks needs, so it is refused.',
        `more than ${LIMITS.pickleOperations} pickle operations`,
      );
    }
  };

  private push(value: PickleValue): true {
    this.stack.push(value);
    return true;
  }

  private pop(): PickleValue {
    const value = this.stack.length > (this.marks.at(-1) ?? 0) ? this.stack.pop() : undefined;
    if (value === undefined) throw damaged('a value is taken from an empty stack');
    return value;
  }

  private top(): PickleValue {
    const value = this.pop();
    this.stack.push(value);
    return value;
  }

  private popMark(): PickleValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw damaged('a mark is missing');
    return this.stack.splice(mark);
  }

  private container(op: number): boolean {
    switch (op) {
      case OP.EMPTY_LIST:
        return this.push([]);
      case OP.EMPTY_TUPLE:
        return this.push(new PyTuple([]));
      case OP.EMPTY_DICT:
        return this.push(new Map());
      case OP.EMPTY_SET:
        return this.push(new PyOpaque('set'));
      case OP.LIST:
        return this.push(this.popMark());
      case OP.TUPLE:
        return this.push(new PyTuple(this.popMark()));
      case OP.TUPLE1:
      case OP.TUPLE2:
      case OP.TUPLE3: {
        const items: PickleValue[] = [];
        for (let count = op - OP.TUPLE1 + 1; count > 0; count--) items.unshift(this.pop());
        return this.push(new PyTuple(items));
      }
      case OP.DICT: {
        const items = this.popMark();
        this.push(new Map());
        return this.setItems(items);
      }
      case OP.FROZENSET:
        this.popMark();
        return this.push(new PyOpaque('frozenset'));
      case OP.APPEND:
        return this.append([this.pop()]);
      case OP.APPENDS:
        return this.append(this.popMark());
      case OP.SETITEM: {
        const value = this.pop();
        return this.setItems([this.pop(), value]);
      }
      case OP.SETITEMS:
        return this.setItems(this.popMark());
      case OP.ADDITEMS: {
        this.popMark();
        if (this.top() instanceof PyOpaque) return true;
        throw damaged('items are added to something that is not a set');
      }
      default:
        return false;
    }
  }

  private append(items: readonly PickleValue[]): true {
    const list = this.top();
    if (!Array.isArray(list)) throw damaged('an item is appended to something that is not a list');
    for (const item of items) list.push(item);
    return true;
  }

  private setItems(items: readonly PickleValue[]): true {
    const dict = this.top();
    if (!(dict instanceof Map) || items.length % 2 !== 0)
      throw damaged('an entry is set in something that is not a dict');
    for (let i = 0; i < items.length; i += 2) dict.set(items[i] ?? null, items[i + 1] ?? null);
    return true;
  }

  /** Stack, marks and memo. */
  private memory(op: number): boolean {
    const { cursor } = this;
    switch (op) {
      case OP.PROTO: {
        const version = cursor.uint8();
        if (version > 5) throw damaged(`pickle protocol ${version}`);
        return true;
      }
      case OP.FRAME:
        cursor.length64();
        return true;
      case OP.MARK:
        this.marks.push(this.stack.length);
        return true;
      case OP.POP:
        // CPython lets POP take a mark as well.
        if (this.stack.length === this.marks.at(-1)) this.marks.pop();
        else this.pop();
        return true;
      case OP.POP_MARK:
        this.popMark();
        return true;
      case OP.DUP:
        return this.push(this.top());
      case OP.BINGET:
        return this.get(cursor.uint8());
      case OP.LONG_BINGET:
        return this.get(cursor.uint32());
      case OP.GET:
        return this.get(Number(cursor.line()));
      case OP.BINPUT:
        return this.put(cursor.uint8());
      case OP.LONG_BINPUT:
        return this.put(cursor.uint32());
      case OP.PUT:
        return this.put(Number(cursor.line()));
      case OP.MEMOIZE:
        return this.put(this.memo.size);
      default:
        return false;
    }
  }

  private get(index: number): true {
    const value = this.memo.get(index);
    if (value === undefined) throw damaged(`memo entry ${index} is missing`);
    return this.push(value);
  }

  private put(index: number): true {
    this.memo.set(index, this.top());
    return true;
  }

  /** What would run code in Python. Names come from the host's closed list; the rest is refused by name. */
  private object(op: number): boolean {
    const { cursor, host } = this;
    switch (op) {
      case OP.GLOBAL:
        return this.push(host.global(cursor.line(), cursor.line()));
      case OP.STACK_GLOBAL: {
        const [name, module] = [this.pop(), this.pop()];
        if (typeof module !== 'string' || typeof name !== 'string') throw damaged('a global without a name');
        return this.push(host.global(module, name));
      }
      case OP.REDUCE:
      case OP.NEWOBJ: {
        const [args, callee] = [this.pop(), this.pop()];
        if (!(args instanceof PyTuple)) throw damaged('a call without arguments');
        return this.push(host.call(asGlobal(callee), args.items, this.spend));
      }
      case OP.BUILD: {
        this.pop();
        const target = this.top();
        // A state dict's `_metadata`, a numpy dtype's byte order: attributes that no tensor needs.
        if (target instanceof Map || target instanceof PyOpaque) return true;
        throw unsafeCheckpoint('code of its own on a tensor (BUILD)');
      }
      case OP.BINPERSID:
        return this.push(host.persistent(this.pop()));
      case OP.PERSID:
        return this.push(host.persistent(cursor.line()));
      case OP.INST: {
        const name = `${cursor.line()}.${cursor.line()}`;
        throw unsafeCheckpoint(name, 'INST');
      }
      case OP.OBJ: {
        const [callee] = this.popMark();
        throw unsafeCheckpoint(asGlobal(callee ?? null).name, 'OBJ');
      }
      case OP.NEWOBJ_EX: {
        this.pop();
        this.pop();
        throw unsafeCheckpoint(asGlobal(this.pop()).name, 'NEWOBJ_EX');
      }
      case OP.EXT1:
      case OP.EXT2:
      case OP.EXT4:
        throw unsafeCheckpoint('a registered pickle extension', opName(op));
      default:
        return false;
    }
  }
}

function asGlobal(value: PickleValue): PyGlobal {
  if (value instanceof PyGlobal) return value;
  throw unsafeCheckpoint('a value that is not a function of the known list');
}

const damaged = (detail: string) =>
  badCheckpoint('This checkpoint is damaged or not one: its pickled part cannot be read.', detail);
