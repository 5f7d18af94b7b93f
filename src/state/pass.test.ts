import { beforeEach, expect, it, vi } from 'vitest';
import type { EncodeOptions } from '../../contract/picture.ts';
import { fail, ok } from '../../contract/result.ts';
import { chooseCompressionQuality, chooseFormat } from './choose.ts';
import { isAtStake } from './leave.ts';
import { openFiles } from './open.ts';
import { copy, share } from './pass.ts';
import { restore } from './run.ts';
import { start } from './start.ts';
import { get, INITIAL, useLimpid } from './store.ts';
import { FakeEngine, infoOf, reportOf } from './testing.ts';

const held = vi.hoisted(() => ({ engine: undefined as unknown }));
vi.mock('../engine/index.ts', () => ({
  get engine() {
    return held.engine;
  },
}));

let engine: FakeEngine;
let asked: EncodeOptions[];
const settled = () => new Promise((resolve) => setTimeout(resolve));
const shareWith = vi.fn<(data: { files: File[] }) => Promise<void>>();
const write = vi.fn<(items: { data: Record<string, Promise<Blob>> }[]) => Promise<void>>();
class FakeItem {
  constructor(readonly data: Record<string, Promise<Blob>>) {}
}

/** A 16-bit picture with its result, in a browser that copies and shares. */
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.stubGlobal('ClipboardItem', FakeItem);
  vi.stubGlobal('navigator', { share: shareWith, clipboard: { write } });
  shareWith.mockReset().mockResolvedValue();
  write.mockReset().mockImplementation(async ([item]) => void (await item?.data['image/png']));
  engine = new FakeEngine();
  held.engine = engine;
  asked = [];
  vi.spyOn(engine, 'open').mockImplementation(async (id) => ok({ ...infoOf(id), depth: 16 }));
  vi.spyOn(engine, 'encode').mockImplementation(async (_, options) => {
    asked.push(options);
    return engine.encoded;
  });
  useLimpid.setState(INITIAL, true);
  await start();
  await openFiles([{ blob: new Blob(['x']), name: 'a.png' }]);
  restore();
  await settled();
  const [run] = engine.runs;
  run?.end(ok(reportOf(run.request.picture, run.request.recipe)));
  await settled();
  engine.encoded = ok({ blob: new Blob(['x'], { type: 'image/png' }), name: 'a-2x.png', format: 'png', notes: [] });
});

it('copies a PNG whatever the format; the result is still to be saved', async () => {
  chooseFormat('jpeg');
  expect(await copy()).toBe(true);
  expect(asked).toEqual([{ format: 'png' }]);
  expect(get().saving.kind).toBe('no');
  expect(isAtStake(get())).toBe(true);
});

it('says why nothing was copied', async () => {
  write.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
  expect(await copy()).toBe(false);
  expect(get().notice).toMatchObject({ place: 'save', tone: 'error' });
  expect(get().notice?.text).toContain('refused to copy');
  engine.encoded = fail('encode-failed', 'There is too little memory.');
  expect(await copy()).toBe(false);
  expect(get().notice?.text).toBe('There is too little memory.');
});

it('shares what Download would save, at 16 bits until another format is chosen', async () => {
  await share();
  chooseFormat('webp');
  chooseCompressionQuality(70);
  await share();
  expect(asked.map(({ format, quality }) => [format, quality])).toEqual([
    ['png16', 0.92],
    ['webp', 0.7],
  ]);
  expect(shareWith.mock.calls[0]?.[0].files[0]?.name).toBe('a-2x.png');
  expect(isAtStake(get())).toBe(false);
});

it('is silent when the person closes the list of programs', async () => {
  shareWith.mockRejectedValueOnce(new DOMException('closed', 'AbortError'));
  await share();
  expect(get().notice).toBeNull();
  expect(isAtStake(get())).toBe(true);
});

it('keeps a file that was ready too late for the press, and shares it with the next one', async () => {
  shareWith.mockRejectedValueOnce(new DOMException('late', 'NotAllowedError'));
  await share();
  expect(get().notice).toMatchObject({ place: 'save', tone: 'note' });
  await share();
  expect(asked).toHaveLength(1);
  expect(shareWith).toHaveBeenCalledTimes(2);
  expect(get().notice).toBeNull();
  shareWith.mockRejectedValue(new DOMException('never', 'NotAllowedError'));
  await share();
  await share();
  expect(get().notice).toMatchObject({ tone: 'error', text: expect.stringContaining('could not share') as string });
});
