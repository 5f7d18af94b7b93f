import type { Manifest, Score } from '../../contract/manifest.ts';
import type { ModelId, Quality } from '../../contract/models.ts';
import { decibels } from './format.ts';
import { nameOf } from './models.ts';
import { copyWords } from './shipped.ts';
import { trainingEvidence } from './training.ts';
import { project, state } from './types.ts';
import type { Evidence, Statement } from './types.ts';

const all = (id: ModelId): readonly ModelId[] => [id];

/** What Limpid states about its own weights of a model: every number comes from the manifest. */
export function manifestEvidence(
  manifest: Manifest,
  models: readonly Manifest[],
  scale: number | null,
): readonly Evidence[] {
  const { id } = manifest;
  const evidence: Evidence[] = [
    {
      statement: ownWeights(manifest),
      models: all(id),
      about: 'weights limpid own authors whose',
    },
    ...trainingEvidence(manifest, models),
    ...ownCopy(manifest, models).map((statement) => ({
      statement,
      models: all(id),
      about: 'better best compare difference same picture slow fast worth edsr rdn plus small large model quality',
    })),
    // With their places among those told: the same sentence has one id wherever it stands.
    ...[...scores(manifest, scale, 'best').entries()]
      .filter(([, score]) => !isDrawn(score))
      .map(([index, score]) => ({
        statement: scoreOf(manifest, score, index),
        models: all(id),
        about: 'score quality psnr ssim dB good better limpid weights measure test',
      })),
    ...drawnScores(manifest).map((statement) => ({
      statement,
      models: all(id),
      about: 'drawn drawing diagram text letter logo page line score',
    })),
    ...(manifest.scores.length === 0
      ? []
      : [
          {
            statement: fewPictures(manifest),
            models: all(id),
            about: 'score how many pictures pairs test measure based flatter held out',
            byAboutAlone: true as const,
          },
        ]),
  ];
  for (const statement of fastCost(manifest)) {
    evidence.push({ statement, models: all(id), about: 'fast best quality decode speed ensemble cost nearest' });
  }
  return evidence;
}

/** Sets of pictures are named "Set5 x2" in manifests. */
const withTimes = (set: string): string => set.replaceAll(/\bx(?=\d)/gu, '×');

/** "Real blurred pairs (2)" in a running sentence: "two real blurred pairs" would need grammar, "(2 of them)" does not. */
const typesetSet = (set: string): string =>
  withTimes(set)
    .replace(/ \((\d+)\)$/u, ' ($1 of them)')
    .replace(/^(?:Real|Sharp|Drawn)/u, (word) => word.toLowerCase());

/** What "Fast" costs with Limpid's weights, where that was measured. */
export const fastCost = (manifest: Manifest): readonly Statement[] =>
  manifest.fast === undefined
    ? []
    : [
        state({
          id: `own-fast-${manifest.id}`,
          kind: 'project',
          text: `“Fast” asks the nearest cell alone instead of four; with Limpid’s weights that costs ${decibels(manifest.fast.costDb)} (${withTimes(manifest.fast.measuredOn)}).`,
          citations: [project(`manifest of ${manifest.name}, decoding`)],
        }),
      ];

/** Whose weights are shipped. */
export function ownWeights(manifest: Manifest): Statement {
  return state({
    id: `own-weights-${manifest.id}`,
    kind: 'project',
    text: `The weights that Limpid ships for ${manifest.name} are its own, not the authors’.`,
    citations: [project(`manifest of ${manifest.name}, training`)],
  });
}

/** That they give what a smaller model gives, where they are its copy. */
export function ownCopy(manifest: Manifest, models: readonly Manifest[]): readonly Statement[] {
  const text = copyWords(manifest, models);
  const citations = [project(`manifest of ${manifest.name}, training`)] as const;
  return text === null ? [] : [state({ id: `own-copy-${manifest.id}`, kind: 'project', text, citations })];
}

/** Scores of the manifest for one way of decoding, those for the wanted factor first; at most two, to stay a short text. */
export function scores(manifest: Manifest, scale: number | null, quality: Quality): readonly Score[] {
  if (manifest.task === 'deblur') return manifest.scores.slice(0, 2);
  const decoded = manifest.scores.filter(({ set }) => /nearest/u.test(set) === (quality === 'fast'));
  const wanted = new RegExp(`[x×]\\s?${String(scale).replace('.', '\\.')}(?![\\d.])`, 'u');
  const fitting = decoded.filter(({ set }) => wanted.test(set));
  return (fitting.length > 0 ? fitting : decoded).slice(0, 2);
}

const isDrawn = ({ set }: Score): boolean => /^drawn/iu.test(set);

/** The score on drawn pages, for those who ask about text and drawings; empty where none was measured. */
const drawnScores = (manifest: Manifest): readonly Statement[] =>
  manifest.scores.filter(isDrawn).map((score) => scoreOf(manifest, score, 'drawn'));

/** One of the manifest's scores beside its baseline; `which` sets the sentence's id apart. */
export function scoreOf(manifest: Manifest, score: Score, which: number | 'drawn'): Statement {
  const set = typesetSet(score.set);
  const metric = score.metric.replace(/,? \(?dB\)?/u, '');
  const unit = metric === score.metric ? '' : ' dB';
  const [value, baseline] = [score.value, score.baseline].map((figure) => `${rounded(figure)}${unit}`);
  const each = (score.pictures ?? []).map(
    (one) => `${one.picture} ${rounded(one.value)}${unit} after ${rounded(one.baseline)}${unit}`,
  );
  const listed = each.length === 0 ? '' : ` One by one: ${each.join(', ')}.`;
  const worst = score.worst === undefined ? '' : `, ${rounded(score.worst)}${unit} on the worst of them`;
  return state({
    id: `own-score-${manifest.id}-${which}`,
    kind: 'project',
    text:
      score.against === 'truth'
        ? `Limpid’s weights for ${manifest.name} score ${value} on ${set}; ${score.baselineName} has ${baseline} (${metric}).${listed}`
        : `How little Limpid’s weights for ${manifest.name} change sharp pictures: ${value} on ${set}${worst}, where ${score.baselineName} has ${baseline} (${metric}; this does not tell how well they sharpen).`,
    citations: [project(`manifest of ${manifest.name}, scores`, score.command)],
  });
}

/** Two decimals, as papers give PSNR; four for SSIM. */
const rounded = (value: number): string => value.toFixed(value < 2 ? 4 : 2);

/** Pictures that were looked at while weights were chosen flatter those weights. */
export const fewPictures = (manifest: Manifest): Statement =>
  state({
    id: `own-score-few-${manifest.id}`,
    kind: 'project',
    text: 'The pictures of these scores are few, and they were looked at while the weights were chosen, so the scores flatter a little.',
    citations: [project(`manifest of ${manifest.name}, scores`), project('training/README.md, “What is held out”')],
  });

/** What stands between published figures and Limpid's own, and between any two of different sets. */
export const notComparable = (manifest: Pick<Manifest, 'name'>): Statement =>
  state({
    id: 'figures-sets',
    kind: 'project',
    text: 'Figures of different sets of pictures, or measured in different ways, cannot be compared with each other.',
    citations: [project(`manifest of ${manifest.name}, scores`)],
  });

/** How the two steps go together; what the page offers, with no claim that a paper prescribes it. */
export function twoSteps(deblur: ModelId, models: readonly Manifest[]): Statement {
  const name = nameOf(deblur, models);
  return state({
    id: 'two-steps',
    kind: 'project',
    text: `Limpid can remove blur and enlarge in one run: choose an enlarging model, tick “Deblur first” and pick ${name}.`,
    citations: [project('controls of the page, checkbox “Deblur first”')],
  });
}

/** What Limpid does where the authors' code leaves the sides to the caller. */
export const paddingOf = (): Statement =>
  state({
    id: 'page-padding',
    kind: 'project',
    text: 'Limpid pads by repeating the edge and cuts the padding off again.',
    citations: [project('preparation of the input')],
  });
