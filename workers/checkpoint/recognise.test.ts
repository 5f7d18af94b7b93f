import { describe, expect, it } from 'vitest';
import { NETWORK_IDS, type NetworkId } from '../../contract/manifest.ts';
import { FileBytes } from './bytes.ts';
import { LAYOUTS } from './networks/layout.ts';
import { openCheckpoint } from './open.ts';
import { checkSharedSlope, recognise } from './recognise.ts';
import { findStateDicts } from './state-dict.ts';
import { refusal } from './testing/expectations.ts';
import { flatStateDict } from './testing/networks.ts';
import {
  expanded,
  floatStorage,
  rawStorage,
  tensor,
  zipForm,
  type TestTensor,
  type Tree,
} from './testing/torch-writer.ts';

const open = async (root: Tree) => recognise(findStateDicts(await openCheckpoint(new FileBytes(zipForm(root)))));

const renamed = (dict: Record<string, TestTensor>, rename: (name: string) => string): Record<string, TestTensor> =>
  Object.fromEntries(Object.entries(dict).map(([name, value]) => [rename(name), value]));

/** Tensors and parameters of each network: the authors' own counts without what inference leaves out. */
const COUNTS: Readonly<Record<NetworkId, readonly [tensors: number, parameters: number]>> = {
  'liif-edsr': [78, 1_567_299],
  'liif-rdn': [306, 22_320_835],
  'mimo-unet': [240, 6_801_981],
  'mimo-unet-plus': [528, 16_102_461],
  mssnet: [323, 15_594_171],
};

describe.each(NETWORK_IDS)('%s', (network) => {
  const dict = flatStateDict(network);
  const [first = '', shape = []] = [...LAYOUTS[network]()][0] ?? [];

  it('has the tensors and parameters of the published network', () => {
    const shapes = [...LAYOUTS[network]().values()];
    const parameters = shapes.reduce((sum, sides) => sum + sides.reduce((product, side) => product * side, 1), 0);
    expect([shapes.length, parameters]).toEqual(COUNTS[network]);
  });

  it('is recognised wherever its state dict sits', async () => {
    const places: Tree[] = [
      dict,
      { model: dict },
      {
        model: { name: 'x', args: { width: 64 }, sd: dict },
        optimizer: { state: { '0': { exp_avg: tensor([2], [1, 2]) } } },
        epoch: 3,
      },
      { model_state_dict: renamed(dict, (name) => `module.${name}`), epoch: 3000, all_step: 7 },
      { state_dict: dict },
      { params: dict },
      { checkpoint: { state: { generator: dict } } },
      renamed(dict, (name) => `_orig_mod.module.${name}`),
      { ...renamed(dict, (name) => `module.${name}`), n_averaged: tensor([], [1]) },
    ];
    for (const place of places) {
      const found = await open(place);
      expect(found.network).toBe(network);
      expect([...found.tensors.keys()]).toContain(first);
    }
  });

  it('names a missing tensor with the shape that it should have', async () => {
    for (const name of [first, [...LAYOUTS[network]().keys()].at(-1) ?? '']) {
      const { [name]: _, ...rest } = dict;
      const sentence = await refusal(() => open({ model: rest }), 'tensor-missing');
      expect(sentence).toContain(`"${name}"`);
      expect(sentence).toContain((LAYOUTS[network]().get(name) ?? []).join(' × '));
    }
  });

  it('names a misshapen tensor with both shapes', async () => {
    const wrong = { ...dict, [first]: expanded([...shape, 2], floatStorage([1])) };
    const sentence = await refusal(() => open({ model: wrong }), 'tensor-shape');
    expect(sentence).toContain(`"${first}"`);
    expect(sentence).toContain([...shape, 2].join(' × '));
    expect(sentence).toContain(`needs ${shape.join(' × ')}`);
  });

  it('refuses integers in place of weights', async () => {
    const wrong = { ...dict, [first]: expanded(shape, rawStorage('Long', 1, new Uint8Array(8))) };
    expect(await refusal(() => open(wrong), 'bad-checkpoint')).toContain('int64');
  });
});

describe('tensors that inference does not use', () => {
  it('are passed over', async () => {
    const one = tensor([1], [NaN]);
    await open({ ...flatStateDict('liif-edsr'), 'encoder.sub_mean.weight': one, 'encoder.add_mean.bias': one });
    await open({ ...flatStateDict('mssnet'), 'tail1_1.tail.weight': one, 'tail3_2.weight': one });
    await open({ ...flatStateDict('mimo-unet'), 'ConvsOut.0.main.0.weight': one });
  });
});

describe('relatives', () => {
  const mssnet = (width: number, middle: number, deep: number): Record<string, TestTensor> => {
    const to = new Map([
      [54, width],
      [96, middle],
      [138, deep],
      [108, 2 * width],
    ]);
    const storage = floatStorage([1]);
    return Object.fromEntries(
      [...LAYOUTS.mssnet()].map(([name, shape]) => [
        name,
        expanded(
          shape.map((side) => to.get(side) ?? side),
          storage,
        ),
      ]),
    );
  };

  it.each([
    ['small (20/40/40)', mssnet(20, 60, 100)],
    ['large (80/50/50)', mssnet(80, 130, 180)],
  ])('MSSNet %s is told to have no graph', async (size, dict) => {
    const sentence = await refusal(() => open({ model_state_dict: dict }), 'unknown-network');
    expect(sentence).toContain(size);
    expect(sentence).toContain('54/42/42');
  });

  it('MSSNet of another width names the first tensor that differs', async () => {
    expect(await refusal(() => open(mssnet(32, 64, 96)), 'tensor-shape')).toContain('shallow_feat1.0.weight');
  });

  it('MIMO-UNet of another depth says so', async () => {
    const dict = Object.fromEntries(
      Object.entries(flatStateDict('mimo-unet-plus')).filter(([name]) => !/layers\.1[2-9]\./.test(name)),
    );
    expect(await refusal(() => open(dict), 'unknown-network')).toContain('12 residual blocks');
  });

  it('LIIF with another encoder says so', async () => {
    const dict = renamed(flatStateDict('liif-edsr'), (name) => name.replace('encoder.body', 'encoder.layers'));
    expect(await refusal(() => open(dict), 'unknown-network')).toContain('another encoder');
  });

  it('a wider EDSR names the first tensor that differs', async () => {
    const storage = floatStorage([1]);
    const dict = Object.fromEntries(
      [...LAYOUTS['liif-edsr']()].map(([name, shape]) => [
        name,
        expanded(
          shape.map((side) => (side === 64 ? 256 : side)),
          storage,
        ),
      ]),
    );
    expect(await refusal(() => open(dict), 'tensor-shape')).toContain('256 × 3 × 3 × 3');
  });
});

describe('anything else', () => {
  it('is told by the names that it has', async () => {
    const dict = {
      'conv1.weight': tensor([1], [1]),
      'bn1.bias': tensor([1], [1]),
      'fc.weight': tensor([1], [1]),
      'fc.bias': tensor([1], [1]),
    };
    const sentence = await refusal(
      () => open({ epoch: 1, optimizer: { a: tensor([1], [1]) }, model: dict }),
      'unknown-network',
    );
    expect(sentence).toContain('"conv1.weight", "bn1.bias", "fc.weight" and 1 more');
  });

  it('is told to have no tensors when it has none', async () => {
    expect(await refusal(() => open({ epoch: 1, note: 'hello' }), 'unknown-network')).toContain('no named tensors');
    expect(await refusal(() => open([1, 2]), 'unknown-network')).toContain('no named tensors');
  });
});

describe("MSSNet's shared PReLU", () => {
  const slopes = [...LAYOUTS.mssnet().keys()].filter((name) => name.endsWith('.body.1.weight'));

  it('has 87 names, of which one is enough', async () => {
    expect(slopes).toHaveLength(87);
    const dict = flatStateDict('mssnet');
    for (const name of slopes.slice(1)) delete dict[name];
    const { tensors } = await open(dict);
    expect(slopes.every((name) => tensors.has(name))).toBe(true);
    await checkSharedSlope(tensors);
  });

  it('must be the same number everywhere', async () => {
    const dict = { ...flatStateDict('mssnet'), [slopes[5] ?? '']: tensor([1], [0.5]) };
    const { tensors } = await open(dict);
    expect(await refusal(() => checkSharedSlope(tensors), 'unknown-network')).toContain(slopes[5]);
  });
});
