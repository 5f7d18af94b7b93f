import { describe, expect, it } from 'vitest';
import { refusal } from '../testing/expectations.ts';
import { dict, PyLong, PyTuple as Tuple, writePickle } from '../testing/pickle-writer.ts';
import { TorchHost } from '../torch/storages.ts';
import { PickleEnd } from './cursor.ts';
import { unpickle } from './machine.ts';
import { PyOpaque, PyTuple } from './values.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const load = (text: string) => unpickle(bytes(text), new TorchHost()).value;

describe('unpickle', () => {
  it('reads what a pickle of protocol 2 holds', () => {
    const pickle = writePickle(
      dict({ a: [1, -2, 2.5, true, null], b: new Tuple('x', new PyLong(2n ** 70n)), c: dict({}) }),
    );
    const { value, end } = unpickle(pickle, new TorchHost());
    expect(value).toEqual(
      new Map<string, unknown>([
        ['a', [1, -2, 2.5, true, null]],
        ['b', new PyTuple(['x', 2n ** 70n])],
        ['c', new Map()],
      ]),
    );
    expect(end).toBe(pickle.length);
  });

  it.each([
    [
      'protocol 0',
      "(dp0\nS'a'\np1\nI1\nsS'b'\n(lp2\nI01\naF2.5\naL7L\nas.",
      new Map<string, unknown>([
        ['a', 1],
        ['b', [true, 2.5, 7]],
      ]),
    ],
    [
      'negative and long integers',
      '(\x8a\x01\xff\x8a\x02\x00\x80\x8a\x00\x8b\x02\0\0\0\x39\x30t.',
      new PyTuple([-1, -32768, 0, 12345]),
    ],
    [
      'short tuples',
      '(K\x01\x85K\x02K\x03\x86K\x04K\x05K\x06\x87t.',
      new PyTuple([new PyTuple([1]), new PyTuple([2, 3]), new PyTuple([4, 5, 6])]),
    ],
    [
      'protocol 4: frames, memo, short text',
      '\x80\x04\x95\x10\0\0\0\0\0\0\0]\x94(\x8c\x02hi\x94h\x01C\x01ze.',
      ['hi', 'hi', bytes('z')],
    ],
    ['Python 2 text', '(U\x02hiT\x02\0\0\0yot.', new PyTuple(['hi', 'yo'])],
    ['sets as something ignored', '\x8f(K\x01\x90.', new PyOpaque('set')],
    ['POP, POP_MARK and DUP', '(NN1K\x07K\x0802\x86.', new PyTuple([7, 7])],
  ])('reads %s', (_, text, value) => expect(load(text)).toEqual(value));

  it('keeps a list that contains itself as it is', () => {
    const loop = load(']q\x00h\x00a.');
    expect(Array.isArray(loop) && loop[0] === loop).toBe(true);
  });

  it.each([
    ['a global', 'cos\nsystem\n.', 'os.system'],
    ['os.system as Python pickles it', 'cposix\nsystem\n.', 'os.system (posix.system)'],
    ['a call', "cos\nsystem\n(S'true'\ntR.", 'os.system'],
    ['eval by the other spelling', '\x80\x04\x8c\x08builtins\x8c\x04eval\x93.', 'builtins.eval'],
    ['a nested name', '\x80\x04\x8c\x05torch\x8c\x0dhub.load.evil\x93.', 'torch.hub.load.evil'],
    ['INST', "(S'true'\nios\nsystem\n.", 'os.system'],
    ['OBJ', '(ctorch\nSize\no.', 'torch.Size'],
    ['NEWOBJ_EX', 'ctorch\nSize\n)}\x92.', 'torch.Size'],
    ['an extension code', '\x82\x07.', 'extension'],
    ['a call of a value', 'K\x01)R.', 'not a function of the known list'],
    ['a call of a type', 'ctorch\nFloatStorage\n)R.', 'torch.FloatStorage'],
    ['a tensor made by its class', 'ctorch\nTensor\n)R.', 'constructor'],
    ['__setstate__ on a number', 'K\x01}b.', 'BUILD'],
    ['a whole pickled module', '(\x8c\x06moduleNNNtQ.', 'module'],
    ['a prototype key of the list', 'ctorch\nconstructorStorage\n.', 'constructorStorage'],
    ['control characters in a name', 'cos\x1b[31m\nsystem\n.', 'os'],
  ])('refuses %s by name', async (_, text, name) => {
    const sentence = await refusal(() => load(text), 'unsafe-checkpoint');
    expect(sentence).toContain(name);
  });

  it.each([
    ['an empty stack', '0.'],
    ['a value from below a mark', 'K\x01(0000.'],
    ['a missing mark', 'tR.'],
    ['a missing memo entry', 'h\x05.'],
    ['an unknown operation', '\xff.'],
    ['an out-of-band buffer', '\x97.'],
    ['a future protocol', '\x80\x09.'],
    ['appending to a number', 'K\x01K\x02a.'],
    ['a dict of an odd length', '}(K\x01u.'],
    ['an integer that is text', 'Ihello\n.'],
    ['an integer of 200 bytes', `\x8a\xc8${'\x01'.repeat(200)}.`],
    ['a string of 3 GB', 'X\0\0\0\xc0abc.'],
    ['a 64-bit length', '\x8d\xff\xff\xff\xff\xff\xff\xff\x7fabc.'],
    ['a line without end', `c${'a'.repeat(5000)}`],
    ['a call with no arguments', 'ctorch\nSize\nNR.'],
    ['a storage id that is a number', 'K\x05Q.'],
    ['a tensor without a storage', 'ctorch._utils\n_rebuild_tensor_v2\n(K\x01K\x00))\x89NtR.'],
  ])('calls %s damage', async (_, text) => {
    await refusal(() => load(text), 'bad-checkpoint');
  });

  it('tells bytes that end too soon apart, at every length', () => {
    const whole = writePickle(dict({ a: [1, 2.5, 'text'], b: new PyLong(2n ** 70n) }));
    for (let length = 0; length < whole.length; length++) {
      expect(() => unpickle(whole.subarray(0, length), new TorchHost())).toThrow(PickleEnd);
    }
  });

  it('nests without recursion and stops at its budget', async () => {
    const deep = `${']'.repeat(100_000)}${'a'.repeat(99_999)}.`;
    expect(load(deep)).toHaveLength(1);
    await refusal(() => unpickle(new Uint8Array(3_000_000).fill(0x4e), new TorchHost()), 'bad-checkpoint');
  });

  it('charges what a call copies', async () => {
    // A list of 2000 pairs, made into a dict 2000 times: few operations, four million entries.
    const pairs = `(${'K\x01K\x02\x86'.repeat(2000)}lq\x00`;
    const calls = 'ccollections\nOrderedDict\nh\x00\x85R0'.repeat(2000);
    await refusal(() => load(`${pairs}${calls}.`), 'bad-checkpoint');
  });
});
