import type { Manifest } from '../../../contract/manifest.ts';
import type { ModelId } from '../../../contract/models.ts';
import { theClaims } from '../claims/index.ts';
import { theStory } from '../models.ts';
import { twoSteps } from '../project.ts';
import type { Subject } from '../subject.ts';
import { ownData } from '../training.ts';
import { project, state } from '../types.ts';
import type { Statement } from '../types.ts';
import { chosenWeights, ownManifest } from '../weights.ts';
import { bestModel } from './best.ts';
import type { Words } from './words.ts';

const NEAR = String.raw`(?:\w+ ){0,4}`;
const BLUR = String.raw`(?:motion|blur|shake|smear)\b`;

/** "How large may the blur be?", "My blur is 60 pixels long": asks for the extent of blur, not of a picture. */
const EXTENT = new RegExp(
  [
    String.raw`\bhow (?:large|big|wide|strong|severe|much|many pixels|long (?:may|can|could|is)) ${NEAR}${BLUR}`,
    String.raw`\b(?:max(?:imum|imal)?|largest|longest|biggest|strongest) ${NEAR}${BLUR}`,
    String.raw`\b${BLUR} (?:size|lengths?|extent|radius|kernel|width)\b`,
    String.raw`\b${BLUR} ${NEAR}\d+ ?(?:px|pixels?)\b`,
    String.raw`\b\d+[- ]?(?:px|pixels?) ${NEAR}${BLUR}`,
  ].join('|'),
  'u',
);

export const asksForExtent = ({ text }: Words): boolean => EXTENT.test(text);

/** How wide the blur was that a network practised on, in pixels. */
interface Extent {
  /** Of the camera's path. */
  readonly path: number;
  /** How much more objects moved. */
  readonly object: number;
}

/** The recipe of a run as training/limpid/records.py writes it, and an early record's "hand-shake paths of up to 26 pixels". */
const PATH =
  /\bpaths?,? at most (\d+(?:\.\d+)?) pixels wide|\b(?:blur|motion|shake)\b[^;.]*? up to (\d+(?:\.\d+)?) pixels/u;
const OBJECT = /\ban object that moves \d+(?:\.\d+)? to (\d+(?:\.\d+)?) pixels more/u;

/** Out of the words of the last run, or of a record without runs; null where they name no pixels. */
function trainedExtent({ training }: Manifest): Extent | null {
  const said = training.runs?.at(-1)?.data ?? training.data;
  const [, path, early] = PATH.exec(said) ?? [];
  const longest = path ?? early;
  return longest === undefined ? null : { path: Number(longest), object: Number(OBJECT.exec(said)?.[1] ?? 0) };
}

/** How long a blur the weights of the models spoken of have practised on; of enlarging models, that they have on none. */
export function blurExtent(words: Words, subject: Subject): readonly Statement[] {
  if (!asksForExtent(words)) return [];
  const deblur = subject.steps
    .map(({ model }) => model)
    .filter((model) => theStory(model, subject.models).task === 'deblur');
  if (deblur.length > 0) return deblur.flatMap((model) => extentOf(model, words, subject));
  const best = bestModel('deblur', subject.models)?.id;
  if (best === undefined) return [];
  const read = subject.steps.some(({ model }) => theStory(model, subject.models).unread === undefined);
  const enlarging = read ? theClaims('L11') : [];
  return [
    ...enlarging,
    ...extentOf(best, words, subject),
    ...(enlarging.length > 0 ? [twoSteps(best, subject.models)] : []),
  ];
}

function extentOf(model: ModelId, { text }: Words, subject: Subject): readonly Statement[] {
  const [manifest] = ownManifest(subject, model);
  if (manifest === undefined) {
    const published = theClaims(theStory(model, subject.models).code === 'mimo-code' ? 'M12' : 'S14');
    return [...chosenWeights(subject, model).map(({ statement }) => statement), ...published];
  }
  const extent = trainedExtent(manifest);
  const data = ownData(manifest).slice(0, 1);
  if (extent === null) return data;
  const { path, object } = extent;
  const asked = Number(/(\d+) ?-?(?:px|pixels?)\b/u.exec(text)?.[1] ?? 0);
  const beyond = asked > path + object ? ` of ${asked} pixels, as of any longer blur,` : ' of longer blur';
  const moving = object > 0 ? `, and on objects that moved up to ${object} pixels more` : '';
  return [
    state({
      id: `own-blur-${model}`,
      kind: 'project',
      text: `By the record of their last training run, Limpid’s weights for ${manifest.name} practised on camera shake of at most ${path} pixels${moving};${beyond} that record says nothing.`,
      citations: [project(`manifest of ${manifest.name}, training`)],
    }),
    ...data,
  ];
}
