import { describe, expect, it } from 'vitest';
import type { LoadableModel, Planar } from '../../contract/inference-api.ts';
import type { Manifest } from '../../contract/manifest.ts';
import { largestDifference, prove } from './prove.ts';
import type { ModelSession } from './session.ts';

const SIDE = 4;

const picture = (value: number): Planar => ({
  data: new Float32Array(3 * SIDE * SIDE).fill(value),
  channels: 3,
  width: SIDE,
  height: SIDE,
});

/** One sample of a grey picture is `value`. */
function withSample(value: number): Planar {
  const answer = picture(0.5);
  answer.data[17] = value;
  return answer;
}

/** A deblurring model; `known` is the golden answer, null for imported weights, which have none. */
const model = (known: Planar | null): LoadableModel =>
  ({
    manifest: {
      pipeline: 'image-to-image',
      network: 'mimo-unet',
      multiple: 4,
      golden: { outputWidth: SIDE, outputHeight: SIDE, tolerance: 0.002 },
    } as unknown as Manifest,
    golden: { input: picture(0.5), output: known },
  }) as unknown as LoadableModel;

const answering = (answer: Planar): ModelSession =>
  ({ imageToImage: () => Promise.resolve(answer) }) as unknown as ModelSession;

describe('weights without a known answer', () => {
  it.each([-0.9, 0, 0.5, 1, 1.9])('may answer %f', async (value) => {
    const answer = withSample(value);
    expect(await prove(answering(answer), model(null))).toEqual({ answer, proof: 0 });
  });

  it.each([-1, 2, 2.5, -40, 1e30, Infinity, NaN])('may not answer %f anywhere', async (value) => {
    await expect(prove(answering(withSample(value)), model(null))).rejects.toMatchObject({ code: 'bad-checkpoint' });
  });
});

describe('weights with a known answer', () => {
  it.each([0.5, 0.5015, 0.4985])('are proved by %f for 0.5', async (value) => {
    const { proof } = await prove(answering(withSample(value)), model(picture(0.5)));
    expect(proof).toBeCloseTo(Math.abs(value - 0.5), 6);
  });

  it.each([0.503, 0.497, 0, NaN])('are refused when one sample is %f for 0.5', async (value) => {
    await expect(prove(answering(withSample(value)), model(picture(0.5)))).rejects.toMatchObject({
      code: 'proof-failed',
    });
  });

  it('are refused when the answer has another size', () => {
    expect(largestDifference(picture(0), { ...picture(0), data: new Float32Array(5) })).toBe(Infinity);
  });
});
