import { beforeEach, expect, it, vi } from 'vitest';
import { startLaunch } from './launch.ts';
import { get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine } from './testing.ts';

const held = vi.hoisted(() => ({ engine: undefined as unknown }));
vi.mock('../engine/index.ts', () => ({
  get engine() {
    return held.engine;
  },
}));

type Handle = Pick<FileSystemFileHandle, 'name'> & { getFile: () => Promise<File> };
let launch: (params: { files: Handle[] }) => void;
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  held.engine = new FakeEngine();
  useLimpid.setState(INITIAL, true);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.stubGlobal('window', { launchQueue: { setConsumer: (consumer: typeof launch) => (launch = consumer) } });
  startLaunch();
});

it('opens the pictures that the system hands over', async () => {
  launch({ files: ['a.png', 'b.tif'].map((name) => ({ name, getFile: async () => new File(['x'], name) })) });
  await settled();
  expect(get().entries.map(({ info }) => info.name)).toEqual(['a.png', 'b.tif']);
  launch({ files: [] });
  await settled();
  expect(get().entries).toHaveLength(2);
});

it('says when a file cannot be read', async () => {
  launch({ files: [{ name: 'a.png', getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }] });
  await settled();
  expect(get().notice).toMatchObject({ place: 'open', tone: 'error' });
});
