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

/** Longest blur of the training in pixels, out of the record's own words; null where it names none. */
function trainedExtent({ training }: Manifest): number | null {
  const found = /\b(?:blur|motion|shake)\b[^;]*? up to (\d+(?:\.\d+)?) pixels/u.exec(training.data)?.[1];
  return found === undefined ? null : Number(found);
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
  const longest = trainedExtent(manifest);
  const data = ownData(manifest).slice(0, 1);
  if (longest === null) return data;
  const asked = Number(/(\d+) ?-?(?:px|pixels?)\b/u.exec(text)?.[1] ?? 0);
  const beyond = asked > longest ? ` of ${asked} pixels, as of any longer blur,` : ' of longer blur';
  return [
    state({
      id: `own-blur-${model}`,
      kind: 'project',
      text: `Limpid’s weights for ${manifest.name} practised on blur of up to ${longest} pixels;${beyond} their record says nothing.`,
      citations: [project(`manifest of ${manifest.name}, training`)],
    }),
    ...data,
  ];
}
